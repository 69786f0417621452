package org.positionmanager.workflows.position;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.positionmanager.workflows.activity.EntryActivities;
import org.positionmanager.workflows.activity.ExitActivities;
import org.positionmanager.workflows.activity.MarketActivities;
import org.positionmanager.workflows.activity.PlanActivities;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.broker.EntrySighting;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.broker.ExitReadiness;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderPricing;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.plan.ChosenPlan;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.PlanRanges;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Extra;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.WatchSight;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * One account at a broker with one instrument, in memory: orders with the same client order id are
 * one order, fills happen at the bid, and the next answers can be scripted.
 */
final class FakeWorld implements EntryActivities, MarketActivities, ExitActivities, PlanActivities {
  private final Supplier<Instant> clock;
  private final Instrument instrument;
  final TradingSession session;
  final TradingSession nextSession;

  private final Map<String, OrderView> orders = new LinkedHashMap<>();
  private final List<OrderView> brackets = new ArrayList<>();
  private final List<ClosingFill> closedElsewhere = new ArrayList<>();
  private final Deque<SubmitOutcome> scriptedAnswers = new ArrayDeque<>();
  private final Deque<EntrySighting> entrySightings = new ArrayDeque<>();
  private final Deque<Quantity> fillsDuringCancels = new ArrayDeque<>();

  private Runnable onSubmit = () -> {};
  private Runnable onCancel = () -> {};
  private Runnable onCheck = () -> {};
  private Runnable onExplain = () -> {};

  /** Every submission that reached the broker, repeats included. */
  final List<ExitOrder> submissions = new ArrayList<>();

  Quantity held = Quantity.ZERO;
  Price bid = Price.parse("1");

  /** As the broker tells it; the bid where it is left out. */
  Optional<Price> averageEntry = Optional.empty();

  boolean fillsAtOnce = true;

  /** Limit orders rest at the broker, also where others fill at once. */
  boolean limitsRest;

  boolean loseAnswers;
  boolean quotesUnreadable;

  /** How long before now the quote was stamped. */
  Duration quoteAge = Duration.ZERO;

  /** The ask, where it is not the bid. */
  Optional<Price> spread = Optional.empty();

  /** The market data has no quote. */
  boolean noQuote;

  /** What was traded last, for who asks. */
  Optional<Trade> lastTrade = Optional.empty();

  /** The mid of the underlying, and what it was traded at last, for who asks. */
  Optional<Price> underlying = Optional.empty();

  Optional<Price> underlyingTrade = Optional.empty();

  /** What reviews asked for besides quote and holding. */
  final List<List<Extra>> asked = new ArrayList<>();

  Optional<String> entryUnreadable = Optional.empty();
  Optional<String> exitsUnreadable = Optional.empty();
  boolean exitsSeeNoQuote;

  FakeWorld(Supplier<Instant> clock, Instrument instrument, Instant open) {
    this.clock = clock;
    this.instrument = instrument;
    session =
        new TradingSession(LocalDate.of(2026, 2, 11), open, open.plus(Duration.ofMinutes(390)));
    Instant tomorrow = open.plus(Duration.ofDays(1));
    nextSession =
        new TradingSession(
            LocalDate.of(2026, 2, 12), tomorrow, tomorrow.plus(Duration.ofMinutes(390)));
  }

  /** What the next looks for the entry find; the last answer stays. */
  synchronized void entryIs(EntrySighting... sightings) {
    entrySightings.clear();
    entrySightings.addAll(List.of(sightings));
  }

  synchronized void answerNextSubmissionWith(SubmitOutcome... outcomes) {
    scriptedAnswers.addAll(List.of(outcomes));
  }

  /** Answers that were scripted and not given yet are forgotten. */
  synchronized void brokerAcceptsAgain() {
    scriptedAnswers.clear();
  }

  synchronized void bracketHolds(Quantity quantity) {
    brackets.add(order("bracket-leg", "leg-" + brackets.size(), quantity, OrderStatus.WORKING));
  }

  synchronized void closeElsewhere(Quantity quantity, Price price) {
    held = held.minus(quantity);
    closedElsewhere.add(
        new ClosingFill(
            new BrokerOrderId("person-" + closedElsewhere.size()),
            "by-hand",
            quantity,
            price,
            clock.get()));
  }

  synchronized List<ClosingFill> closedElsewhere() {
    return List.copyOf(closedElsewhere);
  }

  /** The order that closed elsewhere was larger: the rest of it closed another position. */
  synchronized void tellMoreOfTheLastFill(Quantity all) {
    ClosingFill last = closedElsewhere.removeLast();
    closedElsewhere.add(
        new ClosingFill(last.order(), last.clientOrderId(), all, last.averagePrice(), last.at()));
  }

  synchronized void fillEverything() {
    fillsAtOnce = true;
    orders.replaceAll((id, order) -> fill(order, order.open()));
  }

  /** Fills a part of every order that works. */
  synchronized void fillPart(Quantity quantity) {
    orders.replaceAll((id, order) -> fill(order, quantity));
  }

  /** Every order that works ends without us. */
  synchronized void ordersEnd(OrderStatus status) {
    orders.replaceAll((id, order) -> order.isTerminal() ? order : with(order, status));
  }

  /** The next cancels of exits come late: so much is filled before each. */
  synchronized void fillDuringCancels(Quantity... quantities) {
    fillsDuringCancels.addAll(List.of(quantities));
  }

  /** Happens at each submission, once the broker has it. */
  synchronized void whenSubmitted(Runnable then) {
    onSubmit = then;
  }

  /** Happens at each review, before it answers. */
  synchronized void whenChecked(Runnable then) {
    onCheck = then;
  }

  /** Happens at each look for what closed a holding, before it answers. */
  synchronized void whenExplained(Runnable then) {
    onExplain = then;
  }

  /** Happens at each cancel of an exit, once it is confirmed. */
  synchronized void whenCancelled(Runnable then) {
    onCancel = then;
  }

  synchronized List<OrderStatus> orderStatuses() {
    return orders.values().stream().map(OrderView::status).toList();
  }

  synchronized int ordersAtBroker() {
    return orders.size();
  }

  @Override
  public synchronized EntrySighting findEntry(PositionId position, EntryTerms terms) {
    if (entryUnreadable.isPresent()) {
      throw ApplicationFailure.newFailure(entryUnreadable.get(), "ENTRY_AMBIGUOUS");
    }
    EntrySighting next =
        entrySightings.size() > 1 ? entrySightings.removeFirst() : entrySightings.getFirst();
    if (next instanceof EntrySighting.Filled filled
        && held.isZero()
        && closedElsewhere.isEmpty()
        && orders.isEmpty()) {
      held = filled.quantity();
    }
    return next;
  }

  @Override
  public synchronized Observation checkPosition(
      PositionId position, Direction direction, List<Extra> extras) {
    if (quotesUnreadable) {
      throw ApplicationFailure.newNonRetryableFailure("quotes cannot be read", "UNAVAILABLE");
    }
    asked.add(List.copyOf(extras));
    onCheck.run();
    return new Observation(
        moment(),
        Optional.of(quote()).filter(it -> !noQuote),
        holding(),
        Optional.of(session.closeExclusive().plus(Duration.ofDays(9))),
        lastTrade.filter(it -> extras.contains(Extra.LAST_TRADE)),
        underlying
            .filter(it -> extras.contains(Extra.UNDERLYING))
            .map(it -> new Quote(it, it, clock.get())),
        Optional.empty(),
        watch,
        underlyingTrade
            .filter(it -> extras.contains(Extra.UNDERLYING_TRADE))
            .map(it -> new Trade(it, clock.get())));
  }

  /** What the account's watch says at a review. */
  Optional<WatchSight> watch = Optional.empty();

  /** What the plan file has; by default the built-in plan and no shadow. */
  BiFunction<EntryTerms, Basis, ChosenPlan> planFile =
      (terms, basis) -> new ChosenPlan(Plans.defaultsFor(terms, basis), Optional.empty());

  @Override
  public synchronized ChosenPlan choosePlan(PositionId position, EntryTerms terms, Basis basis) {
    return planFile.apply(terms, basis);
  }

  /** Average true ranges as far as bars can be read. */
  Optional<Price> range = Optional.empty();

  @Override
  public synchronized ChosenPlan readRanges(PositionId position, ChosenPlan chosen, Basis basis) {
    return PlanRanges.read(chosen, days -> range);
  }

  @Override
  public synchronized ExitReadiness prepareExit(
      PositionId position, ClientOrderId clientOrderId, Direction direction, Quantity wanted) {
    if (exitsUnreadable.isPresent()) {
      throw ApplicationFailure.newFailure(exitsUnreadable.get(), "UNAVAILABLE");
    }
    OrderView sent = orders.get(clientOrderId.toString());
    if (sent != null) {
      return new ExitReadiness.AlreadySent(sent);
    }
    if (held.isZero()) {
      return new ExitReadiness.NothingHeld();
    }
    if (!brackets.isEmpty()) {
      return new ExitReadiness.HeldByOrders(List.copyOf(brackets));
    }
    return new ExitReadiness.Ready(
        Quantity.min(wanted, held), Optional.of(quote()).filter(it -> !exitsSeeNoQuote), moment());
  }

  @Override
  public synchronized List<OrderView> cancelOrders(
      PositionId position, List<BrokerOrderId> cancelled) {
    List<OrderView> ended = new ArrayList<>();
    for (BrokerOrderId id : cancelled) {
      brackets.removeIf(
          order -> order.id().equals(id) && ended.add(with(order, OrderStatus.CANCELED)));
      orders.replaceAll(
          (clientId, order) -> {
            if (!order.id().equals(id)) {
              return order;
            }
            OrderView late =
                fillsDuringCancels.isEmpty()
                    ? order
                    : fill(order, fillsDuringCancels.removeFirst());
            OrderView now = late.isTerminal() ? late : with(late, OrderStatus.CANCELED);
            ended.add(now);
            return now;
          });
      onCancel.run();
    }
    return ended;
  }

  @Override
  public synchronized SubmitOutcome submitExit(ExitOrder order) {
    submissions.add(order);
    if (!scriptedAnswers.isEmpty()) {
      onSubmit.run();
      return scriptedAnswers.removeFirst();
    }
    OrderView accepted =
        orders.computeIfAbsent(
            order.clientOrderId().toString(),
            id -> order(id, "order-" + orders.size(), order.quantity(), OrderStatus.WORKING));
    if (fillsAtOnce && !(limitsRest && order.pricing() instanceof OrderPricing.Limit)) {
      orders.computeIfPresent(accepted.clientOrderId(), (id, it) -> fill(it, it.open()));
    }
    onSubmit.run();
    return loseAnswers
        ? new SubmitOutcome.Unknown("the answer was lost")
        : new SubmitOutcome.Accepted(orders.get(accepted.clientOrderId()));
  }

  @Override
  public synchronized OrderView followOrder(
      PositionId position, BrokerOrderId order, Duration patience) {
    return orders.values().stream().filter(it -> it.id().equals(order)).findFirst().orElseThrow();
  }

  @Override
  public synchronized List<ClosingFill> findClosingFills(
      PositionId position, Direction direction, Instant since, Quantity atMost) {
    onExplain.run();
    List<ClosingFill> fills = new ArrayList<>(closedElsewhere);
    fills.removeIf(fill -> fill.at().isBefore(since));
    orders.values().stream()
        .filter(order -> !order.filled().isZero())
        .forEach(
            order ->
                fills.add(
                    new ClosingFill(
                        order.id(),
                        order.clientOrderId(),
                        order.filled(),
                        order.averagePrice().orElseThrow(),
                        order.updatedAt())));
    return fills;
  }

  private Optional<Holding> holding() {
    return held.isZero()
        ? Optional.empty()
        : Optional.of(
            new Holding(instrument, Direction.LONG, held, held, averageEntry.orElse(bid)));
  }

  private Quote quote() {
    return new Quote(bid, spread.orElse(bid), clock.get().minus(quoteAge));
  }

  private MarketMoment moment() {
    Instant now = clock.get();
    if (now.isBefore(session.openInclusive())) {
      return new MarketMoment(now, Optional.empty(), session, 1);
    }
    TradingSession later =
        new TradingSession(
            LocalDate.of(2026, 2, 13),
            nextSession.openInclusive().plus(Duration.ofDays(1)),
            nextSession.closeExclusive().plus(Duration.ofDays(1)));
    return new MarketMoment(
        now,
        java.util.stream.Stream.of(session, nextSession).filter(it -> it.contains(now)).findFirst(),
        now.isBefore(nextSession.openInclusive()) ? nextSession : later,
        1);
  }

  private OrderView order(String clientId, String id, Quantity quantity, OrderStatus status) {
    return new OrderView(
        new BrokerOrderId(id),
        clientId,
        instrument,
        Direction.LONG.closingSide(),
        status,
        status.name().toLowerCase(java.util.Locale.ROOT),
        quantity,
        Quantity.ZERO,
        Optional.empty(),
        clock.get(),
        clock.get());
  }

  private OrderView fill(OrderView order, Quantity atMost) {
    Quantity more = Quantity.min(Quantity.min(atMost, order.open()), held);
    if (more.isZero()) {
      return order;
    }
    held = held.minus(more);
    Quantity filled = order.filled().plus(more);
    Money paid =
        order
            .averagePrice()
            .map(price -> price.times(order.filled(), 1))
            .orElse(Money.ZERO)
            .plus(bid.times(more, 1));
    boolean full = filled.equals(order.quantity());
    return new OrderView(
        order.id(),
        order.clientOrderId(),
        order.instrument(),
        order.side(),
        full ? OrderStatus.FILLED : OrderStatus.PARTIALLY_FILLED,
        full ? "filled" : "partially_filled",
        order.quantity(),
        filled,
        Optional.of(
            new Price(paid.amount().divide(filled.value(), java.math.MathContext.DECIMAL64))),
        order.submittedAt(),
        clock.get());
  }

  private static OrderView with(OrderView order, OrderStatus status) {
    return new OrderView(
        order.id(),
        order.clientOrderId(),
        order.instrument(),
        order.side(),
        status,
        status.name().toLowerCase(java.util.Locale.ROOT),
        order.quantity(),
        order.filled(),
        order.averagePrice(),
        order.submittedAt(),
        order.updatedAt());
  }
}
