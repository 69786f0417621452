package org.positionmanager.workflows.position;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.activity.LedgerActivities.Entered;
import org.positionmanager.workflows.activity.LedgerActivities.Recollection;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What a rebuilt workflow takes over from the ledger: pure. */
final class EarlierLife {
  private EarlierLife() {}

  /** At the start: the end, if it has ended before, else the numbers to go on from. */
  static StateChange apply(StateChange change, Optional<Recollection> recollection) {
    if (recollection.isEmpty()) {
      return change;
    }
    Recollection known = recollection.get();
    change.countEvents(known.lastEvent());
    if (known.lastArming() > 0) {
      change.arming(Arming.unknown(known.lastArming()));
    }
    if (known.phase().isFinal()) {
      return change
          .phase(known.phase())
          .note(Optional.of("the ledger says that it ended before: " + known.phase()));
    }
    change.paused(known.pausedBecause());
    return change.goOnCountingFrom(
        unfinished(recollection).map(exit -> exit.number() - 1).orElse(known.exits()));
  }

  /** Once the fill is known again: PROTECTED, or EXITING where an exit was under way. */
  static StateChange resume(StateChange change, Optional<Recollection> recollection) {
    return unfinished(recollection)
        .map(exit -> change.phase(Phase.EXITING).exit(exit))
        .orElseGet(() -> change.phase(Phase.PROTECTED));
  }

  /**
   * The exit that was under way goes on as the attempt that it had come to: its order is looked up
   * under its id before anything is sent, so that nothing is sent twice and nothing is dropped.
   */
  private static Optional<ExitProgress> unfinished(Optional<Recollection> recollection) {
    List<ExitRecord> attempts =
        recollection.stream()
            .flatMap(known -> lastExit(known).stream().map(it -> inTodaysShares(known, it)))
            .sorted(Comparator.comparingInt(ExitRecord::attempt))
            .toList();
    if (attempts.isEmpty()) {
      return Optional.empty();
    }
    return switch (attempts.getLast().status()) {
      case ARMED -> Optional.empty();
      case INTENDED, SENT, REFUSED, UNKNOWN ->
          Optional.of(progress(attempts, attempts.getLast().attempt()));
      case FILLED, DEAD ->
          Optional.of(progress(attempts, attempts.getLast().attempt() + 1))
              .filter(exit -> !exit.remaining().isZero());
    };
  }

  private static List<ExitRecord> lastExit(Recollection known) {
    return known.exitRecords().stream().filter(it -> it.exit() == known.exits()).toList();
  }

  private static ExitProgress progress(List<ExitRecord> attempts, int attempt) {
    ExitRecord first = attempts.getFirst();
    List<ExitRecord> ended = attempts.stream().filter(it -> it.attempt() < attempt).toList();
    return new ExitProgress(
        first.exit(),
        attempt,
        first.reason(),
        first.quantity(),
        ended.stream().map(ExitRecord::filled).reduce(Quantity.ZERO, Quantity::plus),
        "under way before the workflow was rebuilt",
        first.at(),
        Optional.empty(),
        ended.size(),
        Optional.empty(),
        0);
  }

  private static ExitRecord inTodaysShares(Recollection known, ExitRecord exit) {
    Quantity quantity = exit.quantity();
    Quantity filled = exit.filled();
    for (PositionEvent split : splits(known)) {
      if (exit.at().isBefore(split.at())) {
        quantity = ShareRatio.of(split).shares(quantity);
        filled = ShareRatio.of(split).shares(filled);
      }
    }
    return new ExitRecord(
        exit.exit(),
        exit.attempt(),
        exit.clientOrderId(),
        exit.status(),
        exit.reason(),
        quantity,
        filled,
        exit.averagePrice(),
        exit.brokerOrderId(),
        exit.at());
  }

  private static List<PositionEvent> splits(Recollection known) {
    return known.entered().stream()
        .flatMap(entered -> entered.events().stream())
        .filter(event -> event.type() == PositionEvent.Type.SPLIT)
        .toList();
  }

  /** What the ledger has of an entry whose shares were split since; else empty. */
  static Optional<Entered> split(Optional<Recollection> recollection) {
    return recollection.flatMap(Recollection::entered).filter(Entered::isSplit);
  }

  /**
   * Once the fill is known again: as it was seen, unless the ledger has to tell what became of it.
   * Of a holding that was taken over the ledger knows since when.
   *
   * @param adopted whether it was
   * @param past where the ledger has to
   */
  static Basis basis(
      Basis seen, boolean adopted, Optional<Entered> past, Optional<Recollection> recollection) {
    if (past.isPresent()) {
      Entered entered = past.get();
      return basis(seen, entered.price(), entered.opened(), entered.at());
    }
    return recollection
        .flatMap(Recollection::entered)
        .filter(entered -> adopted)
        .map(entered -> basis(seen, seen.entry(), seen.opened(), entered.at()))
        .orElse(seen);
  }

  private static Basis basis(Basis seen, Price entry, Quantity opened, Instant at) {
    return new Basis(seen.instrument(), seen.direction(), entry, opened, entry, at);
  }

  /** What closed it before, in today's shares, and the splits that count already. */
  static StateChange withPast(StateChange change, Entered entered, List<ExitRecord> exits) {
    List<ClosingFill> fills = new ArrayList<>();
    for (PositionEvent event : entered.events()) {
      if (event.type() == PositionEvent.Type.SPLIT) {
        fills.replaceAll(ShareRatio.of(event)::fill);
        change.carriedOut(SplitPosition.commandId(event.details().get("activity")));
      } else {
        fills.add(fill(event, exits));
      }
    }
    return change.fills(fills);
  }

  private static ClosingFill fill(PositionEvent event, List<ExitRecord> exits) {
    BrokerOrderId order = new BrokerOrderId(event.details().get("order"));
    return new ClosingFill(
        order,
        exits.stream()
            .filter(exit -> exit.brokerOrderId().filter(order::equals).isPresent())
            .map(ExitRecord::clientOrderId)
            .findFirst()
            .orElse(""),
        Quantity.parse(event.details().get("quantity")),
        Price.parse(event.details().get("price")),
        event.at());
  }

  /** Once the fill is known again: a trailing stop never gets looser, a worse peak is ignored. */
  static Basis withPeak(Basis basis, Optional<Recollection> recollection) {
    return recollection.flatMap(Recollection::peak).map(basis::seeing).orElse(basis);
  }

  /** Once the fill is known again: the plan last in force, for an adjustment was a decision. */
  static Plan planOr(Plan defaults, Optional<Recollection> recollection) {
    return recollection.flatMap(Recollection::plan).orElse(defaults);
  }

  /** Whether the ledger has what the new life does not know before the fill is seen again. */
  static boolean knowsMore(Optional<Recollection> recollection) {
    return recollection
        .filter(
            known ->
                known.phase().isFinal() || known.peak().isPresent() || known.plan().isPresent())
        .isPresent();
  }
}
