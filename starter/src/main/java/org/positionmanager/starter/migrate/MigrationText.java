package org.positionmanager.starter.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.positionmanager.activities.ledger.MigratedRow.Kind;
import org.positionmanager.activities.ledger.RowMigration;
import org.positionmanager.starter.text.NewYork;
import org.positionmanager.starter.text.Table;
import org.positionmanager.starter.text.Tone;
import org.positionmanager.workflows.identity.AccountName;

/** A report for people. */
final class MigrationText {
  private static final Set<String> TO_MEND =
      Set.of(
          Kind.UNREADABLE.name(), Kind.ACCOUNT_UNKNOWN.name(), "UNVERIFIED", "LEFT_TO_ANOTHER_RUN");

  private MigrationText() {}

  static String of(MigrationReport report) {
    List<String> parts = new ArrayList<>();
    parts.add("from " + report.source());
    if (!report.stillRunning().isEmpty()) {
      parts.add(
          Tone.BAD.of(
              "The old system still runs; --apply is refused unless --force is given:\n- "
                  + String.join("\n- ", report.stillRunning())));
    }
    parts.add(accounts(report));
    parts.add(verdicts(report));
    if (!report.workflows().isEmpty()) {
      parts.add("What becomes a workflow:\n" + workflows(report));
    }
    if (!report.leftToIntake().isEmpty()) {
      parts.add(
          report
                  .runAgainAfter()
                  .map(
                      at ->
                          Tone.BAD.of(
                              "Not touched, and no intake reads this database: run it again after %s New York time, once their orders are filled or gone"
                                  .formatted(NewYork.moment(at))))
                  .orElse("Not touched; the intake takes them in")
              + ":\n"
              + leftToIntake(report));
    }
    if (report.leftToAnotherRun() > 0) {
      parts.add(
          Tone.BAD.of(
              "%d rows wait for another run: what they may hold is set aside for what is not touched; run it again later"
                  .formatted(report.leftToAnotherRun())));
    }
    if (!report.unexplained().isEmpty()) {
      parts.add("Held, and of no row that is open; the sync adopts it:\n" + unexplained(report));
    }
    if (!report.skipped().isEmpty()) {
      parts.add(
          "Skipped, the first %d of %d; mend them in the old tables and run it again:\n"
                  .formatted(report.skipped().size(), report.skippedInAll())
              + skipped(report));
    }
    if (report.toMend() > 0) {
      parts.add(
          Tone.BAD.of(
              "%d rows that cannot be meant, or whose account nobody knows, may speak for something that is held: mend them"
                  .formatted(report.toMend())));
    }
    for (MigrationReport.Unverified account : report.unverified()) {
      parts.add(
          Tone.BAD.of(
              "Account %s cannot be verified, %d rows wait: %s"
                  .formatted(account.account(), account.rows(), account.why())));
    }
    if (report.profitsThatDiffer() > 0) {
      parts.add(
          "%d closed positions have another profit than the old system wrote down: it is counted anew from prices, quantity and multiplier"
              .formatted(report.profitsThatDiffer()));
    }
    parts.add(end(report));
    return String.join("\n\n", parts);
  }

  private static String end(MigrationReport report) {
    return report
        .applied()
        .map(
            done ->
                done.isNothing()
                    ? "nothing changed: all of it was taken over before; %d workflows run"
                        .formatted(done.running())
                    : "done: " + words(done))
        .orElse("dry run, nothing was written anywhere; do it by --apply");
  }

  private static String words(MigrationReport.Applied done) {
    return "%s, %d workflows started, %d ran before"
        .formatted(words(done.written()), done.started(), done.running());
  }

  /** What was recorded. */
  static String words(RowMigration.Written written) {
    return "%d rows kept, %d closed positions, %d open ones, %d executions marked, %d given to the intake"
        .formatted(
            written.kept(),
            written.closed(),
            written.opened(),
            written.marked(),
            written.released());
  }

  private static String accounts(MigrationReport report) {
    return new Table<OldAccounts.Line>()
        .words("table", it -> it.table().table())
        .words("old name", it -> it.oldName().isEmpty() ? "(none)" : it.oldName())
        .words(
            "account",
            it -> it.account().map(AccountName::value).orElse("UNKNOWN"),
            it -> it.account().isEmpty() ? Tone.WARNING : Tone.PLAIN)
        .number("rows", it -> "" + it.rows())
        .of(report.accounts());
  }

  private static String verdicts(MigrationReport report) {
    return new Table<MigrationReport.Line>()
        .words("table", MigrationReport.Line::table)
        .words("becomes", MigrationReport.Line::verdict, MigrationText::tone)
        .words("because", MigrationReport.Line::cause)
        .number("rows", it -> "" + it.rows())
        .of(report.verdicts());
  }

  private static Tone tone(MigrationReport.Line line) {
    if (line.verdict().equals(Kind.WORKFLOW.name())) {
      return Tone.GOOD;
    }
    return TO_MEND.contains(line.verdict()) ? Tone.WARNING : Tone.PLAIN;
  }

  private static String workflows(MigrationReport report) {
    return new Table<MigrationReport.Opened>()
        .words("account", it -> it.position().account().value())
        .words("instrument", it -> it.position().instrument().symbol())
        .number("quantity", it -> it.quantity().toString())
        .number("held at broker", it -> it.heldAtBroker().toString())
        .number("entry", it -> it.entry().toString())
        .number("peak", it -> it.peak().toString())
        .words("since", it -> NewYork.moment(it.since()))
        .words("execution", it -> it.position().execution().toString())
        .words("row", MigrationReport.Opened::row)
        .words("doubt", it -> it.doubt().orElse(""), it -> Tone.WARNING)
        .of(report.workflows());
  }

  private static String leftToIntake(MigrationReport report) {
    return new Table<MigrationReport.Left>()
        .words("row", MigrationReport.Left::row)
        .words("what", MigrationReport.Left::what)
        .words("because", MigrationReport.Left::cause)
        .of(report.leftToIntake());
  }

  private static String unexplained(MigrationReport report) {
    return new Table<MigrationPlan.Unexplained>()
        .words("account", it -> it.account().value())
        .words("instrument", it -> it.instrument().symbol())
        .words("direction", it -> it.direction().name())
        .number("quantity", it -> it.quantity().toString())
        .number("average entry", it -> it.averageEntry().toString())
        .of(report.unexplained());
  }

  private static String skipped(MigrationReport report) {
    return new Table<MigrationReport.Skipped>()
        .words("row", MigrationReport.Skipped::row)
        .words("field", MigrationReport.Skipped::field)
        .words("problem", MigrationReport.Skipped::problem)
        .words("fix", MigrationReport.Skipped::fix)
        .of(report.skipped());
  }
}
