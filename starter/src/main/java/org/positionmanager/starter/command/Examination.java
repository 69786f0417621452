package org.positionmanager.starter.command;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.ledger.DeskReader;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.activities.ledger.PostgresAlerts;
import org.positionmanager.starter.Connections;
import org.positionmanager.worker.BuildId;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.worker.config.ConfigurationException;
import org.positionmanager.worker.config.ConfigurationFile;
import org.positionmanager.worker.engine.DevServer;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;

/** What {@code pm doctor} looks at, one finding for each thing; a failed look is a finding too. */
final class Examination {
  private static final int SHOWN = 5;

  private final Connections connections;
  private final Path config;
  private final List<Finding> findings = new ArrayList<>();

  Examination(Connections connections, Path config) {
    this.connections = connections;
    this.config = config;
  }

  private interface Look {
    void look() throws Exception;
  }

  List<Finding> findings() {
    findings.add(
        Finding.ok("build", BuildId.current() + " on Java " + System.getProperty("java.version")));
    attempt("configuration", this::configuration);
    attempt("engine", this::engine);
    attempt("ledger", this::ledger);
    return List.copyOf(findings);
  }

  private void attempt(String subject, Look look) {
    try {
      look.look();
    } catch (StatusRuntimeException e) {
      findings.add(
          e.getStatus().getCode() == Status.Code.UNIMPLEMENTED
              ? Finding.warning(
                  subject, "this engine cannot tell: " + e.getStatus().getDescription())
              : Finding.broken(subject, "does not answer: " + e.getStatus()));
    } catch (ConfigurationException e) {
      e.faults().forEach(fault -> findings.add(Finding.broken(subject, fault)));
    } catch (Exception e) {
      findings.add(Finding.broken(subject, String.valueOf(e.getMessage())));
    }
  }

  private void configuration() throws Exception {
    if (!Files.exists(config)) {
      findings.add(
          Finding.warning(
              "configuration", config + " does not exist; workers need one, see the README"));
      return;
    }
    Configuration read = ConfigurationFile.read(config, System.getenv());
    findings.add(
        Finding.ok("configuration", config + ": " + read.served().size() + " accounts to serve"));
    read.alerts().unusable().forEach(why -> findings.add(Finding.warning("alerts' endpoint", why)));
    for (Configuration.Unserved account : read.unserved()) {
      account
          .reasons()
          .forEach(why -> findings.add(Finding.broken("account " + account.name(), why)));
    }
  }

  private void engine() throws Exception {
    try (Connections.Temporal temporal = connections.temporal()) {
      String version =
          temporal
              .stubs()
              .blockingStub()
              .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
              .getServerVersion();
      findings.add(
          Finding.ok(
              "engine",
              "Temporal %s at %s, namespace %s"
                  .formatted(
                      version,
                      temporal.stubs().getOptions().getTarget(),
                      temporal.client().getOptions().getNamespace())));
      searchAttributes(temporal);
    }
  }

  private void searchAttributes(Connections.Temporal temporal) {
    List<String> missing = temporal.engine().missingSearchAttributes();
    findings.add(
        missing.isEmpty()
            ? Finding.ok("search attributes", String.join(", ", DevServer.SEARCH_ATTRIBUTES))
            : Finding.broken(
                "search attributes",
                "missing: %s; a worker registers them at its start, or names the command that does"
                    .formatted(missing)));
  }

  private void ledger() throws Exception {
    try (LedgerDatabase ledger = connections.ledger()) {
      ledger.verify();
      findings.add(Finding.ok("ledger", "schema is the one this build expects"));
      DeskReader desk = new DeskReader(ledger);
      attempt("intake", () -> halts(desk));
      attempt("workers", () -> workers(desk));
      attempt("positions", () -> positions(ledger));
      desk.quarantined(SHOWN)
          .forEach(
              row ->
                  findings.add(
                      Finding.warning(
                          row.fix().isPresent() ? "quarantined row" : "waiting row",
                          "%s%s: %s; %s"
                              .formatted(
                                  row.executionId(),
                                  row.field().map(field -> ", " + field).orElse(""),
                                  row.reason(),
                                  row.fix().orElse("tried again by itself")))));
      attempt("alerts", () -> alerts(ledger));
    }
  }

  /** Open alerts, but for those of rows, which tell themselves. */
  private void alerts(LedgerDatabase ledger) {
    List<AlertRecord> open =
        new PostgresAlerts(ledger)
            .open().stream().filter(it -> it.kind() != AlertKind.FAILED_ROWS).toList();
    open.stream().limit(SHOWN).forEach(it -> findings.add(Finding.warning("alert", said(it))));
    if (open.size() > SHOWN) {
      findings.add(
          Finding.warning("alerts", "%d more; see `pm alerts`".formatted(open.size() - SHOWN)));
    }
  }

  private static String said(AlertRecord alert) {
    return "%s %s %s since %s%s: %s"
        .formatted(
            alert.severity(),
            alert.account().map(AccountName::value).orElse("desk"),
            alert.kind().prefix(),
            alert.firstSeen(),
            alert.acknowledged().map(it -> ", acknowledged by " + it.by()).orElse(""),
            alert.message());
  }

  private void halts(DeskReader desk) {
    for (DeskReader.AccountLine account : desk.accounts()) {
      account
          .halt()
          .ifPresent(
              halt ->
                  findings.add(
                      Finding.warning(
                          "intake of " + account.name(),
                          "%s; `pm resume-intake --account %s` takes rows in again"
                              .formatted(halt.words(), account.name()))));
      account
          .limitedBecause()
          .ifPresent(
              why ->
                  findings.add(
                      Finding.warning(
                          "intake of " + account.name(),
                          "%d rows wait for room, the oldest because %s; they are taken in by themselves once there is"
                              .formatted(account.limited(), why))));
    }
  }

  private void workers(DeskReader desk) throws Exception {
    try (Connections.Temporal temporal = connections.temporal()) {
      for (DeskReader.AccountLine account : desk.accounts()) {
        String subject = "worker of " + account.name();
        findings.add(
            temporal
                .pollers()
                .of(account.name())
                .map(workers -> worker(subject, account, workers))
                .orElseGet(
                    () -> Finding.warning(subject, "this engine cannot tell who asks for work")));
      }
    }
  }

  private static Finding worker(
      String subject, DeskReader.AccountLine account, List<String> workers) {
    if (workers.isEmpty() && account.active()) {
      return Finding.broken(
          subject, "none asks for work: its positions are not watched; start `pm worker`");
    }
    if (workers.stream().anyMatch(it -> !it.endsWith("/" + BuildId.current()))) {
      return Finding.warning(
          subject,
          "another build than this one (%s): %s"
              .formatted(BuildId.current(), String.join(", ", workers)));
    }
    return Finding.ok(subject, String.join(", ", workers));
  }

  /** Positions that the ledger has open and no workflow runs for. */
  private void positions(LedgerDatabase ledger) throws Exception {
    try (Connections.Temporal temporal = connections.temporal()) {
      Set<String> running = new HashSet<>();
      temporal
          .client()
          .listExecutions("WorkflowType = 'PositionWorkflow' and ExecutionStatus = 'Running'")
          .forEach(it -> running.add(it.getExecution().getWorkflowId()));
      List<LedgerReader.Row> open = new LedgerReader(ledger).positions(false);
      List<LedgerReader.Row> orphans =
          open.stream().filter(row -> !running.contains(row.id().workflowId())).toList();
      orphans.forEach(
          row ->
              findings.add(
                  Finding.broken("position", row.id() + " has no workflow: nobody watches it")));
      if (orphans.isEmpty()) {
        findings.add(
            Finding.ok("positions", open.size() + " open, each with its workflow running"));
      }
    }
  }
}
