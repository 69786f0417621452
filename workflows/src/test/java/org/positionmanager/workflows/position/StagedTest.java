package org.positionmanager.workflows.position;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Positions on a stage of their own for each test; whatever happened there also replays. */
abstract class StagedTest {
  Stage stage;
  FakeWorld world;

  @BeforeEach
  void openTheMarket() {
    stage = new Stage();
    world = stage.world;
  }

  @AfterEach
  void everyHistoryReplays() throws Exception {
    try (Stage ended = stage) {
      ended.replayAll();
    }
  }
}
