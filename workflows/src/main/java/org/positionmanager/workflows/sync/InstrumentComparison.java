package org.positionmanager.workflows.sync;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** One instrument's holding against the positions that track it. */
final class InstrumentComparison {
  /** The ledger keeps microseconds, the broker tells nanoseconds. */
  private static final Duration SAME_MOMENT = Duration.ofMillis(1);

  private final Snapshot now;
  private final SyncRules rules;
  private final Instrument instrument;
  private final List<LedgerView.Row> rows;

  InstrumentComparison(Snapshot now, SyncRules rules, Instrument instrument) {
    this.now = now;
    this.rules = rules;
    this.instrument = instrument;
    rows = now.ledger().of(instrument);
  }

  List<Finding> findings() {
    List<Finding> found = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      Quantity held = held(direction);
      List<LedgerView.Row> tracked = tracked(direction);
      Quantity recorded = recorded(tracked);
      ShareChanges changes = new ShareChanges(now, instrument, direction, tracked);
      if (held.equals(recorded)) {
        found.addAll(changes.hidden());
        continue;
      }
      if (held.compareTo(recorded) < 0 && tracked.stream().anyMatch(row -> !isRunning(row))) {
        // what is begun anew takes what is held then: what it lacks today is asked about afterwards
        continue;
      }
      Optional<Quantity> moved = changes.moved().filter(it -> it.compareTo(recorded) < 0);
      if (moved.isPresent()) {
        // what went under the old symbol is booked before the rest goes on under the new one
        List<Finding> before = new Shortage(now, instrument, direction, rows).findings(moved.get());
        if (before.stream().noneMatch(Finding.QuantityShrunk.class::isInstance)) {
          found.addAll(before);
          continue;
        }
      }
      List<Finding> changed = changes.findings();
      if (!changed.isEmpty()) {
        found.addAll(changed);
      } else if (held.compareTo(recorded) < 0) {
        found.addAll(new Shortage(now, instrument, direction, rows).findings(held));
      } else {
        more(direction, tracked, recorded, held).ifPresent(found::add);
      }
    }
    return found;
  }

  private boolean isRunning(LedgerView.Row row) {
    return now.engine().of(row.id()) == EngineView.Life.RUNNING;
  }

  private Quantity held(Direction direction) {
    return now.broker()
        .holding(instrument)
        .filter(holding -> holding.direction() == direction)
        .map(Holding::quantity)
        .orElse(Quantity.ZERO);
  }

  private List<LedgerView.Row> tracked(Direction direction) {
    return rows.stream().filter(row -> row.isTracking() && row.direction() == direction).toList();
  }

  private static Quantity recorded(List<LedgerView.Row> tracked) {
    return tracked.stream().map(LedgerView.Row::held).reduce(Quantity.ZERO, Quantity::plus);
  }

  private Optional<Finding> more(
      Direction direction, List<LedgerView.Row> tracked, Quantity recorded, Quantity held) {
    if (isEntryAwaited() || ShareChanges.isExpected(now, instrument)) {
      return Optional.empty();
    }
    Instant exchangeTime = now.broker().exchangeTime();
    Optional<Opening> opening =
        Opening.last(now.broker().openings(), instrument, direction, exchangeTime);
    boolean isFresh =
        opening.filter(it -> it.at().plus(rules.adoptAfter()).isAfter(exchangeTime)).isPresent();
    Quantity surplus = held.minus(recorded);
    if (isFresh
        || !tracked.isEmpty() && isLeftToASplit(direction, tracked)
        || opening.isEmpty() && new NewName(now, instrument).mayBe(direction, surplus)) {
      return Optional.empty();
    }
    Price average = now.broker().holding(instrument).orElseThrow().averageEntry();
    Adoption adoption =
        new Adoption(
            direction, surplus, entryOfRest(tracked, held, average), Adoption.openedBy(opening));
    PositionId id = Adoption.id(now.account(), instrument, direction, opening, this::isTaken);
    return Optional.of(
        direction == Direction.SHORT
            ? new Finding.UnexpectedShort(id, recorded, adoption)
            : tracked.isEmpty()
                ? new Finding.Untracked(id, adoption)
                : new Finding.QuantityGrown(id, recorded, adoption));
  }

  /**
   * Whether more shares may be held than are tracked because they were split, and the broker has
   * yet to tell of it, which it does overnight: no order that is not somebody's entry opened more
   * since the oldest position was. What was opened before that is over, or the entry of somebody
   * who found it by what was held, unless orders alone make up for all that is held.
   */
  private boolean isLeftToASplit(Direction direction, List<LedgerView.Row> tracked) {
    Instant oldest =
        tracked.stream()
            .flatMap(row -> row.openedAt().stream())
            .min(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    boolean isExplained =
        now.broker().openings().stream()
                .filter(it -> it.instrument().equals(instrument) && it.direction() == direction)
                .filter(it -> it.at().isAfter(oldest))
                .anyMatch(opening -> rows.stream().noneMatch(row -> isOf(row, opening)))
            || isAllTraded(direction)
            || isBookedTwice()
            || ShareChanges.areTold(now, instrument);
    return instrument instanceof Stock && !isExplained;
  }

  /** Whether what orders bought and sold, as far back as they were read, is all that is held. */
  private boolean isAllTraded(Direction direction) {
    BigDecimal bought =
        now.broker().closings().stream()
            .filter(it -> it.instrument().equals(instrument))
            .map(Closing::signed)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal opened = direction == Direction.LONG ? bought : bought.negate();
    return opened.compareTo(held(direction).value()) >= 0;
  }

  /**
   * Whether a position took its entry from an order: when that was filled, or by adopting what
   * there was then.
   */
  private static boolean isOf(LedgerView.Row row, Opening opening) {
    return row.direction() == opening.direction()
        && row.openedAt().filter(at -> isOf(row.adopted(), at, opening.at())).isPresent();
  }

  private static boolean isOf(boolean adopted, Instant openedAt, Instant filledAt) {
    boolean isBefore = !filledAt.isAfter(openedAt.plus(SAME_MOMENT));
    return isBefore && (adopted || !filledAt.isBefore(openedAt.minus(SAME_MOMENT)));
  }

  /** Whether positions that share the holding have booked more of an order than it closed. */
  private boolean isBookedTwice() {
    return now.broker().closings().stream()
        .filter(it -> it.instrument().equals(instrument))
        .map(Closing::fill)
        .anyMatch(
            fill ->
                rows.stream()
                        .map(row -> row.bookedOf(fill.order().value()))
                        .reduce(Quantity.ZERO, Quantity::plus)
                        .compareTo(fill.quantity())
                    > 0);
  }

  /** An adoption's id is used up once it tracks something, or is over. */
  private boolean isTaken(PositionId id) {
    return now.ledger().row(id).isPresent();
  }

  /** Whether somebody is about to find out what it opened. */
  private boolean isEntryAwaited() {
    return rows.stream().anyMatch(row -> row.phase() == Phase.AWAITING_ENTRY)
        || now.engine().lives().entrySet().stream()
            .anyMatch(
                it ->
                    it.getValue() == EngineView.Life.RUNNING
                        && it.getKey().instrument().equals(instrument)
                        && now.ledger().row(it.getKey()).isEmpty());
  }

  /** What the rest was entered at, so that all entries together make the broker's average. */
  private static Price entryOfRest(List<LedgerView.Row> tracked, Quantity held, Price average) {
    BigDecimal cost = average.value().multiply(held.value());
    Quantity rest = held;
    for (LedgerView.Row row : tracked) {
      cost = cost.subtract(row.entry().orElse(average).value().multiply(row.held().value()));
      rest = rest.minus(row.held());
    }
    BigDecimal price = cost.divide(rest.value(), MathContext.DECIMAL64);
    return price.signum() > 0 ? new Price(price) : average;
  }
}
