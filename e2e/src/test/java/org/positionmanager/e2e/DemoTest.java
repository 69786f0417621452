package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.starter.Pm;
import org.positionmanager.worker.RunFile;
import org.positionmanager.worker.database.DatabaseUrl;
import org.positionmanager.worker.engine.Engine;
import org.positionmanager.worker.engine.EngineFinder;
import org.positionmanager.worker.process.JavaProgram;
import org.positionmanager.worker.process.ManagedProcess;
import org.positionmanager.workflows.identity.PositionId;

/** The demo as a person uses it: interrupted, gone on with, looked into, stopped. */
@Timeout(600)
class DemoTest {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** A person who pressed Ctrl-C waits until the demo has ended its parts, one after the other. */
  private static final Duration STOPS_WITHIN = Duration.ofMinutes(1);

  @TempDir private Path folder;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<ManagedProcess> started = new ArrayList<>();

  @AfterEach
  void stopWhatStillRuns() {
    started.forEach(ManagedProcess::close);
  }

  private ManagedProcess demo() throws Exception {
    told.clear();
    started.add(startDemo());
    return started.getLast();
  }

  private ManagedProcess startDemo() throws Exception {
    return ManagedProcess.start(
        JavaProgram.of(
            "demo",
            Pm.class.getName(),
            List.of("demo", "--speed", "900", "--data", folder.toString()),
            Map.of(),
            folder.resolve("demo.log")),
        told::add);
  }

  private void awaitTold(String words) {
    await("the demo to say '" + words + "'")
        .atMost(PATIENCE)
        .conditionEvaluationListener(
            look -> {
              if (look.getRemainingTimeInMS() <= 0) {
                System.err.println("the demo said: " + told);
              }
            })
        .until(() -> told.stream().anyMatch(line -> line.contains(words)));
  }

  private void assertCounted(String what, int count) {
    assertThat(told)
        .as("the report's " + what)
        .anyMatch(line -> line.matches(" +" + what + " +" + count));
  }

  private static List<ProcessHandle> children(ProcessHandle parent) {
    List<ProcessHandle> children = parent.descendants().toList();
    assertThat(children).as("worker, intake, simulator and engine").hasSizeGreaterThanOrEqualTo(4);
    return children;
  }

  private static void awaitGone(List<ProcessHandle> children) {
    await("the demo's processes to end with it")
        .atMost(Duration.ofSeconds(60))
        .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  @DisplayName("a demo that was killed goes on where it was, stays up for a look, and stops all")
  void goesOn() throws Exception {
    ManagedProcess killed = demo();
    awaitTold("a person closed");
    ProcessHandle parent = ProcessHandle.of(killed.pid()).orElseThrow();
    List<ProcessHandle> orphans = children(parent);
    parent.destroyForcibly();
    awaitGone(orphans);

    ManagedProcess next = demo();
    awaitTold("going on with the demo");
    awaitTold("ledger, broker and workflows agree");
    assertCounted("executions", 22);
    assertCounted("workflows_started", 22);
    assertCounted("duplicates", 44);
    assertCounted("unprotected", 0);

    RunFile run = RunFile.in(folder).orElseThrow();
    PositionId open = anyOpen(run);
    signalRequestClose(run, open);
    awaitTold(open.instrument() + " ");
    await(open + " to be told as closed by hand")
        .atMost(PATIENCE)
        .until(
            () ->
                told.stream()
                    .anyMatch(
                        line ->
                            line.contains(open.instrument().symbol() + " ")
                                && line.contains("CLOSED")
                                && line.contains("MANUAL")));

    List<ProcessHandle> parts = children(ProcessHandle.of(next.pid()).orElseThrow());
    next.close(STOPS_WITHIN);
    awaitGone(parts);
    assertThat(told).contains("stopping");
    assertThat(Files.exists(folder.resolve("run.json"))).isFalse();
  }

  @Test
  @DisplayName(
      "incident 8: accounts that hold the same instruments at the same time never touch each other")
  void accountsNeverTouchEachOther() throws Exception {
    ManagedProcess demo =
        ManagedProcess.start(
            JavaProgram.of(
                "demo",
                Pm.class.getName(),
                List.of("demo", "--once", "--json", "--more", "4", "--speed", "300"),
                Map.of(),
                folder.resolve("demo.log")),
            told::add);
    started.add(demo);
    awaitTold("\"ledger_equals_broker\":");
    JsonNode report =
        new ObjectMapper()
            .readTree(told.stream().filter(it -> it.startsWith("{")).findFirst().orElseThrow());
    assertThat(report.path("executions").asInt()).as("22 and 4 times 20").isEqualTo(102);
    assertThat(report.path("workflows_started").asInt()).isEqualTo(102);
    assertThat(report.path("duplicates").asInt()).isEqualTo(204);
    assertThat(report.path("positions_closed").asInt()).isGreaterThan(80);
    assertThat(report.path("exits_filled")).isEqualTo(report.path("exits_sent"));
    assertThat(report.path("unprotected").asInt()).isZero();
    assertThat(report.path("cross_account").asInt()).isZero();
    assertThat(report.path("ledger_equals_broker").asBoolean()).isTrue();
    assertThat(told)
        .anyMatch(
            line -> line.matches("of another account: 0 of \\d+ rows.*, 0 of [1-9]\\d+ sig.*"));
  }

  private static PositionId anyOpen(RunFile run) {
    try (LedgerDatabase ledger = LedgerDatabase.forDesk(DatabaseUrl.parse(run.database()), 1)) {
      return new LedgerReader(ledger).positions(false).getFirst().id();
    }
  }

  /** As a person does in the Temporal UI: a signal without input. */
  private static void signalRequestClose(RunFile run, PositionId id) throws Exception {
    try (Engine engine = EngineFinder.at(run.temporal())) {
      WorkflowServiceStubs stubs = engine.connect(Duration.ofSeconds(10));
      try {
        WorkflowClient client = engine.client(stubs, "test");
        client.newUntypedWorkflowStub(id.workflowId()).signal("requestClose");
      } finally {
        stubs.shutdownNow();
      }
    }
  }
}
