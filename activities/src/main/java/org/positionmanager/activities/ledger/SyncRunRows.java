package org.positionmanager.activities.ledger;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.sync.SyncReport;

/** Rows of {@code sync_runs} and {@code sync_findings}, and the alerts that a run ends. */
final class SyncRunRows {
  /** Of findings that are told until a run finds them no more. */
  private static final List<String> TOLD_WHILE_FOUND = List.of("quantity-shrunk/", "untracked/");

  private SyncRunRows() {}

  /** Writes a run and what it found; repeating it changes nothing. */
  static void write(Handle handle, SyncReport report) {
    int fresh =
        handle
            .createUpdate(
                """
                insert into sync_runs (account, run, started_at, ended_at, unsure, failure)
                values (:account, :run, :started, :ended, :unsure, :failure)
                on conflict do nothing
                """)
            .bind("account", report.account().value())
            .bind("run", report.run())
            .bind("started", report.startedAt())
            .bind("ended", report.endedAt())
            .bind("unsure", report.unsure())
            .bind("failure", report.failure().orElse(null))
            .execute();
    if (fresh == 0) {
      return;
    }
    for (int i = 0; i < report.results().size(); i++) {
      write(handle, report.run(), i + 1, report.results().get(i));
    }
    if (report.failure().isEmpty() && report.unsure() == 0) {
      resolveWhatIsFound(handle, report);
    }
    forget(handle, report);
  }

  private static void forget(Handle handle, SyncReport report) {
    for (String table : List.of("sync_findings", "sync_runs")) {
      handle
          .createUpdate(
              """
              delete from %s where account = :account and run in (
                select run from sync_runs where account = :account
                  and ended_at < cast(:ended as timestamptz) - interval '30 days')
              """
                  .formatted(table))
          .bind("account", report.account().value())
          .bind("ended", report.endedAt())
          .execute();
    }
  }

  /** Whether any run compared everything, was sure of it, and left nothing as it was. */
  static boolean hasGood(Handle handle, AccountName account) {
    return handle
        .createQuery(
            """
            select exists (select 1 from sync_runs r
              where r.account = :account and r.failure is null and r.unsure = 0
                and not exists (select 1 from sync_findings f
                  where (f.account, f.run) = (r.account, r.run)
                    and (f.failure is not null or f.done = :left)))
            """)
        .bind("account", account.value())
        .bind("left", SyncLedger.LEFT_ALONE)
        .mapTo(Boolean.class)
        .one();
  }

  private static void write(Handle handle, String run, int number, SyncReport.Result result) {
    PositionRows.of(
            result.finding().position(),
            handle.createUpdate(
                """
                insert into sync_findings (account, run, number, kind, symbol, execution_id,
                  evidence, remedy, done, failure)
                values (:account, :run, :number, :kind, :symbol, :execution, :evidence, :remedy,
                  :done, :failure)
                """))
        .bind("run", run)
        .bind("number", number)
        .bind("kind", result.finding().getClass().getSimpleName())
        .bind("evidence", result.finding().evidence())
        .bind("remedy", result.finding().remedy().name())
        .bind("done", result.done().orElse(null))
        .bind("failure", result.failure().orElse(null))
        .execute();
  }

  /** A holding that was less than is tracked, or tracked by nobody, and is so no more. */
  private static void resolveWhatIsFound(Handle handle, SyncReport report) {
    List<String> left =
        report.results().stream()
            .map(result -> result.finding().position())
            .flatMap(position -> TOLD_WHILE_FOUND.stream().map(what -> what + position))
            .map(AlertKind.MISMATCH::key)
            .toList();
    handle
        .createUpdate(
            """
            update alerts set resolved_at = now()
            where account = :account and resolved_at is null
              and (key like 'mismatch/quantity-shrunk/%' or key like 'mismatch/untracked/%')
              and key <> all(:left)
            """)
        .bind("account", report.account().value())
        .bind("left", left.toArray(String[]::new))
        .execute();
  }
}
