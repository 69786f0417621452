package org.positionmanager.workflows.sync;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** One instrument's holding against the positions that track it. */
final class InstrumentComparison {
  private final Snapshot now;
  private final SyncRules rules;
  private final Instrument instrument;
  private final List<LedgerView.Row> rows;

  InstrumentComparison(Snapshot now, SyncRules rules, Instrument instrument) {
    this.now = now;
    this.rules = rules;
    this.instrument = instrument;
    rows =
        now.ledger().rows().stream()
            .filter(row -> row.id().instrument().equals(instrument))
            .sorted(
                Comparator.comparing(
                        (LedgerView.Row row) -> row.openedAt().orElse(null),
                        Comparator.nullsLast(Comparator.naturalOrder()))
                    .thenComparing(row -> row.id().toString()))
            .toList();
  }

  List<Finding> findings() {
    List<Finding> found = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      Quantity held = held(direction);
      List<LedgerView.Row> tracked = tracked(direction);
      Quantity recorded = recorded(tracked);
      if (held.equals(recorded)) {
        continue;
      }
      List<Finding> changed = new ShareChanges(now, instrument, tracked).findings();
      if (!changed.isEmpty()) {
        found.addAll(changed);
      } else if (held.compareTo(recorded) < 0) {
        found.addAll(less(direction, tracked, recorded, held));
      } else {
        more(direction, tracked, recorded, held).ifPresent(found::add);
      }
    }
    return found;
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

  private List<Finding> less(
      Direction direction, List<LedgerView.Row> tracked, Quantity recorded, Quantity held) {
    Quantity missing = recorded.minus(held);
    Optional<Finding> twice = duplicate(tracked, missing, true);
    if (twice.isPresent()) {
      return List.of(twice.get());
    }
    List<Closing> closings =
        now.broker().closings().stream()
            .filter(it -> it.instrument().equals(instrument) && it.closes() == direction)
            .toList();
    List<Allotment.Share> shares = Allotment.of(tracked, rows, missing, closings);
    if (!shares.isEmpty()) {
      return shares.stream().map(share -> closed(share, direction)).toList();
    }
    return List.of(
        duplicate(tracked, missing, false)
            .orElseGet(
                () ->
                    new Finding.QuantityShrunk(
                        tracked.getFirst().id(),
                        tracked.stream().map(LedgerView.Row::id).toList(),
                        recorded,
                        held)));
  }

  private Finding closed(Allotment.Share share, Direction direction) {
    Optional<Holding> flipped =
        now.broker().holding(instrument).filter(holding -> holding.direction() != direction);
    return switch (share.kind()) {
      case FILLED ->
          flipped
              .<Finding>map(
                  holding ->
                      new Finding.Flipped(
                          share.position(), share.fills(), holding.direction(), holding.quantity()))
              .orElseGet(() -> new Finding.ClosedElsewhere(share.position(), share.fills()));
      case EXPIRED -> new Finding.ExpiredWorthless(share.position(), share.fills());
      case EXERCISED -> new Finding.Exercised(share.position(), share.fills());
      case ASSIGNED -> new Finding.Assigned(share.position(), share.fills());
    };
  }

  /**
   * An execution that was filled before a holding was adopted, and announced only afterwards, is
   * what was adopted: the adopted position gives way. Where that has closed it already, and booked
   * the fills, the execution does.
   *
   * @param adoptedGives which of the two is asked about
   */
  private Optional<Finding> duplicate(
      List<LedgerView.Row> tracked, Quantity missing, boolean adoptedGives) {
    for (LedgerView.Row execution : tracked) {
      for (LedgerView.Row adopted : rows) {
        LedgerView.Row gives = adoptedGives ? adopted : execution;
        LedgerView.Row stays = adoptedGives ? execution : adopted;
        if (isAnnouncedLate(execution, adopted)
            && tracked.contains(gives)
            && !gives.held().isZero()) {
          return Optional.of(
              new Finding.Duplicate(gives.id(), stays.id(), Quantity.min(missing, gives.held())));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isAnnouncedLate(LedgerView.Row execution, LedgerView.Row adopted) {
    return adopted.adopted()
        && !execution.adopted()
        && adopted.direction() == execution.direction()
        && adopted.trackedSince().isBefore(execution.trackedSince())
        && adopted
            .openedAt()
            .filter(at -> !execution.openedAt().orElseThrow().isAfter(at))
            .isPresent();
  }

  private Optional<Finding> more(
      Direction direction, List<LedgerView.Row> tracked, Quantity recorded, Quantity held) {
    if (isEntryAwaited() || ShareChanges.isExpected(now, instrument)) {
      return Optional.empty();
    }
    Optional<Opening> opening =
        now.broker().openings().stream()
            .filter(it -> it.instrument().equals(instrument) && it.direction() == direction)
            .max(Comparator.comparing(Opening::at).thenComparing(Opening::evidence));
    boolean isFresh =
        opening
            .filter(it -> it.at().plus(rules.adoptAfter()).isAfter(now.broker().exchangeTime()))
            .isPresent();
    if (isFresh) {
      return Optional.empty();
    }
    Price average = now.broker().holding(instrument).orElseThrow().averageEntry();
    Quantity surplus = held.minus(recorded);
    String openedBy = opening.map(Opening::evidence).orElse("an unknown order");
    Adoption adoption =
        new Adoption(direction, surplus, entryOfRest(tracked, held, average), openedBy);
    PositionId id = Adoption.id(now.account(), instrument, direction, openedBy, this::isTaken);
    return Optional.of(
        direction == Direction.SHORT
            ? new Finding.UnexpectedShort(id, recorded, adoption)
            : tracked.isEmpty()
                ? new Finding.Untracked(id, adoption)
                : new Finding.QuantityGrown(id, recorded, adoption));
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
