package org.positionmanager.starter.command;

import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.starter.text.Table;
import org.positionmanager.starter.text.Tone;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.sync.AccountSyncWorkflow;
import org.positionmanager.workflows.sync.SyncReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pm sync [ACCOUNT]}. */
@Command(
    name = "sync",
    mixinStandardHelpOptions = true,
    description = "Compares accounts with the broker now, and puts right what does not agree.",
    footer = {
      "",
      "The same runs by itself, by the schedule sync/ACCOUNT. Where the first look finds anything, a",
      "second one follows 10 seconds later; only what both found is put right.",
      "",
      "Examples:",
      "  pm sync",
      "  pm sync large --wait",
      "  pm sync --wait --json",
      "",
      "Exit codes: 0 done; 1 something could not be read or put right; 2 bad input;",
      "3 engine, ledger or worker does not answer."
    })
public final class SyncCommandLine implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Mixin private Connections connections;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ACCOUNT",
      description = "Name or alias (default: every active account).")
  private String account;

  @Option(names = "--wait", description = "Until it is done, and show what was found.")
  private boolean wait;

  @Option(names = "--json", description = "For machines; waits.")
  private boolean json;

  private record Line(SyncReport report, Optional<SyncReport.Result> result) {
    Tone tone() {
      return report.isGood() ? Tone.PLAIN : Tone.BAD;
    }
  }

  @Override
  public Integer call() throws Exception {
    List<AccountName> accounts;
    try (LedgerDatabase ledger = connections.ledger()) {
      accounts = AccountChoice.of(ledger, Optional.ofNullable(account), "ACCOUNT");
    }
    try (Connections.Temporal temporal = connections.temporal()) {
      List<WorkflowStub> running =
          accounts.stream().map(it -> start(temporal.client(), it)).toList();
      if (!wait && !json) {
        System.out.println("sync of " + words(accounts) + " started; see it by --wait");
        return 0;
      }
      List<SyncReport> reports = new ArrayList<>();
      for (int i = 0; i < running.size(); i++) {
        reports.add(result(running.get(i), accounts.get(i)));
      }
      show(reports);
      return reports.stream().allMatch(SyncReport::isGood) ? 0 : 1;
    }
  }

  private static String words(List<AccountName> accounts) {
    return String.join(", ", accounts.stream().map(AccountName::value).toList());
  }

  /** One by hand at a time; it may run beside the scheduled one, for neither acts twice. */
  private static WorkflowStub start(WorkflowClient client, AccountName account) {
    AccountSyncWorkflow sync =
        client.newWorkflowStub(
            AccountSyncWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(AccountSyncWorkflow.id(account) + "/by-hand")
                .setTaskQueue(account.taskQueue())
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setStaticSummary("sync of account " + account + ", by hand")
                .build());
    WorkflowClient.start(sync::sync, account);
    return WorkflowStub.fromTyped(sync);
  }

  private static SyncReport result(WorkflowStub running, AccountName account) {
    try {
      return running.getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, SyncReport.class);
    } catch (TimeoutException late) {
      throw CommandException.unreachable(
          "the sync of account %s did not end within %d s: is a worker of it running? See `pm accounts`"
              .formatted(account, PATIENCE.toSeconds()),
          late);
    } catch (WorkflowFailedException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw CommandException.refused(
          "the sync of account %s could not compare: %s".formatted(account, cause.getMessage()),
          failed);
    }
  }

  private void show(List<SyncReport> reports) throws Exception {
    if (json) {
      System.out.println(Payloads.mapper().writeValueAsString(reports));
      return;
    }
    List<Line> lines = new ArrayList<>();
    for (SyncReport report : reports) {
      report.results().forEach(result -> lines.add(new Line(report, Optional.of(result))));
      if (report.results().isEmpty()) {
        lines.add(new Line(report, Optional.empty()));
      }
    }
    System.out.println(
        new Table<Line>()
            .words("account", it -> it.report().account().value())
            .words(
                "finding",
                it ->
                    it.result()
                        .map(result -> result.finding().getClass().getSimpleName())
                        .orElse(it.report().unsure() > 0 ? "nothing for sure" : "all agree"),
                Line::tone)
            .words(
                "instrument",
                it ->
                    it.result()
                        .map(result -> result.finding().position().instrument().symbol())
                        .orElse(""))
            .words(
                "evidence", it -> it.result().map(result -> result.finding().evidence()).orElse(""))
            .words(
                "done",
                it ->
                    it.result()
                        .map(
                            result ->
                                result
                                    .done()
                                    .orElseGet(() -> "FAILED: " + result.failure().orElse("")))
                        .orElse(""),
                Line::tone)
            .of(lines));
  }
}
