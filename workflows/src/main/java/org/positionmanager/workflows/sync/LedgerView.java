package org.positionmanager.workflows.sync;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * What the ledger says of an account.
 *
 * @param readAt real time before the read
 * @param rows those that are not over, and those that ended since the oldest of them was opened
 */
public record LedgerView(Instant readAt, List<Row> rows) {
  public LedgerView {
    rows = List.copyOf(rows);
  }

  /**
   * One position's row.
   *
   * @param opened quantity filled at the entry; empty while it is awaited
   * @param entry average price of the fill
   * @param openedAt exchange time of the fill
   * @param ourSince exchange time since when a holding of another system is looked after here
   * @param closedAt exchange time of the last fill that closed it, or of its end; empty while open
   * @param trackedSince real time of its first record
   * @param adopted whether a holding was taken over that no execution announced
   * @param paused whether no rule may act
   * @param booked what is booked of each order or activity that closed it, by the broker's id
   * @param splits what it held before each split that it knows, by the activity's id
   * @param gaveWay what it gave way with, by the position that it gave way to
   * @param reviewEvery its plan's interval between reviews
   * @param reviewedAt real time at which it was last looked at for a review
   */
  public record Row(
      PositionId id,
      Phase phase,
      Direction direction,
      Optional<Quantity> opened,
      Quantity held,
      Optional<Price> entry,
      Optional<Instant> openedAt,
      Optional<Instant> ourSince,
      Optional<Instant> closedAt,
      Instant trackedSince,
      boolean adopted,
      boolean paused,
      Map<String, Quantity> booked,
      Map<String, Quantity> splits,
      Map<String, Quantity> gaveWay,
      Optional<Duration> reviewEvery,
      Optional<Instant> reviewedAt) {
    public Row {
      ourSince = ourSince == null ? Optional.empty() : ourSince;
      booked = Map.copyOf(booked);
      splits = Map.copyOf(splits);
      gaveWay = Map.copyOf(gaveWay);
    }

    /** Whether its fill is known and it is not over. */
    @JsonIgnore
    public boolean isTracking() {
      return !phase.isFinal() && opened.isPresent();
    }

    /**
     * Since when what happens to the holding happens to this position: what another system closed,
     * or a split that came before it was taken over, is in what was taken over.
     */
    Optional<Instant> changesSince() {
      return openedAt.map(opened -> ourSince.filter(since -> since.isAfter(opened)).orElse(opened));
    }

    /** The same with so much held and so much booked. */
    Row with(Quantity nowHeld, Map<String, Quantity> nowBooked) {
      return new Row(
          id,
          phase,
          direction,
          opened,
          nowHeld,
          entry,
          openedAt,
          ourSince,
          closedAt,
          trackedSince,
          adopted,
          paused,
          nowBooked,
          splits,
          gaveWay,
          reviewEvery,
          reviewedAt);
    }

    /** What its entry was before it gave way to others. */
    Quantity entered() {
      return gaveWay.values().stream().reduce(opened.orElse(Quantity.ZERO), Quantity::plus);
    }

    Quantity gaveWayTo(PositionId other) {
      return gaveWay.getOrDefault(other.toString(), Quantity.ZERO);
    }

    /** What is booked of an order or activity. */
    public Quantity bookedOf(String order) {
      return booked.getOrDefault(order, Quantity.ZERO);
    }
  }

  /** Rows of an instrument, those that are over too, oldest first. */
  List<Row> of(Instrument instrument) {
    return rows.stream()
        .filter(row -> row.id().instrument().equals(instrument))
        .sorted(
            Comparator.comparing(
                    (Row row) -> row.openedAt().orElse(null),
                    Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(row -> row.id().toString()))
        .toList();
  }

  /** The row of a position; empty where there is none. */
  public Optional<Row> row(PositionId id) {
    return rows.stream().filter(row -> row.id().equals(id)).findFirst();
  }
}
