package org.positionmanager.workflows.position;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** A durable wait that a command or signal cuts short. */
public final class Waiting {
  private boolean nudged;

  /** Something happened: whoever waits looks again. */
  public void nudge() {
    nudged = true;
  }

  /** Waits for the time or the next nudge; one that came since the last wait counts. */
  public void upTo(Duration longest, String whatFor) {
    if (!nudged && longest.isPositive()) {
      CancellationScope scope =
          Workflow.newCancellationScope(
              () -> {
                Promise<Void> timer =
                    Workflow.newTimer(
                        longest, TimerOptions.newBuilder().setSummary(whatFor).build());
                Workflow.await(() -> nudged || timer.isCompleted());
              });
      scope.run();
      scope.cancel("over");
    }
    nudged = false;
  }
}
