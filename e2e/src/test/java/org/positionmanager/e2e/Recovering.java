package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowExecutionMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.positionmanager.activities.ledger.CoverageReader;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.activities.ledger.PositionRecord;
import org.positionmanager.activities.ledger.PositionRecords;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.sync.Coverage;

/** A desk of accounts large and tiny whose workflows are lost and recovered. */
final class Recovering {
  private final Desk desk;

  Recovering(Desk desk) {
    this.desk = desk;
  }

  void awaitCovered(int positions) {
    desk.await(
        "all " + positions + " to be covered",
        () -> new CoverageReader(desk.ledger()).all(),
        proofs ->
            proofs.stream().allMatch(Coverage::isComplete)
                && proofs.stream().mapToInt(Coverage::open).sum() == positions);
  }

  /** Runs of position workflows by the workflow's id. */
  Map<String, String> running() {
    try (Stream<WorkflowExecutionMetadata> all =
        desk.client()
            .listExecutions("WorkflowType = 'PositionWorkflow' and ExecutionStatus = 'Running'")) {
      return all.collect(
          Collectors.toMap(
              it -> it.getExecution().getWorkflowId(), it -> it.getExecution().getRunId()));
    }
  }

  void awaitRunning(Set<String> workflows) {
    desk.await("the workflows to be listed", this::running, it -> it.keySet().equals(workflows));
  }

  static Set<String> workflows(List<PositionId> positions) {
    return positions.stream().map(PositionId::workflowId).collect(Collectors.toSet());
  }

  /** Client order ids of all that was sold, sorted. */
  List<String> sales() throws Exception {
    List<String> all = new ArrayList<>();
    for (String account : List.of("large", "tiny")) {
      for (JsonNode order : desk.broker().ordersOf(account, Optional.empty())) {
        if (order.path("side").asText().equals("sell")) {
          all.add(order.path("client_order_id").asText());
        }
      }
    }
    return all.stream().sorted().toList();
  }

  PositionRecord record(PositionId id) {
    return new PositionRecords(desk.ledger()).find(id).orElseThrow();
  }

  static JsonNode account(CommandRun run, String name) throws Exception {
    for (JsonNode account : run.json().path("accounts")) {
      if (account.path("recovered").path("account").asText().equals(name)) {
        return account;
      }
    }
    throw new AssertionError(name + " is not told of: " + run);
  }

  void assertNothingIsDone(CommandRun run, int found) throws Exception {
    assertThat(run.exitCode()).as(run.toString()).isZero();
    int running = 0;
    for (JsonNode account : run.json().path("accounts")) {
      assertThat(account.path("recovered").path("lost")).as(run.toString()).isEmpty();
      assertThat(account.path("recovered").path("refused")).as(run.toString()).isEmpty();
      running += account.path("recovered").path("running").asInt();
    }
    assertThat(running).as("%s beside %s", run, desk.reader().positions(true)).isEqualTo(found);
  }

  /** Another run finds that many running, begins none, and changes nothing. */
  void assertASecondTimeDoesNothing(int held) throws Exception {
    Map<String, String> running = running();
    List<String> sales = sales();
    List<LedgerReader.Row> rows = desk.reader().positions(true);
    assertNothingIsDone(desk.pm("recover", "--json"), held);
    assertThat(running()).isEqualTo(running);
    assertThat(sales()).isEqualTo(sales);
    assertThat(desk.reader().positions(true)).isEqualTo(rows);
  }
}
