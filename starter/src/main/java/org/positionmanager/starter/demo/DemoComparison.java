package org.positionmanager.starter.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;

/** Compares ledger, broker and workflows of a demo. */
final class DemoComparison {
  private final DemoDesk desk;
  private final LedgerReader reader;
  private final Map<UUID, DemoScript.Execution> executions;

  DemoComparison(DemoDesk desk, LedgerReader reader) {
    this.desk = desk;
    this.reader = reader;
    executions =
        desk.cast().executions().stream()
            .collect(Collectors.toMap(DemoScript.Execution::id, Function.identity()));
  }

  /**
   * What the three say now.
   *
   * @param delivered rows, each as often as it was delivered
   */
  DemoReport compare(int delivered) throws Exception {
    List<LedgerReader.Row> rows = reader.positions(true);
    Map<String, BigDecimal> ledger = new TreeMap<>();
    for (LedgerReader.Row row : rows) {
      if (!row.held().isZero()) {
        ledger.merge(
            row.id().account() + "/" + row.id().instrument(), row.held().value(), BigDecimal::add);
      }
    }
    Map<UUID, PositionId> owners =
        rows.stream()
            .map(LedgerReader.Row::id)
            .collect(Collectors.toMap(PositionId::execution, Function.identity()));
    JsonNode accounts = desk.simulator().state().path("accounts");
    Map<String, BigDecimal> broker = new TreeMap<>();
    int filled = 0;
    int crossed = (int) rows.stream().map(LedgerReader.Row::id).filter(this::isOfOther).count();
    for (Map.Entry<String, JsonNode> account : accounts.properties()) {
      for (Map.Entry<String, JsonNode> held : account.getValue().path("positions").properties()) {
        broker.put(
            account.getKey() + "/" + held.getKey(), new BigDecimal(held.getValue().asText()));
      }
      for (JsonNode order : account.getValue().path("orders")) {
        Optional<ClientOrderId> ours = ClientOrderId.ifOurs(order.path("client_order_id").asText());
        if (ours.isPresent()) {
          filled += order.path("status").asText().equals("filled") ? 1 : 0;
          crossed += isOf(owners, ours.get(), account.getKey()) ? 0 : 1;
        }
      }
    }
    Set<String> running =
        desk.client()
            .listExecutions("WorkflowType = 'PositionWorkflow' and ExecutionStatus = 'Running'")
            .map(it -> it.getExecution().getWorkflowId())
            .collect(Collectors.toSet());
    List<LedgerReader.Row> open = rows.stream().filter(row -> !row.phase().isFinal()).toList();
    int unprotected =
        (int) open.stream().filter(row -> !running.contains(row.id().workflowId())).count();
    int started = (int) desk.client().listExecutions("WorkflowType = 'PositionWorkflow'").count();
    return new DemoReport(
        executions.size(),
        started,
        delivered - started,
        reader.quarantined(),
        open.size(),
        rows.size() - open.size(),
        reader.exits(""),
        filled,
        unprotected,
        crossed,
        ledger.equals(normal(broker)) && running.size() == open.size());
  }

  /** A row of an execution that was another account's, or of another instrument. */
  private boolean isOfOther(PositionId row) {
    DemoScript.Execution meant = executions.get(row.execution());
    return meant != null
        && !(row.account().value().equals(meant.account())
            && row.instrument().symbol().equals(meant.symbol()));
  }

  private static Map<String, BigDecimal> normal(Map<String, BigDecimal> quantities) {
    Map<String, BigDecimal> normal = new TreeMap<>();
    quantities.forEach((key, value) -> normal.put(key, new BigDecimal(value.toPlainString())));
    return normal;
  }

  private static boolean isOf(Map<UUID, PositionId> owners, ClientOrderId id, String account) {
    return Optional.ofNullable(owners.get(id.execution()))
        .filter(id::belongsTo)
        .filter(owner -> owner.account().value().equals(account))
        .isPresent();
  }
}
