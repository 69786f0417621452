package org.positionmanager.starter.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.workflows.identity.ClientOrderId;

/** Compares ledger, broker and workflows of a demo. */
final class DemoComparison {
  private final DemoDesk desk;
  private final LedgerReader reader;

  DemoComparison(DemoDesk desk, LedgerReader reader) {
    this.desk = desk;
    this.reader = reader;
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
    JsonNode accounts = desk.simulator().state().path("accounts");
    Map<String, BigDecimal> broker = new TreeMap<>();
    int filled = 0;
    int crossed = 0;
    for (Map.Entry<String, JsonNode> account : accounts.properties()) {
      for (Map.Entry<String, JsonNode> held : account.getValue().path("positions").properties()) {
        broker.put(
            account.getKey() + "/" + held.getKey(), new BigDecimal(held.getValue().asText()));
      }
      for (JsonNode order : account.getValue().path("orders")) {
        Optional<ClientOrderId> ours = ClientOrderId.ifOurs(order.path("client_order_id").asText());
        if (ours.isPresent()) {
          filled += order.path("status").asText().equals("filled") ? 1 : 0;
          crossed += isOf(rows, ours.get(), account.getKey()) ? 0 : 1;
        }
      }
    }
    List<String> running =
        desk.client()
            .listExecutions("WorkflowType = 'PositionWorkflow' and ExecutionStatus = 'Running'")
            .map(it -> it.getExecution().getWorkflowId())
            .toList();
    List<LedgerReader.Row> open = rows.stream().filter(row -> !row.phase().isFinal()).toList();
    int unprotected =
        (int) open.stream().filter(row -> !running.contains(row.id().workflowId())).count();
    int started = (int) desk.client().listExecutions("WorkflowType = 'PositionWorkflow'").count();
    return new DemoReport(
        DemoScript.executions().size(),
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

  private static Map<String, BigDecimal> normal(Map<String, BigDecimal> quantities) {
    Map<String, BigDecimal> normal = new TreeMap<>();
    quantities.forEach((key, value) -> normal.put(key, new BigDecimal(value.toPlainString())));
    return normal;
  }

  private static boolean isOf(List<LedgerReader.Row> rows, ClientOrderId id, String account) {
    return rows.stream()
        .anyMatch(row -> id.belongsTo(row.id()) && row.id().account().value().equals(account));
  }
}
