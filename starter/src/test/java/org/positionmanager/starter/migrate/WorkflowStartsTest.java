package org.positionmanager.starter.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.starter.migrate.OldSystemRows.LARGE;
import static org.positionmanager.starter.migrate.OldSystemRows.NOW;
import static org.positionmanager.starter.migrate.OldSystemRows.QCOM;
import static org.positionmanager.starter.migrate.OldSystemRows.id;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.ledger.RowMigration;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.intake.PositionStarter.Result;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;

/** What is started after all is recorded. */
class WorkflowStartsTest {
  private static final RowMigration.Written WRITTEN = new RowMigration.Written(40, 3, 2, 5, 0);
  private static final List<PositionState> OPEN = List.of(state(1), state(2), state(3));

  private static PositionState state(int number) {
    PositionId id = id(LARGE, QCOM, number);
    return PositionState.announced(
        id, EntryTerms.of(Strategy.SWING_TRADE, Direction.LONG, Quantity.of(1), NOW));
  }

  @Test
  void whatRunsIsToldApartFromWhatIsStarted() {
    WorkflowStarts starts =
        new WorkflowStarts(
            state -> state.equals(OPEN.getFirst()) ? Result.DUPLICATE : Result.STARTED);
    assertThat(starts.start(WRITTEN, OPEN)).isEqualTo(new MigrationReport.Applied(WRITTEN, 2, 1));
  }

  @Test
  void anEngineThatFailsLeavesNoDoubtOfWhatIsRecorded() {
    WorkflowStarts starts =
        new WorkflowStarts(
            state -> {
              if (state.equals(OPEN.getLast())) {
                throw new StatusRuntimeException(Status.UNAVAILABLE);
              }
              return Result.STARTED;
            });
    assertThatThrownBy(() -> starts.start(WRITTEN, OPEN))
        .isInstanceOfSatisfying(
            CommandException.class,
            it -> assertThat(it.exitCode()).isEqualTo(CommandException.UNREACHABLE))
        .hasMessageContainingAll(
            "all is recorded (40 rows kept, 2 closed positions, 3 open ones",
            "after 2 of 3 workflows",
            OPEN.getLast().id().toString(),
            "UNAVAILABLE",
            "run it again");
  }
}
