package org.positionmanager.activities.trading;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.activities.broker.MarketData;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.flatten.CloseReply;
import org.positionmanager.workflows.flatten.CloseReply.Status;
import org.positionmanager.workflows.flatten.FlattenActivities;
import org.positionmanager.workflows.flatten.FlattenLook;
import org.positionmanager.workflows.flatten.FlattenRequest;
import org.positionmanager.workflows.flatten.OpenPosition;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.CloseAnswer;
import org.positionmanager.workflows.position.CloseCommand;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * A flatten's view of one account. It sends no order that closes anything: that is left to the
 * positions' workflows and their exit protocol.
 */
public final class BrokerFlattenActivities implements FlattenActivities {
  /**
   * Requests that an exit costs at the broker where it shares none with another: look-up, open
   * orders, holdings, submission, and following it.
   */
  public static final int REQUESTS_OF_AN_EXIT = 5;

  private final Broker broker;
  private final MarketData marketData;
  private final ExchangeCalendar calendar;
  private final FlattenBook book;
  private final PositionWorkflows workflows;
  private final AdoptionIds adoptionIds;
  private final ActivityScope scope;
  private final Duration pace;

  /**
   * @param pace time between two closes that the account's budget has room for; zero without limit
   */
  public BrokerFlattenActivities(
      Broker broker,
      MarketData marketData,
      ExchangeCalendar calendar,
      FlattenBook book,
      PositionWorkflows workflows,
      AdoptionIds adoptionIds,
      ActivityScope scope,
      Duration pace) {
    this.broker = broker.forExits();
    this.marketData = marketData.forExits();
    this.calendar = calendar;
    this.book = book;
    this.workflows = workflows;
    this.adoptionIds = adoptionIds;
    this.scope = scope;
    this.pace = pace;
  }

  @Override
  public void haltIntake(AccountName account, String by, String reason) {
    requireAccount(account);
    book.halt(by, reason);
  }

  @Override
  public void keepRequests(AccountName account, List<FlattenRequest> asked) {
    requireAccount(account);
    book.keep(asked);
  }

  @Override
  public void endRequests(AccountName account, List<String> ids) {
    requireAccount(account);
    book.ended(ids);
  }

  @Override
  public FlattenLook look(AccountName account) {
    requireAccount(account);
    return Failures.mapped(
        () -> {
          // orders before holdings before records: what is filled or recorded meanwhile is seen
          List<OrderView> orders = broker.openOrders();
          List<Holding> holdings =
              broker.holdings().stream().filter(it -> !it.quantity().isZero()).toList();
          List<OpenPosition> open = book.open();
          return new FlattenLook(
              calendar.moment(), priced(open), holdings, openings(orders, holdings, open), pace);
        });
  }

  /** At the newest quote; at the entry where there is none, for closing does not wait for data. */
  private List<OpenPosition> priced(List<OpenPosition> open) {
    Set<Instrument> instruments =
        open.stream().map(it -> it.id().instrument()).collect(Collectors.toSet());
    Map<Instrument, Quote> quotes = instruments.isEmpty() ? Map.of() : quotes(instruments);
    return open.stream()
        .map(
            it ->
                new OpenPosition(
                    it.id(),
                    it.strategy(),
                    it.phase(),
                    it.held(),
                    price(Optional.ofNullable(quotes.get(it.id().instrument()))).or(it::price),
                    it.watched()))
        .toList();
  }

  private Map<Instrument, Quote> quotes(Set<Instrument> instruments) {
    try {
      return marketData.quotes(instruments);
    } catch (BrokerException unreadable) {
      return Map.of();
    }
  }

  private static Optional<Price> price(Optional<Quote> quote) {
    return quote.filter(it -> !it.isCrossed()).map(Quote::mid).filter(it -> !it.isZero());
  }

  /**
   * Orders of others that close nothing that is held. Those that a position waits for are withdrawn
   * by it.
   */
  private static List<BrokerOrderId> openings(
      List<OrderView> orders, List<Holding> holdings, List<OpenPosition> open) {
    return orders.stream()
        .filter(order -> !order.isTerminal())
        .filter(order -> ClientOrderId.ifOurs(order.clientOrderId()).isEmpty())
        .filter(order -> holdings.stream().noneMatch(held -> closes(order, held)))
        .filter(order -> open.stream().noneMatch(position -> isAwaited(order, position)))
        .map(OrderView::id)
        .toList();
  }

  private static boolean closes(OrderView order, Holding held) {
    return held.instrument().equals(order.instrument())
        && held.direction().closingSide() == order.side();
  }

  private static boolean isAwaited(OrderView order, OpenPosition position) {
    return position.phase() == Phase.AWAITING_ENTRY
        && position.id().instrument().equals(order.instrument());
  }

  @Override
  public void cancelOpenings(AccountName account, List<BrokerOrderId> orders) {
    requireAccount(account);
    Failures.mapped(() -> orders.stream().map(broker::cancel).toList());
  }

  @Override
  public PositionId adopt(AccountName account, Holding holding) {
    requireAccount(account);
    return Failures.mapped(
        () -> {
          PositionId position = adoptionIds.of(holding, this::isOver);
          // a sync may have begun the same meanwhile: then it runs, and is asked to close as any
          workflows.start(PositionState.announced(position, terms(holding)));
          return position;
        });
  }

  private boolean isOver(PositionId position) {
    return book.standingOf(position).filter(it -> it.phase().isFinal()).isPresent();
  }

  private EntryTerms terms(Holding holding) {
    return EntryTerms.ofHolding(
        Strategy.SWING_TRADE, holding.direction(), Quantity.ZERO, calendar.moment().now());
  }

  @Override
  public CloseReply askClose(PositionId position, CloseCommand command) {
    Failures.requireAccount(position, broker.name());
    try {
      return reply(
          workflows.close(position, command, () -> scope.heartbeat("waits for its answer")));
    } catch (PositionWorkflows.NoWorkflow gone) {
      return recorded(position, Status.LOST, "it is open in the ledger and has no workflow");
    } catch (PositionWorkflows.Refused refused) {
      return recorded(position, Status.UNANSWERED, "it refused: " + refused.getMessage());
    }
  }

  private static CloseReply reply(CloseAnswer answer) {
    Status status =
        answer.phase().isFinal() ? Status.CLOSED : answer.done() ? Status.PART : Status.UNDER_WAY;
    return new CloseReply(
        status, answer.order(), answer.averageExit(), answer.realised(), answer.message());
  }

  /** One that is over says nothing any more; the ledger tells how it ended. */
  private CloseReply recorded(PositionId position, Status unlessOver, String why) {
    return book.standingOf(position)
        .filter(it -> it.phase().isFinal())
        .map(
            it ->
                new CloseReply(
                    Status.CLOSED,
                    Optional.empty(),
                    Optional.empty(),
                    it.realised(),
                    it.phase() == Phase.CLOSED
                        ? "closed, realised " + it.realised()
                        : "the entry never filled, there is nothing to close"))
        .orElseGet(() -> CloseReply.of(unlessOver, why));
  }

  @Override
  public void tellTrouble(AccountName account, Optional<String> trouble) {
    requireAccount(account);
    book.tellTrouble(trouble);
  }

  private void requireAccount(AccountName account) {
    WrongAccount.refuse("a flatten of " + account, account, broker.name());
  }
}
