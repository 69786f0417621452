package org.positionmanager.starter.command;

import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowServiceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.PositionRecord;
import org.positionmanager.activities.ledger.PositionRecords;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.position.PositionWorkflow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pm position ID}. */
@Command(
    name = "position",
    mixinStandardHelpOptions = true,
    description = "Tells the whole story of one position: plan, levels, last trace, timeline.",
    footer = {
      "",
      "Open positions are asked themselves; closed ones, and those whose worker does not answer,",
      "are told as the ledger has them.",
      "",
      "Examples:",
      "  pm position 7f1c",
      "  pm position large/NOW260220P00110000/7f1c9a52-6a1e-4b0e-9d3f-0c8f1d9b7a11 --json",
      "",
      "Exit codes: 0 done; 2 no such position; 3 the ledger does not answer."
    })
public final class PositionCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @Parameters(paramLabel = "ID", description = "Whole id or its beginning.")
  private String id;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    PositionId position = PositionLookup.find(connections, id);
    PositionRecord record = record(position);
    Optional<PositionState> live = record.phase().isFinal() ? Optional.empty() : asked(position);
    System.out.println(json ? asJson(record, live) : PositionStory.of(record, live));
    return 0;
  }

  private PositionRecord record(PositionId position) throws Exception {
    try (LedgerDatabase ledger = connections.ledger()) {
      return new PositionRecords(ledger)
          .find(position)
          .orElseThrow(
              () ->
                  CommandException.badInput(
                      "no position " + position + " is known; see `pm positions --all`"));
    }
  }

  /** The workflow's own state; empty where nobody answers for it. */
  private Optional<PositionState> asked(PositionId position) throws Exception {
    try (Connections.Temporal temporal = connections.temporal()) {
      return Optional.of(
          temporal.client().newWorkflowStub(PositionWorkflow.class, position.workflowId()).state());
    } catch (WorkflowNotFoundException | WorkflowQueryException | WorkflowServiceException e) {
      System.err.println(
          "the position's worker does not answer (%s); this is what the ledger has"
              .formatted(e.getClass().getSimpleName()));
      return Optional.empty();
    } catch (CommandException e) {
      System.err.println(e.getMessage() + "; this is what the ledger has");
      return Optional.empty();
    }
  }

  private static String asJson(PositionRecord record, Optional<PositionState> live)
      throws Exception {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("ledger", record);
    live.ifPresent(state -> all.put("workflow", state));
    return Payloads.mapper().writeValueAsString(all);
  }
}
