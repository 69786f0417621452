package org.positionmanager.starter.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.starter.migrate.OldSystemRows.QCOM;
import static org.positionmanager.starter.migrate.OldSystemRows.execution;
import static org.positionmanager.starter.migrate.OldSystemRows.history;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.ledger.MigratedPosition;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What of the old history becomes a closed position. */
class EndingsTest {
  private static OldSystemRows closed() {
    return new OldSystemRows()
        .execution(1, "large", QCOM, 10)
        .position(7, 1, "large", QCOM, "10", "closed");
  }

  @Test
  void partsOfAnEndAreOnePositionWithSeveralFills() {
    MigrationPlan plan =
        closed().history(10, 1, QCOM, 6, "7.8").history(11, 1, QCOM, 4, "6.2").plan();
    assertThat(plan.verdictOf(history(10))).isInstanceOf(Verdict.Closed.class);
    assertThat(plan.verdictOf(history(11))).isInstanceOf(Verdict.Closed.class);
    assertThat(plan.verdictOf(execution(1))).isEqualTo(new Verdict.ClosedBefore(history(10)));
    assertThat(plan.closings()).hasSize(1);
    MigratedPosition.Closed closed = plan.closings().getFirst();
    assertThat(closed.fills())
        .extracting(ClosingFill::quantity)
        .containsExactly(Quantity.of(6), Quantity.of(4));
    PositionState state = closed.state();
    assertThat(state.realised().amount()).isEqualByComparingTo(new BigDecimal("1960"));
    assertThat(state.averageExit()).contains(Price.parse("7.16"));
    assertThat(closed.since()).isEqualTo(closed.fills().getLast().at());
    assertThat(closed.origin()).contains("position_history 10", "position_history 11");
  }

  @Test
  void whatExceedsTheExecutionOrHasTheSameMomentWasWrittenAgain() {
    MigrationPlan plan =
        closed()
            .history(10, 1, QCOM, 6, "7.8")
            .history(70, 1, QCOM, 2, "7.8")
            .history(11, 1, QCOM, 6, "7.9")
            .history(12, 1, QCOM, 4, "6.2")
            .history(13, 1, QCOM, 1, "6.2")
            .plan();
    for (int again : new int[] {70, 11, 13}) {
      assertThat(plan.verdictOf(history(again)))
          .isEqualTo(new Verdict.DuplicateOf(history(10), "closed again after it was closed"));
    }
    assertThat(plan.closings().getFirst().fills())
        .extracting(ClosingFill::quantity)
        .containsExactly(Quantity.of(6), Quantity.of(4));
  }
}
