package org.positionmanager.starter.migrate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.positionmanager.activities.ledger.MigratedPosition;
import org.positionmanager.activities.ledger.MigratedRows;
import org.positionmanager.worker.HeldAtBroker;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Shares out what the broker holds among those that claim it: pure. */
final class Holdings {
  /** An order to open something is there for a day at the most before it is filled. */
  private static final Duration LONGEST_ENTRY = Duration.ofDays(1);

  private final Planning.Around around;
  private final BiConsumer<OldRow, Verdict> judge;
  private final Map<Line, Left> lines = new LinkedHashMap<>();
  private final List<MigrationPlan.Opening> openings = new ArrayList<>();

  private record Line(AccountName account, Instrument instrument, Direction direction) {}

  /** What is left of a holding, and who has got of it. */
  private static final class Left {
    private final Holding held;
    private final List<MigratedRows.Position> tracked;
    private final List<Claim> served = new ArrayList<>();
    private Quantity rest;

    private Left(Holding held, List<MigratedRows.Position> tracked) {
      this.held = held;
      this.tracked = tracked;
      rest =
          tracked.stream()
              .map(MigratedRows.Position::held)
              .reduce(held.quantity(), Quantity::lessAtMost);
    }

    private Quantity serve(Claim claim) {
      Quantity share = Quantity.min(rest, claim.quantity());
      rest = rest.minus(share);
      if (!share.isZero()) {
        served.add(claim);
      }
      return share;
    }
  }

  /**
   * @param judge hears of each row that a claim consists of
   */
  Holdings(Planning.Around around, BiConsumer<OldRow, Verdict> judge) {
    this.around = around;
    this.judge = judge;
    around
        .held()
        .forEach(
            (account, held) -> {
              if (held instanceof HeldAtBroker.Told told) {
                told.holdings().forEach(holding -> add(account, holding));
              }
            });
  }

  private void add(AccountName account, Holding holding) {
    Line line = new Line(account, holding.instrument(), holding.direction());
    lines.put(
        line,
        new Left(
            holding,
            around.known().positions().stream()
                .filter(it -> !it.phase().isFinal())
                .filter(
                    it ->
                        line.equals(
                            new Line(it.id().account(), it.id().instrument(), it.direction())))
                .toList()));
  }

  /** The positions that are made of the claims; every row of these gets its verdict. */
  List<MigrationPlan.Opening> shareOut(List<Claim> claims) {
    claims.stream().sorted(Claim.FIRST_SERVED).forEach(this::serve);
    return openings;
  }

  private void serve(Claim claim) {
    Optional<Left> left =
        Optional.ofNullable(
            lines.get(new Line(claim.id().account(), claim.id().instrument(), claim.direction())));
    Quantity share = left.map(it -> it.serve(claim)).orElse(Quantity.ZERO);
    Optional<Verdict> waits = waits(claim, share);
    if (waits.isPresent()) {
      judge(claim, waits.get(), judge);
    } else if (share.isZero()) {
      judge(claim, left.map(it -> unserved(claim, it)).orElseGet(Holdings::nothing), judge);
    } else {
      judge(claim, new Verdict.Workflow(claim.id(), share), judge);
      openings.add(opening(claim, left.orElseThrow(), share));
    }
  }

  /** An execution whose entry may yet be filled is for the intake to take in, share and all. */
  private Optional<Verdict> waits(Claim claim, Quantity share) {
    if (claim.execution().isEmpty()) {
      return Optional.empty();
    }
    Duration age = Duration.between(claim.execution().get().terms().announcedAt(), around.now());
    if (age.compareTo(Planning.FRESH) < 0) {
      return Optional.of(
          new Verdict.LeftToIntake(
              "younger than %d minutes: left to the intake, or to another run"
                  .formatted(Planning.FRESH.toMinutes())));
    }
    return share.isZero() && age.compareTo(LONGEST_ENTRY) < 0 && isBeingBought(claim)
        ? Optional.of(
            new Verdict.LeftToIntake(
                "its entry order may be open: left to the intake, or to another run"))
        : Optional.empty();
  }

  private boolean isBeingBought(Claim claim) {
    return around.heldBy(claim.id().account()) instanceof HeldAtBroker.Told told
        && told.beingBought().contains(claim.id().instrument());
  }

  private static Verdict nothing() {
    return new Verdict.NotHeld("the broker holds nothing of it");
  }

  private static Verdict unserved(Claim claim, Left left) {
    if (left.served.isEmpty()) {
      return left.tracked.isEmpty()
          ? nothing()
          : new Verdict.LookedAfter(left.tracked.getFirst().id(), true);
    }
    return claim.isAnnounced()
        ? new Verdict.NotHeld("newer executions explain all that the broker holds")
        : new Verdict.DuplicateOf(
            left.served.getFirst().key(), "written beside the row of its execution");
  }

  private static MigrationPlan.Opening opening(Claim claim, Left left, Quantity share) {
    Price entry = entry(claim, left, share);
    EntryTerms terms = claim.terms().withQuantity(share).takingOver(entry);
    Price peak = claim.peak().orElse(entry);
    return new MigrationPlan.Opening(
        new MigratedPosition.Open(
            claim.id(),
            terms,
            share,
            entry,
            peak,
            claim.enteredAt(),
            "taken over from the system before this one, see row %s: %s %s at %s since %s, peak %s"
                .formatted(claim.key(), claim.direction(), share, entry, claim.enteredAt(), peak)),
        claim.key(),
        left.held.quantity());
  }

  /** The broker's average where it is of this alone; of one that shares, what was written down. */
  private static Price entry(Claim claim, Left left, Quantity share) {
    return share.equals(left.held.quantity())
        ? left.held.averageEntry()
        : claim.entry().orElse(left.held.averageEntry());
  }

  /** What nobody claimed. */
  List<MigrationPlan.Unexplained> unexplained() {
    List<MigrationPlan.Unexplained> unexplained = new ArrayList<>();
    lines.forEach(
        (line, left) -> {
          if (!left.rest.isZero()) {
            unexplained.add(
                new MigrationPlan.Unexplained(
                    line.account(),
                    line.instrument(),
                    line.direction(),
                    left.rest,
                    left.held.averageEntry()));
          }
        });
    return unexplained;
  }

  /** One verdict for a claim: for its execution and the row that stands for the others. */
  static void judge(Claim claim, Verdict verdict, BiConsumer<OldRow, Verdict> judge) {
    claim.execution().ifPresent(it -> judge.accept(it, verdict));
    claim.best().ifPresent(it -> judge.accept(it, verdict));
    for (OldRow.Position row : claim.repetitions()) {
      judge.accept(
          row,
          verdict instanceof Verdict.Open
              ? verdict
              : new Verdict.DuplicateOf(claim.key(), repeated(row)));
    }
  }

  private static String repeated(OldRow.Position row) {
    return "written again for the same execution, "
        + switch (row.status()) {
          case OPEN -> "left open";
          case CLOSING -> "stuck in closing";
          case CLOSED -> "closed since";
        };
  }
}
