package org.positionmanager.workflows.position;

import io.temporal.workflow.ContinueAsNewOptions;
import io.temporal.workflow.Workflow;
import java.util.Map;
import java.util.Optional;

/** When a long life goes on in a new run, and what that run is given besides its state. */
public final class NextRun {
  /**
   * Memo that lowers the number of history events at which a run continues as new; for tests. It is
   * carried from run to run.
   */
  public static final String AFTER_EVENTS = "continueAfterEvents";

  private NextRun() {}

  /** Whether the history has become long. */
  public static boolean isDue() {
    return Workflow.getInfo().isContinueAsNewSuggested()
        || lowered().filter(events -> Workflow.getInfo().getHistoryLength() >= events).isPresent();
  }

  /** For the next run: the same memo as this one's. */
  public static ContinueAsNewOptions options() {
    return ContinueAsNewOptions.newBuilder()
        .setMemo(lowered().<Map<String, Object>>map(it -> Map.of(AFTER_EVENTS, it)).orElse(null))
        .build();
  }

  private static Optional<Integer> lowered() {
    return Optional.ofNullable((Integer) Workflow.getMemo(AFTER_EVENTS, Integer.class));
  }
}
