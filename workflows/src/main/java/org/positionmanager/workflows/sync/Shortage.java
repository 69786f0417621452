package org.positionmanager.workflows.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;

/**
 * Explains why less is held than is tracked, one cause after the other: the positions' own exits
 * that nobody has booked; an adopted holding that an execution was announced for, or an execution
 * whose holding was adopted and closed before; orders of others, and the end of contracts. What
 * none of them explains is told to a person.
 */
final class Shortage {
  private final Snapshot now;
  private final Direction direction;
  private final Instrument instrument;
  private final List<Finding> found = new ArrayList<>();
  private final Quantity recorded;
  private List<LedgerView.Row> rows;

  /**
   * @param rows of the instrument, oldest first, those that are over too
   */
  Shortage(Snapshot now, Instrument instrument, Direction direction, List<LedgerView.Row> rows) {
    this.now = now;
    this.instrument = instrument;
    this.direction = direction;
    this.rows = rows;
    recorded = sum();
  }

  List<Finding> findings(Quantity held) {
    List<Closing> closings =
        now.broker().closings().stream()
            .filter(it -> it.instrument().equals(instrument) && it.closes() == direction)
            .toList();
    closed(Allotment.ofOwnExits(tracked(), rows, sum().lessAtMost(held), closings));
    duplicates(held, true);
    duplicates(held, false);
    closed(Allotment.of(tracked(), rows, sum().lessAtMost(held), closings));
    if (found.isEmpty()) {
      List<PositionId> sharing = tracked().stream().map(LedgerView.Row::id).toList();
      found.add(new Finding.QuantityShrunk(sharing.getFirst(), sharing, recorded, held));
    }
    return found;
  }

  private List<LedgerView.Row> tracked() {
    return rows.stream().filter(row -> row.isTracking() && row.direction() == direction).toList();
  }

  private Quantity sum() {
    return tracked().stream().map(LedgerView.Row::held).reduce(Quantity.ZERO, Quantity::plus);
  }

  private void closed(List<Allotment.Share> shares) {
    for (Allotment.Share share : shares) {
      found.add(finding(share));
      replace(share.position(), row -> booking(row, share.fills()));
    }
  }

  private void replace(PositionId position, UnaryOperator<LedgerView.Row> change) {
    rows = rows.stream().map(row -> row.id().equals(position) ? change.apply(row) : row).toList();
  }

  private static LedgerView.Row booking(LedgerView.Row row, List<ClosingFill> told) {
    Quantity held = row.held();
    Map<String, Quantity> booked = new HashMap<>(row.booked());
    for (ClosingFill fill : told) {
      String order = fill.order().value();
      held = held.lessAtMost(fill.quantity().minus(row.bookedOf(order)));
      booked.put(order, fill.quantity());
    }
    return row.with(held, booked);
  }

  private Finding finding(Allotment.Share share) {
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
  private void duplicates(Quantity held, boolean adoptedGives) {
    for (LedgerView.Row execution : rows) {
      for (LedgerView.Row adopted : rows) {
        PositionId gives = adoptedGives ? adopted.id() : execution.id();
        PositionId stays = adoptedGives ? execution.id() : adopted.id();
        if (!isAnnouncedLate(execution, adopted)) {
          continue;
        }
        Quantity closed = adopted.opened().orElseThrow().lessAtMost(adopted.held());
        Quantity most = Quantity.min(sum().lessAtMost(held), overlap(execution, adopted));
        Quantity part =
            tracked().stream()
                .filter(row -> row.id().equals(gives))
                .findFirst()
                .map(row -> Quantity.min(most, adoptedGives ? row.held() : least(row, closed)))
                .orElse(Quantity.ZERO);
        if (!part.isZero()) {
          found.add(new Finding.Duplicate(gives, stays, part));
          replace(gives, row -> row.with(row.held().minus(part), row.booked()));
        }
      }
    }
  }

  private static Quantity least(LedgerView.Row row, Quantity closed) {
    return Quantity.min(row.held(), closed);
  }

  /** What both have entered at the most, less what one gave way to the other already. */
  private static Quantity overlap(LedgerView.Row one, LedgerView.Row other) {
    return Quantity.min(one.entered(), other.entered())
        .lessAtMost(one.gaveWayTo(other.id()))
        .lessAtMost(other.gaveWayTo(one.id()));
  }

  private static boolean isAnnouncedLate(LedgerView.Row execution, LedgerView.Row adopted) {
    return adopted.adopted()
        && execution.openedAt().isPresent()
        && !execution.adopted()
        && adopted.direction() == execution.direction()
        && adopted.trackedSince().isBefore(execution.trackedSince())
        && adopted.opened().isPresent()
        && adopted
            .openedAt()
            .filter(at -> !execution.openedAt().orElseThrow().isAfter(at))
            .isPresent();
  }
}
