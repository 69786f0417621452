package org.positionmanager.activities.watch;

import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.watch.ExitSent;
import org.positionmanager.workflows.watch.WatchBlind;

/** Tells a position's workflow. */
public interface WorkflowSignals {
  /**
   * Tells it what the watch has sent.
   *
   * @return whether a workflow runs that was told
   * @throws EngineUnreachable where it has to be told again later
   */
  boolean exitSent(PositionId position, ExitSent sent) throws EngineUnreachable;

  /**
   * Tells it that the watch has no usable quote of it; where no workflow runs nobody has to know.
   *
   * @throws EngineUnreachable where it has to be told again later
   */
  void watchBlind(PositionId position, WatchBlind news) throws EngineUnreachable;

  /** The engine does not answer now. */
  final class EngineUnreachable extends Exception {
    private static final long serialVersionUID = 1L;

    public EngineUnreachable(Throwable cause) {
      super(String.valueOf(cause.getMessage()), cause);
    }
  }
}
