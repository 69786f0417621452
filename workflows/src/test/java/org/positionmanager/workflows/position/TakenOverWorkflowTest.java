package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What another system looked after before. */
@Timeout(60)
class TakenOverWorkflowTest extends StagedTest {
  private static final Quantity TEN = Quantity.of(10);

  @Test
  @DisplayName("incident 17: what another system sold before it was taken over is no end of it")
  void whatAnotherSystemSoldIsNoEndOfIt() {
    world.held = TEN;
    world.closeElsewhere(Quantity.of(3), Price.parse("9.99"));
    world.held = TEN;
    stage.pass(Duration.ofMinutes(1));
    Instant takenOver = Instant.ofEpochMilli(stage.environment.currentTimeMillis());
    PositionWorkflow position =
        stage.start(
            PositionState.announced(Stage.ID, stage.terms().takingOver(Stage.ENTRY, takenOver)),
            Map.of());
    assertThat(position.state().basis().orElseThrow().filledAt()).isBefore(takenOver);
    stage.pass(Duration.ofMinutes(2));
    world.closeElsewhere(TEN, Price.parse("5.55"));

    assertThat(stage.awaitEnd(position).averageExit()).contains(Price.parse("5.55"));
  }
}
