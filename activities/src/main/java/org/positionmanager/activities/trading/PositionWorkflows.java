package org.positionmanager.activities.trading;

import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.CloseAnswer;
import org.positionmanager.workflows.position.CloseCommand;
import org.positionmanager.workflows.position.PositionState;

/** The workflows of an account's positions, as others speak to them. */
public interface PositionWorkflows {
  /** Starts a position's workflow, unless one with its id runs or ran. */
  void start(PositionState state);

  /**
   * Asks a position to close and waits for its answer, 20 s as a rule.
   *
   * @param beat called each second meanwhile; what it throws ends the waiting
   * @throws NoWorkflow where none runs
   * @throws Refused where the command cannot be carried out
   */
  CloseAnswer close(PositionId position, CloseCommand command, Runnable beat)
      throws NoWorkflow, Refused;

  /** No workflow of the position runs: it is over, or lost. */
  final class NoWorkflow extends Exception {
    private static final long serialVersionUID = 1L;

    public NoWorkflow(Throwable cause) {
      super("no workflow of the position runs", cause);
    }
  }

  /** The position said no, as one that is closed already does. */
  final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    public Refused(String why, Throwable cause) {
      super(why, cause);
    }
  }
}
