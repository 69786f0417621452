package org.positionmanager.starter.migrate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.ledger.MigratedRow;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * What one execution, or the rows that name none, say that they hold: the execution and all rows of
 * it, one of which stands for the others.
 */
final class Claim {
  /** Clocks of broker and old system may differ by so much. */
  private static final Duration CLOCKS = Duration.ofMinutes(1);

  /** Open rather than closed, the one written last, and of two equals the later one. */
  private static final Comparator<OldRow.Position> BEST =
      Comparator.comparing(OldRow.Position::status)
          .thenComparing(OldRow.Position::touchedAt, Comparator.reverseOrder())
          .thenComparing(row -> row.key().id().length(), Comparator.reverseOrder())
          .thenComparing(row -> row.key().id(), Comparator.reverseOrder());

  private final PositionId id;
  private final Optional<OldRow.Execution> execution;
  private final List<OldRow.Position> rows = new ArrayList<>();
  private final List<OldRow.History> endings = new ArrayList<>();
  private List<OldRow.Position> ofThisLife = List.of();

  Claim(PositionId id, Optional<OldRow.Execution> execution) {
    this.id = id;
    this.execution = execution;
  }

  PositionId id() {
    return id;
  }

  void add(OldRow.Position row) {
    rows.add(row);
  }

  void add(OldRow.History ending) {
    endings.add(ending);
  }

  /**
   * Sorts what was added; before anything else is asked.
   *
   * @param heldSince since when the broker has held it without a break; empty where that is not
   *     known
   */
  void complete(Optional<Instant> heldSince) {
    ofThisLife = isAnnounced() ? rows : ofThisLife(heldSince);
    rows.sort(
        Comparator.comparing((OldRow.Position row) -> !ofThisLife.contains(row))
            .thenComparing(BEST));
    endings.sort(
        Comparator.comparing(OldRow.History::closedAt)
            .thenComparing(ending -> ending.key().id().length())
            .thenComparing(ending -> ending.key().id()));
  }

  /**
   * An execution is opened once; rows that name none may be of many lives of the same instrument.
   * Of the present one are those that are not closed, and were not entered before the last of the
   * others was closed, nor before the broker held it.
   */
  private List<OldRow.Position> ofThisLife(Optional<Instant> heldSince) {
    Instant since =
        heldSince
            .map(at -> at.minus(CLOCKS))
            .orElseGet(
                () ->
                    rows.stream()
                        .flatMap(row -> row.closedAt().stream())
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.MIN));
    return rows.stream()
        .filter(row -> row.status() != OldRow.Status.CLOSED)
        .filter(row -> !row.terms().announcedAt().isBefore(since))
        .toList();
  }

  Optional<OldRow.Execution> execution() {
    return execution;
  }

  /** The order that it says was its entry. */
  Optional<BrokerOrderId> order() {
    return execution.flatMap(it -> it.terms().brokerOrderId());
  }

  /** The row that stands for all of them; empty for an execution that was never written down. */
  Optional<OldRow.Position> best() {
    return rows.stream().findFirst();
  }

  /** The others. */
  List<OldRow.Position> repetitions() {
    return rows.stream().skip(1).toList();
  }

  /** The most that any row says was opened; empty where it has none. */
  Optional<Quantity> writtenDown() {
    return rows.stream().map(OldRow.Position::opened).max(Comparator.naturalOrder());
  }

  /** Ends that the old history has of it, the first one first. */
  List<OldRow.History> endings() {
    return endings;
  }

  boolean isAnnounced() {
    return execution.isPresent() || best().filter(OldRow.Position::announced).isPresent();
  }

  Direction direction() {
    return terms().direction();
  }

  /** As the execution says, else as its row does. */
  EntryTerms terms() {
    return execution
        .map(OldRow.Execution::terms)
        .or(() -> best().map(OldRow.Position::terms))
        .orElseGet(() -> endings.getFirst().terms());
  }

  /** How much it says that it holds: the row knows of parts that were closed. */
  Quantity quantity() {
    if (best().isPresent() || hasEnded()) {
      return best().map(OldRow.Position::terms).orElseGet(this::terms).quantity();
    }
    return terms().quantity().minus(ended());
  }

  /** What it was entered at, as far as that was written down. */
  Optional<Price> entry() {
    return best().flatMap(row -> row.terms().expectedPrice()).or(() -> terms().expectedPrice());
  }

  /**
   * When the execution was announced, else the earliest moment that a row names: copies were
   * entered when they were written. Not of rows from an earlier life.
   */
  Instant enteredAt() {
    return execution
        .map(it -> it.terms().announcedAt())
        .or(
            () ->
                ofThisLife.stream()
                    .map(row -> row.terms().announcedAt())
                    .min(Comparator.naturalOrder()))
        .orElseGet(() -> terms().announcedAt());
  }

  /**
   * The best price that any of its rows has seen: copies began to look anew. Not of rows from an
   * earlier life.
   */
  Optional<Price> peak() {
    return ofThisLife.stream()
        .flatMap(row -> row.peak().stream())
        .reduce((one, other) -> direction().isBetter(other, one) ? other : one);
  }

  /** Whether a row says that it goes on. */
  boolean isSaidToBeOpen() {
    return ofThisLife.stream().anyMatch(row -> row.status() != OldRow.Status.CLOSED);
  }

  /** Whether the old history has an end for all of it, whatever its rows say. */
  boolean hasEnded() {
    return !endings.isEmpty() && ended().compareTo(terms().quantity()) >= 0;
  }

  /** Whether nothing that the old system wrote says that it goes on. */
  boolean isSaidToBeOver() {
    return rows.isEmpty() ? hasEnded() : !isSaidToBeOpen();
  }

  private Quantity ended() {
    return endings.stream()
        .map(ending -> ending.terms().quantity())
        .reduce(Quantity.ZERO, Quantity::plus);
  }

  /** The row that speaks for it. */
  MigratedRow.Key key() {
    return best()
        .map(OldRow.Position::key)
        .or(() -> execution.map(OldRow.Execution::key))
        .orElseGet(() -> endings.getFirst().key());
  }
}
