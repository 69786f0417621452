package org.positionmanager.starter.migrate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.positionmanager.activities.ledger.MigratedRow;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * What one execution, or one row that names none, says that it holds: the execution and all rows of
 * it, one of which stands for the others.
 */
final class Claim {
  /**
   * Which of those that share a holding it belongs to first: an execution rather than a row that
   * names none, one that is said to be open rather than one that is said to be closed; then the
   * newest.
   */
  static final Comparator<Claim> FIRST_SERVED =
      Comparator.comparing(Claim::isSaidToBeClosed)
          .thenComparing(claim -> !claim.isAnnounced())
          .thenComparing(Claim::enteredAt, Comparator.reverseOrder())
          .thenComparing(claim -> claim.id.toString());

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

  /** Sorts what was added; before anything is asked. */
  void complete() {
    rows.sort(BEST);
    endings.sort(
        Comparator.comparing(OldRow.History::closedAt)
            .thenComparing(ending -> ending.key().id().length())
            .thenComparing(ending -> ending.key().id()));
  }

  Optional<OldRow.Execution> execution() {
    return execution;
  }

  /** The row that stands for all of them; empty for an execution that was never written down. */
  Optional<OldRow.Position> best() {
    return rows.stream().findFirst();
  }

  /** The others. */
  List<OldRow.Position> repetitions() {
    return rows.stream().skip(1).toList();
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
    return best().map(row -> row.terms().quantity()).orElseGet(() -> terms().quantity());
  }

  /** What it was entered at, as far as that was written down. */
  Optional<Price> entry() {
    return best().flatMap(row -> row.terms().expectedPrice()).or(() -> terms().expectedPrice());
  }

  /** The earliest moment that any of it names: copies were entered when they were written. */
  Instant enteredAt() {
    return Stream.concat(
            rows.stream().map(row -> row.terms().announcedAt()),
            execution.stream().map(it -> it.terms().announcedAt()))
        .min(Comparator.naturalOrder())
        .orElseGet(() -> endings.getFirst().terms().announcedAt());
  }

  /** The best price that any of its rows has seen: copies began to look anew. */
  Optional<Price> peak() {
    return rows.stream()
        .flatMap(row -> row.peak().stream())
        .reduce((one, other) -> direction().isBetter(other, one) ? other : one);
  }

  /** Whether the old history has an end for all of it, or nothing says that it goes on. */
  boolean isOver() {
    Quantity ended =
        endings.stream()
            .map(ending -> ending.terms().quantity())
            .reduce(Quantity.ZERO, Quantity::plus);
    boolean goesOn = rows.stream().anyMatch(row -> row.status() != OldRow.Status.CLOSED);
    return !endings.isEmpty() && (!goesOn || ended.compareTo(terms().quantity()) >= 0);
  }

  private boolean isSaidToBeClosed() {
    return !rows.isEmpty() && rows.stream().allMatch(row -> row.status() == OldRow.Status.CLOSED);
  }

  /** The row that speaks for it. */
  MigratedRow.Key key() {
    return best()
        .map(OldRow.Position::key)
        .or(() -> execution.map(OldRow.Execution::key))
        .orElseGet(() -> endings.getFirst().key());
  }
}
