package org.positionmanager.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.identity.PositionId;

/** Which of the engine's workflows are positions. */
class EngineOfSyncTest {
  @Test
  void aWorkflowThatSomebodyNamedHimselfIsNoPosition() {
    PositionId id = PositionId.parse("large/DE/00000000-0000-4000-8000-000000000001");
    assertThat(EngineOfSync.position(id.workflowId())).contains(id);
    assertThat(EngineOfSync.position("by-hand")).isEmpty();
    assertThat(EngineOfSync.position("position/large/DE/not-a-uuid")).isEmpty();
    assertThat(EngineOfSync.position("position/large/???/" + id.execution())).isEmpty();
  }
}
