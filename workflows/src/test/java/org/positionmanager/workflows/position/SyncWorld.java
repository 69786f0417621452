package org.positionmanager.workflows.position;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.sync.Adoption;
import org.positionmanager.workflows.sync.BrokerView;
import org.positionmanager.workflows.sync.Closing;
import org.positionmanager.workflows.sync.EngineView;
import org.positionmanager.workflows.sync.Finding;
import org.positionmanager.workflows.sync.LedgerView;
import org.positionmanager.workflows.sync.Opening;
import org.positionmanager.workflows.sync.ShareChange;
import org.positionmanager.workflows.sync.Snapshot;
import org.positionmanager.workflows.sync.SyncNotice;
import org.positionmanager.workflows.sync.WatchView;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/**
 * Broker, ledger, engine and watch of one account in memory. Positions react as the workflow does,
 * by the same {@link SyncNews}; the ledger has what the workflow has.
 */
final class SyncWorld {
  static final AccountName ACCOUNT = new AccountName("large");

  private record Traded(
      String order,
      String clientId,
      Instrument instrument,
      Side side,
      BigDecimal quantity,
      Price price,
      Instant at) {}

  /** A position as ledger and engine know it. */
  private static final class Tracked {
    private PositionState state;
    private EngineView.Life life = EngineView.Life.RUNNING;
    private final Instant since;
    private final boolean adopted;
    private final Quantity entered;
    private Optional<Instant> closedAt = Optional.empty();

    private Tracked(PositionState state, Instant since, boolean adopted) {
      this.state = state;
      this.since = since;
      this.adopted = adopted;
      entered = state.basis().orElseThrow().opened();
    }
  }

  private final Map<Instrument, BigDecimal> holdings = new LinkedHashMap<>();
  private final List<Traded> trades = new ArrayList<>();
  private final List<Closing> activities = new ArrayList<>();
  private final List<ShareChange> changes = new ArrayList<>();
  private final Map<PositionId, Tracked> positions = new LinkedHashMap<>();
  private final Map<String, OrderView> orders = new LinkedHashMap<>();
  private final Map<PositionId, WatchView.Armed> armed = new HashMap<>();
  private final Map<String, Traded> unannounced = new LinkedHashMap<>();
  private Map<Instrument, BigDecimal> lagging = Map.of();
  private Instant lagUntil = Instant.EPOCH;
  private final Set<PositionId> unnoticed = new HashSet<>();
  private int numbers;
  private Instant now = Instant.parse("2026-02-11T15:00:00Z");

  Instant now() {
    return now;
  }

  void passes(Duration time) {
    now = now.plus(time);
  }

  BigDecimal holding(Instrument instrument) {
    return holdings.getOrDefault(instrument, BigDecimal.ZERO);
  }

  /** From now on for so long the broker's positions are those of this moment. */
  void lags(Duration time) {
    lagging = new HashMap<>(holdings);
    lagUntil = now.plus(time);
  }

  // --- what happens ---

  private Traded trades(Instrument instrument, Side side, BigDecimal quantity, String clientId) {
    Traded traded = new Traded("o" + ++numbers, clientId, instrument, side, quantity, price(), now);
    trades.add(traded);
    holdings.merge(instrument, side == Side.BUY ? quantity : quantity.negate(), BigDecimal::add);
    return traded;
  }

  private Price price() {
    return Price.parse("" + (10 + numbers % 5));
  }

  /** A dispatcher buys and its row is taken in at once. */
  PositionId opens(Instrument instrument, int quantity) {
    return announces(trades(instrument, Side.BUY, BigDecimal.valueOf(quantity), ""));
  }

  /** Somebody buys; a dispatcher's row may follow. */
  void buys(Instrument instrument, int quantity) {
    Traded traded = trades(instrument, Side.BUY, BigDecimal.valueOf(quantity), "");
    unannounced.put(traded.order(), traded);
  }

  /** The oldest row that was to follow is written now. */
  void announcesLate() {
    unannounced.keySet().stream()
        .findFirst()
        .ifPresent(order -> announces(unannounced.remove(order)));
  }

  private PositionId announces(Traded entry) {
    PositionId id = new PositionId(ACCOUNT, entry.instrument(), new UUID(7, ++numbers));
    track(id, Direction.LONG, new Quantity(entry.quantity()), entry.price(), entry.at(), false);
    return id;
  }

  private void track(
      PositionId id,
      Direction direction,
      Quantity quantity,
      Price price,
      Instant at,
      boolean adopted) {
    EntryTerms terms =
        new Adoption(direction, quantity, price, "x").terms(Strategy.SWING_TRADE, at);
    Basis basis = new Basis(id.instrument(), direction, price, quantity, price, at);
    PositionState state =
        PositionState.announced(id, terms)
            .change()
            .phase(Phase.PROTECTED)
            .basis(basis)
            .plan(Plans.defaultsFor(terms, basis))
            .made();
    positions.put(id, new Tracked(state, now, adopted));
  }

  /** A person or a bracket leg trades; also beyond what is held, into the other direction. */
  void sells(Instrument instrument, BigDecimal quantity) {
    trades(instrument, Side.SELL, quantity, "");
  }

  void buysBack(Instrument instrument, BigDecimal quantity) {
    trades(instrument, Side.BUY, quantity, "");
  }

  /** A position's own exit fills, and whether it has noticed. */
  void exits(PositionId id, boolean noticed) {
    Tracked tracked = positions.get(id);
    PositionState state = tracked.state;
    // as the exit protocol clamps it to what the account holds
    Quantity held = Quantity.min(state.held(), new Quantity(holding(id.instrument()).abs()));
    Direction direction = state.basis().orElseThrow().direction();
    String clientId = ClientOrderId.of(id, state.exitsSettled() + 1, 1).toString();
    Traded traded = trades(id.instrument(), direction.closingSide(), held.value(), clientId);
    if (noticed) {
      tracked.state =
          state
              .change()
              .filled(
                  new ClosingFill(
                      new BrokerOrderId(traded.order()), clientId, held, traded.price(), now))
              .reason(ExitReason.STOP)
              .made();
      endIfClosed(tracked);
    } else {
      tracked.state = state.change().goOnCountingFrom(state.exitsSettled() + 1).made();
      unnoticed.add(id);
    }
  }

  void workflowBecomes(PositionId id, EngineView.Life life) {
    positions.get(id).life = life;
  }

  void splits(Instrument instrument, int to, int from) {
    BigDecimal held = holding(instrument);
    BigDecimal after = held.multiply(BigDecimal.valueOf(to)).divide(BigDecimal.valueOf(from));
    holdings.put(instrument, after);
    changes.add(
        new ShareChange("a" + ++numbers, instrument, after.subtract(held), Optional.empty(), now));
  }

  void isRenamed(Instrument from, Instrument to) {
    BigDecimal held = holding(from);
    holdings.put(from, BigDecimal.ZERO);
    holdings.put(to, held);
    // as the broker tells it: what came is told of too, in either order
    changes.add(new ShareChange("a" + ++numbers, to, held.negate(), Optional.of(from), now));
    changes.add(new ShareChange("a" + ++numbers, from, held, Optional.of(to), now));
  }

  /** What an instrument is called by now. */
  Instrument symbolNow(Instrument instrument) {
    return changes.stream()
        .filter(change -> change.instrument().equals(instrument))
        .filter(change -> change.change().signum() > 0)
        .flatMap(change -> change.to().stream())
        .findFirst()
        .orElse(instrument);
  }

  /** Whether it has neither been split nor renamed. */
  boolean isAsBought(Instrument instrument) {
    return changes.stream()
        .noneMatch(
            it ->
                it.instrument().equals(instrument)
                    || it.to().filter(instrument::equals).isPresent());
  }

  /** Whether a running workflow looks after each of its positions. */
  boolean isWhole(Instrument instrument) {
    return positions.values().stream()
        .filter(it -> it.state.id().instrument().equals(instrument))
        .allMatch(it -> it.state.phase().isFinal() || it.life == EngineView.Life.RUNNING);
  }

  /** Whether no dispatcher's row about it is to follow. */
  boolean isAnnounced(Instrument instrument) {
    return unannounced.values().stream().noneMatch(it -> it.instrument().equals(instrument));
  }

  void expires(Instrument instrument) {
    BigDecimal held = holding(instrument);
    holdings.put(instrument, BigDecimal.ZERO);
    activities.add(
        new Closing(
            instrument,
            held.signum() > 0 ? Direction.LONG : Direction.SHORT,
            Closing.Kind.EXPIRED,
            new ClosingFill(
                new BrokerOrderId(Closing.ACTIVITY + ++numbers),
                "",
                new Quantity(held.abs()),
                Price.parse("0"),
                now)));
  }

  /** A leg of a position that is over stays open at the broker. */
  void leavesALeg(PositionId closed) {
    Tracked tracked = positions.get(closed);
    String id = "leg" + ++numbers;
    orders.put(
        id,
        new OrderView(
            new BrokerOrderId(id),
            "",
            closed.instrument(),
            tracked.state.terms().direction().closingSide(),
            OrderStatus.WORKING,
            "new",
            Quantity.of(5),
            Quantity.ZERO,
            Optional.empty(),
            tracked.closedAt.orElseThrow().minusSeconds(1),
            now));
  }

  void leavesAnArmedExit(PositionId closed) {
    armed.put(closed, new WatchView.Armed(closed, 1, true, 1, true, true, Optional.empty()));
  }

  /** Whether the account holds any of what the position would close. */
  boolean isHeld(PositionId id) {
    boolean isLong = positions.get(id).state.terms().direction() == Direction.LONG;
    return holding(id.instrument()).signum() == (isLong ? 1 : -1);
  }

  // --- what is seen ---

  List<PositionId> open() {
    return positions.values().stream()
        .filter(it -> !it.state.phase().isFinal() && !it.state.held().isZero())
        .filter(it -> it.life == EngineView.Life.RUNNING)
        .map(it -> it.state.id())
        .filter(id -> !unnoticed.contains(id))
        .toList();
  }

  List<PositionId> closed() {
    return positions.values().stream()
        .filter(it -> it.state.phase() == Phase.CLOSED)
        .map(it -> it.state.id())
        .toList();
  }

  Snapshot read() {
    Map<PositionId, EngineView.Life> lives = new HashMap<>();
    positions.forEach((id, tracked) -> lives.put(id, tracked.life));
    return new Snapshot(
        ACCOUNT,
        new BrokerView(
            now, now, shown(), List.copyOf(orders.values()), closings(), openings(), changes),
        new LedgerView(now, positions.values().stream().map(this::row).toList()),
        new EngineView(now, lives),
        new WatchView(now, true, List.copyOf(armed.values())));
  }

  private List<Holding> shown() {
    List<Holding> list = new ArrayList<>();
    (now.isBefore(lagUntil) ? lagging : holdings)
        .forEach(
            (instrument, signed) -> {
              if (signed.signum() != 0) {
                Quantity quantity = new Quantity(signed.abs());
                Direction direction = signed.signum() > 0 ? Direction.LONG : Direction.SHORT;
                list.add(new Holding(instrument, direction, quantity, quantity, Price.parse("10")));
              }
            });
    return list;
  }

  private List<Closing> closings() {
    List<Closing> list = new ArrayList<>(activities);
    trades.forEach(
        it ->
            list.add(
                new Closing(
                    it.instrument(),
                    it.side() == Side.SELL ? Direction.LONG : Direction.SHORT,
                    Closing.Kind.FILLED,
                    new ClosingFill(
                        new BrokerOrderId(it.order()),
                        it.clientId(),
                        new Quantity(it.quantity()),
                        it.price(),
                        it.at()))));
    return list;
  }

  private List<Opening> openings() {
    return trades.stream()
        .filter(it -> it.clientId().isEmpty())
        .map(
            it ->
                new Opening(
                    it.instrument(),
                    it.side() == Side.BUY ? Direction.LONG : Direction.SHORT,
                    it.order(),
                    it.at()))
        .toList();
  }

  private LedgerView.Row row(Tracked tracked) {
    PositionState state = tracked.state;
    Map<String, Quantity> booked = new HashMap<>();
    state.fills().forEach(it -> booked.merge(it.order().value(), it.quantity(), Quantity::plus));
    Map<String, Quantity> splits = new HashMap<>();
    state.unrecorded().stream()
        .filter(event -> event.type() == PositionEvent.Type.SPLIT)
        .forEach(
            event ->
                splits.put(
                    event.details().get("activity"),
                    Quantity.parse(event.details().get("before"))));
    Map<String, Quantity> gaveWay = new HashMap<>();
    state.unrecorded().stream()
        .filter(event -> event.type() == PositionEvent.Type.GAVE_WAY)
        .forEach(
            event ->
                gaveWay.merge(
                    event.details().get("to"),
                    Quantity.parse(event.details().get("quantity")),
                    Quantity::plus));
    return new LedgerView.Row(
        state.id(),
        state.phase(),
        state.terms().direction(),
        state.basis().map(Basis::opened),
        state.held(),
        state.basis().map(Basis::entry),
        state.basis().map(Basis::filledAt),
        state.terms().ourSince(),
        tracked.closedAt,
        tracked.since,
        tracked.adopted,
        false,
        booked,
        splits,
        gaveWay,
        Optional.empty(),
        Optional.of(now));
  }

  // --- what is done about it ---

  /** Carries a finding out, as the activities do; a second time changes nothing. */
  void putRight(Finding finding) {
    switch (finding) {
      case Finding.Untracked it -> adopt(it.position(), it.adoption());
      case Finding.QuantityGrown it -> adopt(it.position(), it.adoption());
      case Finding.UnexpectedShort it -> adopt(it.position(), it.adoption());
      case Finding.ClosedElsewhere it ->
          tell(it, new SyncNotice.Closed(it.fills(), ExitReason.CLOSED_ELSEWHERE, "x"));
      case Finding.Flipped it ->
          tell(it, new SyncNotice.Closed(it.fills(), ExitReason.CLOSED_ELSEWHERE, "x"));
      case Finding.Assigned it ->
          tell(it, new SyncNotice.Closed(it.fills(), ExitReason.ASSIGNED, "x"));
      case Finding.Exercised it ->
          tell(it, new SyncNotice.Closed(it.fills(), ExitReason.EXERCISED, "x"));
      case Finding.ExpiredWorthless it ->
          tell(it, new SyncNotice.Closed(it.fills(), ExitReason.EXPIRED, "x"));
      case Finding.QuantityShrunk it -> tell(it, new SyncNotice.LookNow("x"));
      case Finding.SharesSplit it ->
          tell(it, new SyncNotice.Split(it.activity(), it.before(), it.after(), "x"));
      case Finding.SymbolChanged it -> move(it);
      case Finding.WorkflowLost it -> restart(it.position());
      case Finding.LedgerRowStuck it -> restart(it.position());
      case Finding.Duplicate it ->
          tell(it, new SyncNotice.GiveWay(it.stays(), it.surplus(), it.evidence()));
      case Finding.OrphanOrder it -> orders.remove(it.order().value());
      case Finding.StaleArmedExit it -> armed.remove(it.position());
    }
  }

  private void adopt(PositionId id, Adoption adoption) {
    if (!positions.containsKey(id)) {
      track(id, adoption.direction(), adoption.quantity(), adoption.entry(), now, true);
    }
  }

  private void tell(Finding finding, SyncNotice notice) {
    Tracked tracked = positions.get(finding.position());
    if (tracked.life == EngineView.Life.RUNNING) {
      tracked.state = SyncNews.apply(tracked.state, notice, now);
      endIfClosed(tracked);
    }
  }

  private void move(Finding.SymbolChanged it) {
    Tracked from = positions.get(it.position());
    if (from.life != EngineView.Life.RUNNING) {
      return;
    }
    if (!positions.containsKey(it.to())) {
      positions.put(it.to(), new Tracked(from.state.movedTo(it.to(), now, "x"), now, from.adopted));
    }
    tell(it, new SyncNotice.Moved(it.activity(), it.to().instrument(), "x"));
  }

  /** As a rebuilt workflow finds its entry again: it begins with all of it held. */
  private void restart(PositionId id) {
    Tracked lost = positions.get(id);
    if (lost.life == EngineView.Life.RUNNING) {
      return;
    }
    Basis old = lost.state.basis().orElseThrow();
    boolean isMoved = lost.state.terms().quantity().isZero();
    Quantity quantity =
        lost.adopted || isMoved
            ? Quantity.min(lost.state.held(), new Quantity(holding(id.instrument()).abs()))
            : lost.entered;
    EntryTerms terms = lost.state.terms();
    Basis basis =
        new Basis(
            id.instrument(), old.direction(), old.entry(), quantity, old.entry(), old.filledAt());
    lost.state =
        PositionState.announced(id, terms)
            .change()
            .phase(Phase.PROTECTED)
            .basis(basis)
            .plan(lost.state.plan().orElseThrow())
            .goOnCountingFrom(lost.state.exitsSettled())
            .made();
    lost.life = EngineView.Life.RUNNING;
    endIfClosed(lost);
  }

  private void endIfClosed(Tracked tracked) {
    if (tracked.state.held().isZero() && tracked.state.exit().isEmpty()) {
      boolean never = tracked.state.fills().isEmpty();
      tracked.state =
          tracked.state.change().phase(never ? Phase.NEVER_OPENED : Phase.CLOSED).made();
      tracked.life = EngineView.Life.ENDED;
      tracked.closedAt = Optional.of(now);
    }
  }

  // --- what has to hold ---

  /** What running workflows track of an instrument, signed. */
  BigDecimal tracked(Instrument instrument) {
    return positions.values().stream()
        .filter(it -> it.life == EngineView.Life.RUNNING && !it.state.phase().isFinal())
        .filter(it -> it.state.id().instrument().equals(instrument))
        .map(
            it ->
                it.state.terms().direction() == Direction.LONG
                    ? it.state.held().value()
                    : it.state.held().value().negate())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  Set<Instrument> instruments() {
    Set<Instrument> all = new HashSet<>(holdings.keySet());
    positions.keySet().forEach(id -> all.add(id.instrument()));
    return all;
  }

  /** Orders of which more is booked than was filled; not where a split scaled what is booked. */
  List<String> bookedTwice() {
    Map<String, BigDecimal> booked = new HashMap<>();
    positions
        .values()
        .forEach(
            it ->
                it.state
                    .fills()
                    .forEach(
                        fill ->
                            booked.merge(
                                fill.order().value(), fill.quantity().value(), BigDecimal::add)));
    return trades.stream()
        .filter(it -> changes.stream().noneMatch(c -> c.instrument().equals(it.instrument())))
        .filter(it -> booked.getOrDefault(it.order(), BigDecimal.ZERO).compareTo(it.quantity()) > 0)
        .map(Traded::order)
        .toList();
  }

  List<String> openPositions() {
    return positions.values().stream()
        .map(
            it ->
                "%s %s %s %s entered %s held %s %s fills %s"
                    .formatted(
                        it.state.id(),
                        it.state.phase(),
                        it.state.terms().direction(),
                        it.life,
                        it.entered,
                        it.state.held(),
                        it.adopted ? "adopted" : "",
                        it.state.fills().stream()
                            .map(f -> f.order() + "x" + f.quantity())
                            .toList()))
        .toList();
  }

  int tradesMade() {
    return trades.size();
  }
}
