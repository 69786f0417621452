package org.positionmanager.starter.demo;

import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.positionmanager.workflows.identity.PositionId;

/**
 * What signals positions got, by the engine's histories.
 *
 * @param count of signals
 * @param ofOthers those that name, in whatever field, an execution that is not the position's own
 */
record SignalsSeen(int count, int ofOthers) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /**
   * Reads the histories of all positions, one after the other.
   *
   * @param executions of all accounts; other ids are the broker's, or commands'
   */
  static SignalsSeen by(WorkflowClient client, Set<String> executions) {
    int count = 0;
    int ofOthers = 0;
    try (Stream<WorkflowExecutionMetadata> runs =
        client.listExecutions("WorkflowType = 'PositionWorkflow'")) {
      for (Iterator<WorkflowExecutionMetadata> all = runs.iterator(); all.hasNext(); ) {
        WorkflowExecution run = all.next().getExecution();
        PositionId position = PositionId.parse(run.getWorkflowId());
        for (HistoryEvent event :
            client.fetchHistory(run.getWorkflowId(), run.getRunId()).getEvents()) {
          if (event.hasWorkflowExecutionSignaledEventAttributes()) {
            count++;
            ofOthers += isOfOther(event, executions, position.execution().toString()) ? 1 : 0;
          }
        }
      }
    }
    return new SignalsSeen(count, ofOthers);
  }

  private static boolean isOfOther(HistoryEvent signaled, Set<String> executions, String own) {
    for (Payload payload :
        signaled.getWorkflowExecutionSignaledEventAttributes().getInput().getPayloadsList()) {
      Matcher named = ID.matcher(payload.getData().toStringUtf8().toLowerCase(Locale.ROOT));
      while (named.find()) {
        if (executions.contains(named.group()) && !named.group().equals(own)) {
          return true;
        }
      }
    }
    return false;
  }
}
