package org.positionmanager.workflows.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;

/** Compares the four sides of an account, each with each: pure. */
public final class Comparison {
  /** An order to open, and its legs, are there for a day at the most before it is filled. */
  private static final Duration LONGEST_ENTRY = Duration.ofDays(1);

  private final Snapshot now;
  private final SyncRules rules;

  private Comparison(Snapshot now, SyncRules rules) {
    this.now = now;
    this.rules = rules;
  }

  /** Everything that does not agree, by position; believed once a second look says the same. */
  public static Look of(Snapshot now, SyncRules rules) {
    return new Look(now.begunAt(), now.endedAt(), new Comparison(now, rules).findings());
  }

  /**
   * Instruments of which less or more is held than is tracked, and those that were split unnoticed:
   * what opened, closed and changed them has to be read before they are compared.
   */
  public static Set<Instrument> disagreeing(
      List<Holding> holdings, LedgerView ledger, List<ShareChange> changes) {
    Set<Instrument> all = byName();
    holdings.forEach(holding -> all.add(holding.instrument()));
    ledger.rows().stream()
        .filter(LedgerView.Row::isTracking)
        .forEach(row -> all.add(row.id().instrument()));
    all.removeIf(
        instrument ->
            Stream.of(Direction.values())
                .allMatch(
                    direction ->
                        held(holdings, instrument, direction)
                            .equals(tracked(ledger, instrument, direction))));
    changes.stream()
        .filter(
            change -> ledger.rows().stream().anyMatch(row -> ShareChanges.isUnknown(change, row)))
        .map(ShareChange::instrument)
        .forEach(all::add);
    return all;
  }

  private static Quantity held(List<Holding> holdings, Instrument instrument, Direction direction) {
    return holdings.stream()
        .filter(it -> it.instrument().equals(instrument) && it.direction() == direction)
        .map(Holding::quantity)
        .reduce(Quantity.ZERO, Quantity::plus);
  }

  private static Quantity tracked(LedgerView ledger, Instrument instrument, Direction direction) {
    return ledger.rows().stream()
        .filter(row -> row.isTracking() && row.direction() == direction)
        .filter(row -> row.id().instrument().equals(instrument))
        .map(LedgerView.Row::held)
        .reduce(Quantity.ZERO, Quantity::plus);
  }

  private static Set<Instrument> byName() {
    return new TreeSet<>(Comparator.comparing(Instrument::symbol));
  }

  private List<Finding> findings() {
    List<Finding> found = new ArrayList<>();
    now.ledger().rows().stream().flatMap(row -> lost(row).stream()).forEach(found::add);
    for (Instrument instrument :
        disagreeing(now.broker().holdings(), now.ledger(), now.broker().changes())) {
      found.addAll(new InstrumentComparison(now, rules, instrument).findings());
    }
    now.broker().openOrders().stream().flatMap(order -> orphan(order).stream()).forEach(found::add);
    now.watch().exits().stream().flatMap(armed -> stale(armed).stream()).forEach(found::add);
    return found.stream()
        .sorted(Comparator.comparing((Finding finding) -> finding.position().toString()))
        .toList();
  }

  private Optional<Finding> lost(LedgerView.Row row) {
    if (row.phase().isFinal()) {
      return Optional.empty();
    }
    EngineView.Life life = now.engine().of(row.id());
    return switch (life) {
      case RUNNING -> Optional.empty();
      case ENDED -> Optional.of(new Finding.LedgerRowStuck(row.id(), row.phase()));
      case BROKEN, ABSENT -> Optional.of(new Finding.WorkflowLost(row.id(), row.phase(), life));
    };
  }

  /**
   * An order that would close what is not held, sent while the position that it stood for was
   * there, while nobody else looks after its instrument, and none that may fill opens it again:
   * legs of such a one stand for what is yet to be held.
   */
  private Optional<Finding> orphan(OrderView order) {
    Direction closes =
        order.side() == Direction.LONG.closingSide() ? Direction.LONG : Direction.SHORT;
    boolean isHeld =
        now.broker()
            .holding(order.instrument())
            .filter(holding -> holding.direction() == closes)
            .isPresent();
    if (isHeld || isLookedAfter(order.instrument()) || isOpenedAgain(order)) {
      return Optional.empty();
    }
    return now.ledger().rows().stream()
        .filter(row -> row.phase() == Phase.CLOSED && row.direction() == closes)
        .filter(row -> row.id().instrument().equals(order.instrument()))
        .filter(
            row ->
                ClientOrderId.ifOurs(order.clientOrderId())
                    .map(id -> id.belongsTo(row.id()))
                    .orElseGet(() -> isOfItsTime(order, row)))
        .findFirst()
        .map(row -> new Finding.OrphanOrder(row.id(), order.id(), order.open()));
  }

  private boolean isOpenedAgain(OrderView closing) {
    return now.broker().openOrders().stream()
        .anyMatch(
            order ->
                order.instrument().equals(closing.instrument())
                    && order.side() != closing.side()
                    && !order.isTerminal());
  }

  /** Legs are sent with the order that opens the position, before it is filled. */
  private static boolean isOfItsTime(OrderView order, LedgerView.Row row) {
    return row.closedAt().filter(at -> !order.submittedAt().isAfter(at)).isPresent()
        && row.openedAt()
            .filter(at -> !order.submittedAt().isBefore(at.minus(LONGEST_ENTRY)))
            .isPresent();
  }

  private boolean isLookedAfter(Instrument instrument) {
    return now.ledger().rows().stream()
            .anyMatch(row -> !row.phase().isFinal() && row.id().instrument().equals(instrument))
        || now.engine().lives().entrySet().stream()
            .anyMatch(
                it ->
                    it.getValue() == EngineView.Life.RUNNING
                        && it.getKey().instrument().equals(instrument));
  }

  private Optional<Finding> stale(WatchView.Armed armed) {
    Optional<Phase> phase = now.ledger().row(armed.id()).map(LedgerView.Row::phase);
    boolean isOver = phase.isEmpty() || phase.get().isFinal();
    return armed.armed() && isOver
        ? Optional.of(new Finding.StaleArmedExit(armed.id(), armed.arming(), armed.exit(), phase))
        : Optional.empty();
  }
}
