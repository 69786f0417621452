package org.positionmanager.starter.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.List;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.starter.Connections;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.position.PositionWorkflow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pm positions [ID]}. */
@Command(
    name = "positions",
    aliases = "position",
    mixinStandardHelpOptions = true,
    description = "Lists positions, or tells the whole story of one.",
    footer = {
      "",
      "Examples:",
      "  pm positions",
      "  pm positions --all --json",
      "  pm position 7f1c"
    })
public final class PositionsCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @Parameters(arity = "0..1", paramLabel = "ID", description = "Whole id or its beginning.")
  private String id;

  @Option(names = "--all", description = "Closed ones too.")
  private boolean all;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    try (LedgerDatabase ledger = connections.ledger()) {
      LedgerReader reader = new LedgerReader(ledger);
      if (id == null) {
        list(reader.positions(all));
      } else {
        tell(PositionLookup.find(reader, id));
      }
    }
    return 0;
  }

  private void list(List<LedgerReader.Row> rows) throws Exception {
    if (json) {
      ObjectMapper mapper = Payloads.mapper();
      System.out.println(mapper.writeValueAsString(rows));
      return;
    }
    if (rows.isEmpty()) {
      System.out.println(all ? "no positions" : "no open positions; --all shows closed ones");
      return;
    }
    System.out.println(
        AsciiTable.getTable(
            AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
            rows,
            List.of(
                column("id").with(row -> row.id().execution().toString().substring(0, 8)),
                column("account").with(row -> row.id().account().value()),
                column("instrument").with(row -> row.id().instrument().symbol()),
                column("state").with(row -> row.phase().name()),
                number("held").with(row -> row.held().toString()),
                number("entry").with(row -> row.entry().map(Object::toString).orElse("")),
                number("peak").with(row -> row.peak().map(Object::toString).orElse("")),
                column("reason").with(row -> row.reason().map(Enum::name).orElse("")),
                number("realised").with(row -> row.realised().toString()))));
  }

  private static Column column(String header) {
    return new Column().header(header).dataAlign(HorizontalAlign.LEFT);
  }

  private static Column number(String header) {
    return new Column().header(header).dataAlign(HorizontalAlign.RIGHT);
  }

  private void tell(PositionId position) throws Exception {
    WorkflowServiceStubs stubs = connections.temporal();
    try {
      PositionWorkflow workflow =
          connections.client(stubs).newWorkflowStub(PositionWorkflow.class, position.workflowId());
      System.out.println(
          json ? Payloads.mapper().writeValueAsString(workflow.state()) : workflow.story());
    } finally {
      stubs.shutdownNow();
    }
  }
}
