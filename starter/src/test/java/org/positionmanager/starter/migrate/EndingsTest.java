package org.positionmanager.starter.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.starter.migrate.OldSystemRows.LARGE;
import static org.positionmanager.starter.migrate.OldSystemRows.NOW;
import static org.positionmanager.starter.migrate.OldSystemRows.QCOM;
import static org.positionmanager.starter.migrate.OldSystemRows.execution;
import static org.positionmanager.starter.migrate.OldSystemRows.history;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.ledger.MigratedPosition;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/** What of the old history becomes a closed position. */
class EndingsTest {
  private static final Instant HOUR_AGO = NOW.minus(Duration.ofHours(1));

  private static OldSystemRows closed(Instant announced, String order) {
    return new OldSystemRows()
        .execution(1, "large", QCOM, 10, "ALPACA_PAPER", announced, order)
        .position(7, 1, "large", QCOM, "10", "closed");
  }

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

  @Test
  void repeatedEndsOfAnEntryThatWasFilledInPartAreOne() {
    OldSystemRows byItsRows =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 1, "large", QCOM, "4", "closed")
            .position(8, 1, "large", QCOM, "2", "closing");
    OldSystemRows byItsFills =
        closed(HOUR_AGO, "a").filled(LARGE, QCOM, "a", Side.BUY, 4, HOUR_AGO.plusSeconds(1));
    for (OldSystemRows rows : List.of(byItsRows, byItsFills)) {
      MigrationPlan plan =
          rows.history(10, 1, QCOM, 4, "7.8").history(11, 1, QCOM, 4, "7.8").plan();
      assertThat(plan.verdictOf(history(11))).isInstanceOf(Verdict.DuplicateOf.class);
      assertThat(plan.closings().getFirst().fills())
          .extracting(ClosingFill::quantity)
          .containsExactly(Quantity.of(4));
    }
  }

  @Test
  void anEndOfAnOrderThatIsAmongThePartsIsTheSameEndWrittenAgain() {
    MigrationPlan plan =
        closed()
            .history(10, 1, QCOM, 4, "7.8", "x")
            .history(11, 1, QCOM, 4, "7.8", "x")
            .history(12, 1, QCOM, 6, "7.8", "y")
            .plan();
    assertThat(plan.verdictOf(history(11))).isInstanceOf(Verdict.DuplicateOf.class);
    assertThat(plan.closings().getFirst().fills())
        .extracting(it -> it.quantity().toString())
        .containsExactly("4", "6");
  }
}
