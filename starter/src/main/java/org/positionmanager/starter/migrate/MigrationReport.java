package org.positionmanager.starter.migrate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.positionmanager.activities.ledger.MigratedPosition;
import org.positionmanager.activities.ledger.MigratedRow;
import org.positionmanager.activities.ledger.RowMigration;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * What a migration is going to do, or has done.
 *
 * @param source names the other system
 * @param stillRunning signs that it manages positions; empty where it stands still
 * @param accounts what they are called in the old tables
 * @param unverified accounts that could not be asked, with the reason
 * @param verdicts how many rows of each table become what, and why
 * @param workflows positions that are looked after from now on
 * @param leftToIntake executions that may yet be filled, or are too young
 * @param runAgainAfter when none of these is too young any more; empty where there is none, or the
 *     intake reads this database
 * @param leftToAnotherRun how many rows lost what they may hold to one of those
 * @param unexplained what is held and no row says anything of: the sync adopts it
 * @param skipped rows that cannot be meant as they are; the first of them
 * @param skippedInAll how many of them there are
 * @param toMend how many rows cannot be meant and may speak for something that is held
 * @param profitsThatDiffer closed positions whose profit is not what the old system had
 * @param applied empty for a dry run
 */
record MigrationReport(
    String source,
    List<String> stillRunning,
    List<OldAccounts.Line> accounts,
    List<Unverified> unverified,
    List<Line> verdicts,
    List<Opened> workflows,
    List<Left> leftToIntake,
    Optional<Instant> runAgainAfter,
    int leftToAnotherRun,
    List<MigrationPlan.Unexplained> unexplained,
    List<Skipped> skipped,
    int skippedInAll,
    int toMend,
    int profitsThatDiffer,
    Optional<Applied> applied) {
  /** So many of the rows that are skipped are listed. */
  static final int LISTED = 20;

  MigrationReport {
    stillRunning = List.copyOf(stillRunning);
    accounts = List.copyOf(accounts);
    unverified = List.copyOf(unverified);
    verdicts = List.copyOf(verdicts);
    workflows = List.copyOf(workflows);
    leftToIntake = List.copyOf(leftToIntake);
    unexplained = List.copyOf(unexplained);
    skipped = List.copyOf(skipped);
  }

  /** An account whose rows wait until its holdings can be read. */
  record Unverified(AccountName account, String why, int rows) {}

  /** Rows of a table that share a fate. */
  record Line(String table, String verdict, String cause, int rows) {}

  /** An execution that is not touched. */
  record Left(String row, String what, String cause) {}

  /**
   * A position that becomes a workflow; prices and quantities of its instrument.
   *
   * @param since when it was entered: its longest hold counts from then
   * @param doubt what of its records was not believed
   */
  record Opened(
      PositionId position,
      String row,
      Price entry,
      Price peak,
      Instant since,
      Quantity quantity,
      Quantity heldAtBroker,
      Optional<String> doubt) {}

  /** A row that a person has to mend. */
  record Skipped(String row, String field, String problem, String fix) {}

  /**
   * What was written and started.
   *
   * @param started workflows that this run started
   * @param running workflows that ran, or had run, before
   */
  record Applied(RowMigration.Written written, int started, int running) {
    boolean isNothing() {
      return written.isNothing() && started == 0;
    }
  }

  /** Whether an account or a row waits, or a row to be mended may speak for what is held. */
  boolean isIncomplete() {
    return !unverified.isEmpty() || toMend > 0 || leftToAnotherRun > 0 || runAgainAfter.isPresent();
  }

  /**
   * @param holding accounts that hold something
   * @param intakeReadsIt whether what is left to the intake comes to it
   */
  static MigrationReport of(
      String source,
      List<String> stillRunning,
      List<OldAccounts.Line> accounts,
      Set<AccountName> holding,
      MigrationPlan plan,
      boolean intakeReadsIt) {
    Map<String, Line> lines = new TreeMap<>();
    Map<AccountName, Unverified> unverified = new TreeMap<>();
    List<Left> left = new ArrayList<>();
    Optional<Instant> again = Optional.empty();
    List<Skipped> skipped = new ArrayList<>();
    int toMend = 0;
    int waiting = 0;
    int differ = 0;
    for (Map.Entry<MigratedRow.Key, MigrationPlan.Judged> each : plan.verdicts().entrySet()) {
      Verdict verdict = each.getValue().verdict();
      String table = each.getKey().table();
      lines.merge(
          table + "/" + verdict.word() + "/" + verdict.group(),
          new Line(table, verdict.word(), verdict.group(), 1),
          (one, other) ->
              new Line(one.table(), one.verdict(), one.cause(), one.rows() + other.rows()));
      if (verdict instanceof Verdict.Unverified(AccountName account, String why)) {
        unverified.merge(
            account,
            new Unverified(account, why, 1),
            (one, other) -> new Unverified(account, why, one.rows() + other.rows()));
      }
      if (verdict instanceof Verdict.Unreadable(String field, String problem, String fix)) {
        skipped.add(new Skipped(each.getKey().toString(), field, problem, fix));
      }
      if (verdict instanceof Verdict.LeftToIntake(String cause)
          && table.equals(OldTable.DISPATCH_EXECUTIONS.table())) {
        left.add(new Left(each.getKey().toString(), what(each.getValue().row()), cause));
        again = later(again, announced(each.getValue().row()).plus(Planning.FRESH));
      }
      if (verdict instanceof Verdict.LeftToAnotherRun) {
        waiting++;
      }
      if (isToMend(each.getValue(), holding)) {
        toMend++;
      }
      if (verdict instanceof Verdict.Closed && differs(each.getValue().row())) {
        differ++;
      }
    }
    return new MigrationReport(
        source,
        stillRunning,
        accounts,
        List.copyOf(unverified.values()),
        List.copyOf(lines.values()),
        plan.openings().stream().map(MigrationReport::opened).toList(),
        left,
        again.filter(at -> !intakeReadsIt),
        waiting,
        plan.unexplained(),
        skipped.stream().limit(LISTED).toList(),
        skipped.size(),
        toMend,
        differ,
        Optional.empty());
  }

  private static Optional<Instant> later(Optional<Instant> one, Instant other) {
    return Optional.of(one.filter(other::isBefore).orElse(other));
  }

  private static Instant announced(OldRow row) {
    return switch (row) {
      case OldRow.Sound it -> it.terms().announcedAt();
      case OldRow.Decided it -> it.since().orElseThrow();
    };
  }

  private static String what(OldRow row) {
    return switch (row) {
      case OldRow.Sound it ->
          "%s %s %s %s"
              .formatted(
                  it.id().account(),
                  it.terms().direction(),
                  it.terms().quantity(),
                  it.id().instrument());
      case OldRow.Decided it -> it.verdict().cause();
    };
  }

  /** Whose account nobody knows, or holds something: what it says may be of that. */
  private static boolean isToMend(MigrationPlan.Judged judged, Set<AccountName> holding) {
    return judged.row() instanceof OldRow.Decided row
        && row.saysOpen()
        && (judged.verdict() instanceof Verdict.AccountUnknown
            || judged.verdict() instanceof Verdict.Unreadable
                && row.account().filter(holding::contains).isPresent());
  }

  /**
   * Whether the old system had another profit: it forgot the multiplier, or took the last quote.
   */
  private static boolean differs(OldRow row) {
    return row instanceof OldRow.History it
        && it.profit()
            .filter(
                old ->
                    old.compareTo(
                            it.terms()
                                .direction()
                                .profit(
                                    it.terms().expectedPrice().orElseThrow(),
                                    it.exit(),
                                    it.terms().quantity(),
                                    it.id().instrument().multiplier()))
                        != 0)
            .isPresent();
  }

  private static Opened opened(MigrationPlan.Opening opening) {
    MigratedPosition.Open position = opening.position();
    return new Opened(
        position.id(),
        opening.row().toString(),
        position.entry(),
        position.peak(),
        position.openedAt(),
        position.quantity(),
        opening.held(),
        opening.doubt());
  }

  MigrationReport with(Applied done) {
    return new MigrationReport(
        source,
        stillRunning,
        accounts,
        unverified,
        verdicts,
        workflows,
        leftToIntake,
        runAgainAfter,
        leftToAnotherRun,
        unexplained,
        skipped,
        skippedInAll,
        toMend,
        profitsThatDiffer,
        Optional.of(done));
  }
}
