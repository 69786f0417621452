package org.positionmanager.starter.migrate;

import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowException;
import java.util.List;
import java.util.function.Function;
import org.positionmanager.activities.ledger.RowMigration;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.intake.PositionStarter;
import org.positionmanager.workflows.position.PositionState;

/** Starts what was recorded: it stays recorded, whether the engine answers or not. */
final class WorkflowStarts {
  private final Function<PositionState, PositionStarter.Result> engine;

  WorkflowStarts(Function<PositionState, PositionStarter.Result> engine) {
    this.engine = engine;
  }

  /**
   * Starts all of them.
   *
   * @param written what was recorded before
   * @throws CommandException where the engine fails: saying what is recorded and how many workflows
   *     run
   */
  MigrationReport.Applied start(RowMigration.Written written, List<PositionState> open) {
    int started = 0;
    int running = 0;
    for (PositionState state : open) {
      try {
        switch (engine.apply(state)) {
          case STARTED -> started++;
          case DUPLICATE -> running++;
        }
      } catch (WorkflowException | StatusRuntimeException failure) {
        throw CommandException.unreachable(
            "all is recorded (%s), but the engine failed after %d of %d workflows, at %s: %s; run it again, or `pm recover`, to start the others"
                .formatted(
                    MigrationText.words(written),
                    started + running,
                    open.size(),
                    state.id(),
                    failure.getMessage()),
            failure);
      }
    }
    return new MigrationReport.Applied(written, started, running);
  }
}
