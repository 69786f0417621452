package org.positionmanager.workflows.flatten;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.flatten.CloseReply.Status;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.CloseCommand;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** An account in memory whose positions close as soon as they are asked, unless scripted. */
final class FakeAccount implements FlattenActivities {
  static final AccountName LARGE = new AccountName("large");

  /** One command that reached a position. */
  record Asked(PositionId position, String commandId, Instant at) {}

  private final Supplier<Instant> clock;
  private final Map<PositionId, OpenPosition> open = new LinkedHashMap<>();
  private final Map<Instrument, Holding> holdings = new LinkedHashMap<>();
  private final Map<PositionId, Deque<CloseReply>> scripted = new HashMap<>();
  private int unreadable;

  final List<Asked> asked = new ArrayList<>();
  final List<String> told = new ArrayList<>();
  final List<String> halts = new ArrayList<>();
  final List<Instant> looks = new ArrayList<>();
  final List<PositionId> adopted = new ArrayList<>();
  final List<BrokerOrderId> openings = new ArrayList<>();

  /** Requests that the ledger keeps, and whether they have ended. */
  final Map<String, Boolean> kept = new LinkedHashMap<>();

  /** Called before a request is kept as ended. */
  Runnable onEnd = () -> {};

  /** Whether holdings that were closed are shown still. */
  boolean lags;

  Duration pace = Duration.ZERO;
  Optional<Instant> opens = Optional.empty();

  /** Called at each look, before it is answered. */
  Runnable onLook = () -> {};

  FakeAccount(Supplier<Instant> clock) {
    this.clock = clock;
  }

  synchronized PositionId has(String symbol, int quantity, String price, boolean watched) {
    return has(symbol, quantity, price, watched, Strategy.SWING_TRADE, Phase.PROTECTED);
  }

  synchronized PositionId has(
      String symbol, int quantity, String price, boolean watched, Strategy strategy, Phase phase) {
    PositionId id = new PositionId(LARGE, Instrument.parse(symbol), UUID.randomUUID());
    boolean holds = phase != Phase.AWAITING_ENTRY;
    open.put(
        id,
        new OpenPosition(
            id,
            strategy,
            phase,
            holds ? Quantity.of(quantity) : Quantity.ZERO,
            Optional.of(Price.parse(price)),
            watched));
    if (holds) {
      holds(symbol, quantity);
    }
    return id;
  }

  /** What the broker holds, whoever opened it. */
  synchronized void holds(String symbol, int quantity) {
    Instrument instrument = Instrument.parse(symbol);
    holdings.put(
        instrument,
        new Holding(
            instrument,
            Direction.LONG,
            Quantity.of(quantity),
            Quantity.of(quantity),
            Price.parse("10")));
  }

  synchronized void holdsNoMore(String symbol) {
    holdings.remove(Instrument.parse(symbol));
  }

  /** What the position replies next; afterwards it closes. */
  synchronized void replies(PositionId position, Status... statuses) {
    Deque<CloseReply> replies = scripted.computeIfAbsent(position, it -> new ArrayDeque<>());
    for (Status status : statuses) {
      replies.add(CloseReply.of(status, "scripted " + status));
    }
  }

  /** So many looks from now on fail. */
  synchronized void looksFail(int times) {
    unreadable = times;
  }

  synchronized List<String> symbolsAsked() {
    return asked.stream().map(it -> it.position().instrument().symbol()).toList();
  }

  @Override
  public synchronized void haltIntake(AccountName account, String by, String reason) {
    halts.add("%s by %s: %s".formatted(account, by, reason));
  }

  @Override
  public synchronized void keepRequests(AccountName account, List<FlattenRequest> asked) {
    asked.forEach(it -> kept.putIfAbsent(it.id(), false));
  }

  @Override
  public synchronized void endRequests(AccountName account, List<String> ids) {
    onEnd.run();
    ids.forEach(it -> kept.replace(it, true));
  }

  @Override
  public synchronized FlattenLook look(AccountName account) {
    if (unreadable > 0) {
      unreadable--;
      throw ApplicationFailure.newNonRetryableFailure("the broker does not answer", "UNAVAILABLE");
    }
    onLook.run();
    looks.add(clock.get());
    return new FlattenLook(
        moment(), List.copyOf(open.values()), List.copyOf(holdings.values()), openings, pace);
  }

  private MarketMoment moment() {
    Instant now = clock.get();
    boolean isOpen = opens.filter(now::isBefore).isEmpty();
    TradingSession today =
        new TradingSession(
            LocalDate.of(2026, 2, 11), opens.orElse(now), now.plus(Duration.ofHours(6)));
    TradingSession next =
        isOpen
            ? new TradingSession(
                LocalDate.of(2026, 2, 12),
                now.plus(Duration.ofHours(20)),
                now.plus(Duration.ofHours(26)))
            : new TradingSession(
                LocalDate.of(2026, 2, 11),
                opens.orElseThrow(),
                opens.orElseThrow().plus(Duration.ofHours(6)));
    return new MarketMoment(now, isOpen ? Optional.of(today) : Optional.empty(), next, 1);
  }

  @Override
  public synchronized void cancelOpenings(AccountName account, List<BrokerOrderId> orders) {
    openings.removeAll(orders);
  }

  @Override
  public synchronized PositionId adopt(AccountName account, Holding holding) {
    PositionId position = new PositionId(account, holding.instrument(), UUID.randomUUID());
    adopted.add(position);
    open.put(
        position,
        new OpenPosition(
            position,
            Strategy.SWING_TRADE,
            Phase.AWAITING_ENTRY,
            Quantity.ZERO,
            Optional.empty(),
            false));
    return position;
  }

  @Override
  public synchronized CloseReply askClose(PositionId position, CloseCommand command) {
    asked.add(new Asked(position, command.commandId(), clock.get()));
    CloseReply next = scripted.getOrDefault(position, new ArrayDeque<>()).poll();
    if (next != null) {
      return next;
    }
    open.remove(position);
    if (!lags) {
      holdings.remove(position.instrument());
    }
    return CloseReply.of(Status.CLOSED, "closed, realised 1 USD");
  }

  @Override
  public synchronized void tellTrouble(AccountName account, Optional<String> trouble) {
    told.add(trouble.orElse("over"));
  }
}
