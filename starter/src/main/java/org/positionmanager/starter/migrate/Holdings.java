package org.positionmanager.starter.migrate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.positionmanager.activities.ledger.MigratedRows;
import org.positionmanager.worker.HeldAtBroker;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Shares out what the broker holds among those that claim it: pure. */
final class Holdings {
  private final Planning.Around around;
  private final BiConsumer<OldRow, Verdict> judge;
  private final Map<Line, Left> lines = new LinkedHashMap<>();
  private final List<MigrationPlan.Opening> openings = new ArrayList<>();
  private List<Claim> beside = List.of();

  private record Line(AccountName account, Instrument instrument, Direction direction) {}

  /** What is left of a holding, and who has got of it. */
  private static final class Left {
    private final Holding held;
    private final Optional<Instant> since;
    private final List<MigratedRows.Position> tracked;
    private final List<Claim> served = new ArrayList<>();
    private final List<Claim> setAside = new ArrayList<>();
    private Quantity rest;

    private Left(Holding held, Optional<Instant> since, List<MigratedRows.Position> tracked) {
      this.held = held;
      this.since = since;
      this.tracked = tracked;
      rest =
          tracked.stream()
              .map(MigratedRows.Position::held)
              .reduce(held.quantity(), Quantity::lessAtMost);
    }

    private Quantity serve(Standing standing) {
      Quantity share = Quantity.min(rest, standing.most());
      rest = rest.minus(share);
      if (!share.isZero()) {
        served.add(standing.claim());
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
                told.holdings().forEach(holding -> add(account, holding, told));
              }
            });
  }

  private void add(AccountName account, Holding holding, HeldAtBroker.Told told) {
    Line line = new Line(account, holding.instrument(), holding.direction());
    lines.put(
        line,
        new Left(
            holding,
            HeldSince.of(holding, told.fills()),
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
    beside = claims.stream().filter(claim -> !claim.isAnnounced()).toList();
    claims.stream().map(this::standing).sorted(Standing.FIRST_SERVED).forEach(this::serve);
    return openings;
  }

  private Standing standing(Claim claim) {
    return Standing.of(claim, told(claim), heldSince(claim), around.now());
  }

  /** Since when the broker holds what it claims; empty where that, or anything, is not known. */
  Optional<Instant> heldSince(Claim claim) {
    return left(claim).flatMap(it -> it.since);
  }

  private HeldAtBroker.Told told(Claim claim) {
    return switch (around.heldBy(claim.id().account())) {
      case HeldAtBroker.Told told -> told;
      case HeldAtBroker.Unread(String why) ->
          throw new IllegalStateException("rows of an account that is not known: " + why);
    };
  }

  private Optional<Left> left(Claim claim) {
    return Optional.ofNullable(
        lines.get(new Line(claim.id().account(), claim.id().instrument(), claim.direction())));
  }

  private void serve(Standing standing) {
    Claim claim = standing.claim();
    Optional<Left> left = left(claim);
    Quantity share =
        left.filter(it -> standing.place() != Standing.Place.NONE)
            .map(it -> it.serve(standing))
            .orElse(Quantity.ZERO);
    Optional<Verdict> waits = waits(standing);
    if (waits.isPresent()) {
      if (!share.isZero() && standing.evidence() != Evidence.HELD) {
        left.orElseThrow().setAside.add(claim);
      }
      judge(claim, waits.get(), judge);
    } else if (share.isZero()) {
      judge(claim, unserved(standing, left), judge);
    } else {
      judge(claim, new Verdict.Workflow(claim.id(), share), judge);
      openings.add(
          TakenOver.of(standing, peak(claim), left.orElseThrow().held, share, told(claim).asOf()));
    }
  }

  /** An execution that nobody wrote down was seen by rows that name none, if by any. */
  private Optional<Price> peak(Claim claim) {
    return claim.best().isPresent()
        ? claim.peak()
        : beside.stream()
            .filter(other -> left(other).equals(left(claim)))
            .flatMap(other -> other.peak().stream())
            .findFirst();
  }

  /** An execution whose entry may yet be filled is for the intake to take in, share and all. */
  private Optional<Verdict> waits(Standing standing) {
    if (standing.isFresh()) {
      return Optional.of(
          new Verdict.LeftToIntake(
              "younger than %d minutes: left to the intake, or to another run"
                  .formatted(Planning.FRESH.toMinutes())));
    }
    return standing.isOrderOpen() || standing.mayBeUnfilled() && isBeingBought(standing.claim())
        ? Optional.of(
            new Verdict.LeftToIntake(
                "its entry order may be open: left to the intake, or to another run"))
        : Optional.empty();
  }

  private boolean isBeingBought(Claim claim) {
    return told(claim).beingBought().contains(claim.id().instrument());
  }

  private static Verdict unserved(Standing standing, Optional<Left> left) {
    Claim claim = standing.claim();
    if (left.isPresent() && !left.get().setAside.isEmpty() && standing.mayBeHeld()) {
      return new Verdict.LeftToAnotherRun(
          "what it may hold is set aside for row %s, which is left to the intake: run it again once that is taken in, or 10 minutes old and its order gone"
              .formatted(left.get().setAside.getFirst().key()));
    }
    if (!claim.endings().isEmpty()) {
      return new Verdict.ClosedBefore(claim.endings().getFirst().key());
    }
    if (left.isEmpty()) {
      return new Verdict.NotHeld("the broker holds nothing of it");
    }
    return switch (standing.evidence()) {
      case REFUTED ->
          new Verdict.NotHeld("the broker held nothing of it in between: what it holds is newer");
      case UNFILLED ->
          new Verdict.NotHeld(
              "nothing of it was bought for it: what the broker holds is older, or another's");
      case SOLD ->
          new Verdict.NotHeld(
              "as much as it bought was sold since: what the broker holds is another's");
      case UNPROVEN ->
          new Verdict.NotHeld(
              "announced before the %d days whose fills are told, and no row of it is open: what is held is left to the sync"
                  .formatted(HeldAtBroker.REACH.toDays()));
      case HELD, ENTERED, WAITING, UNKNOWN -> unserved(claim, left.get());
    };
  }

  private static Verdict unserved(Claim claim, Left left) {
    if (left.served.isEmpty()) {
      return left.tracked.isEmpty()
          ? new Verdict.NotHeld("said to be closed: what is held is left to the sync")
          : new Verdict.LookedAfter(left.tracked.getFirst().id(), true);
    }
    return claim.isAnnounced()
        ? new Verdict.NotHeld("newer executions explain all that the broker holds")
        : new Verdict.DuplicateOf(
            left.served.getFirst().key(), "written beside the row of its execution");
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
