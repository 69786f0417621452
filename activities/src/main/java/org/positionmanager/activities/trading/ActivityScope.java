package org.positionmanager.activities.trading;

import io.temporal.activity.Activity;
import java.time.Duration;
import java.util.function.Consumer;
import org.positionmanager.activities.broker.BrokerException;

/** What an activity needs of the engine around it; a small seam, so that tests need no engine. */
public interface ActivityScope {
  /** Says that the activity lives. Throws where it was cancelled. */
  void heartbeat(String detail);

  /** Says it for the activity of the calling thread, from whatever thread. */
  default Consumer<String> heart() {
    return this::heartbeat;
  }

  /** How long one attempt may run. */
  Duration timeAllowed();

  /** After how long without a heartbeat the engine gives the attempt to another. */
  Duration heartbeatTimeout();

  void sleep(Duration time);

  /** The scope of the activity that runs in the calling thread. */
  static ActivityScope temporal() {
    return new ActivityScope() {
      @Override
      public void heartbeat(String detail) {
        Activity.getExecutionContext().heartbeat(detail);
      }

      @Override
      public Consumer<String> heart() {
        return Activity.getExecutionContext()::heartbeat;
      }

      @Override
      public Duration timeAllowed() {
        return Activity.getExecutionContext().getInfo().getStartToCloseTimeout();
      }

      @Override
      public Duration heartbeatTimeout() {
        return Activity.getExecutionContext().getInfo().getHeartbeatTimeout();
      }

      @Override
      public void sleep(Duration time) {
        try {
          Thread.sleep(time);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new BrokerException(BrokerException.Kind.INTERRUPTED, "interrupted while waiting");
        }
      }
    };
  }
}
