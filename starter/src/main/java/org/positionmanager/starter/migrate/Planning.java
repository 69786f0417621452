package org.positionmanager.starter.migrate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.positionmanager.activities.ledger.MigratedPosition;
import org.positionmanager.activities.ledger.MigratedRow;
import org.positionmanager.activities.ledger.MigratedRows;
import org.positionmanager.worker.HeldAtBroker;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Quantity;

/** Decides for each row of the replaced system what becomes of it: pure. */
final class Planning {
  /** What is younger has been announced to the intake, or its entry may yet be filled. */
  static final Duration FRESH = Duration.ofMinutes(10);

  private static final Verdict.LeftToIntake LEFT =
      new Verdict.LeftToIntake(
          "younger than %d minutes, and not to be read: left to the intake, which tells of it"
              .formatted(FRESH.toMinutes()));

  private final Around around;
  private final Map<MigratedRow.Key, MigrationPlan.Judged> verdicts = new LinkedHashMap<>();
  private final Map<UUID, OldRow.Execution> executions = new HashMap<>();
  private final Map<UUID, Verdict> ruledOut = new HashMap<>();
  private final Map<UUID, AccountName> owners = new HashMap<>();
  private final Map<PositionId, MigratedRows.Position> ledger;
  private final Map<PositionId, Claim> claims = new LinkedHashMap<>();
  private final Map<String, Claim> unannounced = new HashMap<>();
  private final List<MigratedPosition.Closed> closings = new ArrayList<>();

  /**
   * What the rows are compared with.
   *
   * @param now by the old database's clock
   * @param held of accounts that could be asked, and why the others could not
   * @param known what the ledger has
   */
  record Around(Instant now, Map<AccountName, HeldAtBroker> held, MigratedRows.Known known) {
    Around {
      held = Map.copyOf(held);
    }

    /** What is known of an account; one that nobody asked for is not known. */
    HeldAtBroker heldBy(AccountName account) {
      return held.getOrDefault(
          account,
          new HeldAtBroker.Unread("pm.yaml does not have it, so that its broker cannot be asked"));
    }
  }

  private Planning(Around around) {
    this.around = around;
    ledger =
        around.known().positions().stream()
            .collect(Collectors.toMap(MigratedRows.Position::id, Function.identity()));
  }

  /** The plan for all rows together. */
  static MigrationPlan plan(List<OldRow> rows, Around around) {
    return new Planning(around).plan(rows);
  }

  private MigrationPlan plan(List<OldRow> rows) {
    // first a place for each, so that they stay in their order
    rows.forEach(row -> verdicts.put(row.key(), new MigrationPlan.Judged(row, null)));
    rows.forEach(this::note);
    rows.forEach(this::sort);
    Holdings holdings = new Holdings(around, this::judge);
    claims.values().forEach(claim -> claim.complete(holdings.heldSince(claim)));
    List<Claim> left = claims.values().stream().filter(claim -> !isDecided(claim)).toList();
    List<MigrationPlan.Opening> openings = holdings.shareOut(left);
    claims.values().forEach(this::endings);
    return new MigrationPlan(verdicts, openings, closings, holdings.unexplained());
  }

  private void note(OldRow row) {
    switch (row) {
      case OldRow.Execution it -> executions.put(it.id().execution(), it);
      case OldRow.Decided it -> {
        boolean rulesOut =
            it.verdict() instanceof Verdict.Simulated
                || it.verdict() instanceof Verdict.AccountUnknown;
        if (isOfDispatchers(it)) {
          it.execution()
              .ifPresent(
                  id -> {
                    if (rulesOut) {
                      ruledOut.put(id, it.verdict());
                    }
                    it.account().ifPresent(owner -> owners.put(id, owner));
                  });
        }
      }
      case OldRow.Position _, OldRow.History _ -> {}
    }
  }

  private static boolean isOfDispatchers(OldRow row) {
    return row.key().table().equals(OldTable.DISPATCH_EXECUTIONS.table());
  }

  /** What an earlier run has done with stays so, whatever its other rows are. */
  private void judge(OldRow row, Verdict verdict) {
    if (!isDoneWith(row)) {
      verdicts.put(row.key(), new MigrationPlan.Judged(row, verdict));
    }
  }

  private boolean isDoneWith(OldRow row) {
    return around.known().rows().contains(row.key());
  }

  /** Decides what can be decided by the row alone; the others make a claim together. */
  private void sort(OldRow row) {
    if (isDoneWith(row)) {
      verdicts.put(row.key(), new MigrationPlan.Judged(row, new Verdict.MigratedBefore()));
      return;
    }
    switch (row) {
      case OldRow.Decided decided ->
          judge(decided, isLeftToIntake(decided) ? LEFT : decided.verdict());
      case OldRow.Sound sound -> {
        if (around.heldBy(sound.id().account()) instanceof HeldAtBroker.Unread(String why)) {
          judge(sound, new Verdict.Unverified(sound.id().account(), why));
        } else {
          claim(sound);
        }
      }
    }
  }

  /** What is wrong with a new execution is for the intake to find and to tell. */
  private boolean isLeftToIntake(OldRow.Decided row) {
    boolean mayBeMended =
        row.verdict() instanceof Verdict.Unreadable
            || row.verdict() instanceof Verdict.AccountUnknown;
    return mayBeMended
        && isOfDispatchers(row)
        && row.since().filter(at -> at.isAfter(around.now().minus(FRESH))).isPresent();
  }

  private void claim(OldRow.Sound row) {
    switch (row) {
      case OldRow.Execution execution -> claimOf(execution);
      case OldRow.Position position -> claim(position);
      case OldRow.History history -> claim(history);
    }
  }

  private Claim claimOf(OldRow.Execution execution) {
    return claims.computeIfAbsent(execution.id(), id -> new Claim(id, Optional.of(execution)));
  }

  private void claim(OldRow.Position row) {
    if (!row.announced()) {
      // the old sync wrote the same holding again and again
      unannounced
          .computeIfAbsent(
              "%s %s %s"
                  .formatted(row.id().account(), row.id().instrument(), row.terms().direction()),
              same -> own(row.id()))
          .add(row);
      return;
    }
    UUID id = row.id().execution();
    if (ruledOut.containsKey(id)) {
      judge(row, ruledOut.get(id));
    } else if (executions.containsKey(id)) {
      claim(row, executions.get(id));
    } else if (!row.id().account().equals(owners.getOrDefault(id, row.id().account()))) {
      judge(row, new Verdict.OtherAccounts(owners.get(id)));
    } else {
      own(row.id()).add(row);
    }
  }

  private Claim own(PositionId id) {
    return claims.computeIfAbsent(id, it -> new Claim(it, Optional.empty()));
  }

  private void claim(OldRow.Position row, OldRow.Execution execution) {
    if (!row.id().account().equals(execution.id().account())) {
      judge(row, new Verdict.OtherAccounts(execution.id().account()));
    } else if (!isSame(row, execution)) {
      judge(row, contradiction(row, execution));
    } else {
      claimOf(execution).add(row);
    }
  }

  private static boolean isSame(OldRow.Sound row, OldRow.Execution execution) {
    return row.id().instrument().equals(execution.id().instrument())
        && row.terms().direction() == execution.terms().direction();
  }

  private static Verdict contradiction(OldRow.Sound row, OldRow.Execution execution) {
    return new Verdict.Unreadable(
        "execution_id",
        "names an execution of %s %s, and is of %s %s"
            .formatted(
                execution.terms().direction(),
                execution.id().instrument(),
                row.terms().direction(),
                row.id().instrument()),
        "compare both with the broker");
  }

  private void claim(OldRow.History row) {
    if (!row.announced()) {
      judge(row, new Verdict.Kept("of no execution: nobody knows what else it stands for"));
      return;
    }
    UUID id = row.id().execution();
    OldRow.Execution execution = executions.get(id);
    if (ruledOut.containsKey(id)) {
      judge(row, ruledOut.get(id));
    } else if (execution == null) {
      judge(row, new Verdict.Kept("of no execution that can be read"));
    } else if (isSame(row, execution)) {
      claimOf(execution).add(row);
    } else {
      judge(row, contradiction(row, execution));
    }
  }

  /** Whether there is nothing to ask the broker; then it says so for all of it. */
  private boolean isDecided(Claim claim) {
    Optional<Verdict> verdict = decided(claim);
    verdict.ifPresent(it -> Holdings.judge(claim, it, this::judge));
    return verdict.isPresent();
  }

  private Optional<Verdict> decided(Claim claim) {
    if (ledger.containsKey(claim.id())) {
      return Optional.of(new Verdict.LookedAfter(claim.id(), false));
    }
    if (claim.execution().filter(this::isDoneWith).isPresent()) {
      return Optional.of(new Verdict.Kept("of an execution that an earlier run has done with"));
    }
    return Optional.empty();
  }

  /** The first ends that the history has of an execution are its real ones. */
  private void endings(Claim claim) {
    if (claim.endings().isEmpty()) {
      return;
    }
    Verdict whole = claim.execution().map(it -> verdicts.get(it.key()).verdict()).orElseThrow();
    List<OldRow.History> parts = Endings.parts(claim, filled(claim));
    for (OldRow.History ending : claim.endings()) {
      judge(ending, verdictOn(ending, parts, claim, whole));
    }
  }

  private Optional<Quantity> filled(Claim claim) {
    return around.heldBy(claim.id().account()) instanceof HeldAtBroker.Told told
        ? Evidence.filled(claim, told)
        : Optional.empty();
  }

  private Verdict verdictOn(
      OldRow.History ending, List<OldRow.History> parts, Claim claim, Verdict whole) {
    return switch (whole) {
      case Verdict.LookedAfter after -> after;
      case Verdict.LeftToIntake left -> left;
      case Verdict.LeftToAnotherRun left -> left;
      case Verdict.Workflow _ -> new Verdict.Kept("an end of a part; the rest is held");
      case Verdict.MigratedBefore _, Verdict.Kept _, Verdict.Unverified _ ->
          new Verdict.Kept("of an execution that an earlier run has done with");
      case Verdict.ClosedBefore _,
          Verdict.NotHeld _,
          Verdict.DuplicateOf _,
          Verdict.Closed _,
          Verdict.OtherAccounts _,
          Verdict.Simulated _,
          Verdict.Unreadable _,
          Verdict.AccountUnknown _ -> {
        if (!parts.contains(ending)) {
          yield new Verdict.DuplicateOf(parts.getFirst().key(), "closed again after it was closed");
        }
        if (ending.equals(parts.getFirst())) {
          closings.add(Endings.closed(claim.id(), parts));
        }
        yield new Verdict.Closed(claim.id());
      }
    };
  }
}
