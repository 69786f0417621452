package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.positionmanager.activities.watch.WatchScene.DE;
import static org.positionmanager.activities.watch.WatchScene.WMT;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.identity.PositionId;

/** Positions whose watch goes blind, and what their workflows are told: patience is two minutes. */
@Timeout(60)
class WakesTest {
  private final WatchScene scene = new WatchScene();

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  @DisplayName("a position without a usable quote is told once the plan's patience is over, once")
  void aPositionWithoutAQuoteIsToldOnce() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.watch.reload();
    scene.watch.refresh();
    Instant since = scene.now();
    scene.passes(Duration.ofSeconds(119));
    turn();
    assertThat(scene.workflows.blind).isEmpty();
    scene.passes(Duration.ofSeconds(1));
    turn();
    assertThat(scene.workflows.blind).containsExactly(position);
    assertThat(scene.workflows.blindness)
        .singleElement()
        .satisfies(news -> assertThat(news.since()).isBetween(since.minusSeconds(1), since));
    scene.passes(Duration.ofMinutes(2));
    turn();
    assertThat(scene.workflows.blind).as("not again").hasSize(1);
  }

  @Test
  @DisplayName("what sees again and goes blind again is told again")
  void eachBlindnessIsTold() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.watch.reload();
    scene.watch.refresh();
    scene.passes(Duration.ofMinutes(2));
    turn();
    scene.price(WMT, "100");
    scene.passes(Duration.ofMinutes(4));
    turn();
    assertThat(scene.workflows.blind).as("it sees").hasSize(1);
    scene.passes(Duration.ofSeconds(61));
    turn();
    scene.passes(Duration.ofMinutes(2));
    turn();
    assertThat(scene.workflows.blind).containsExactly(position, position);
  }

  @Test
  @DisplayName("what ends before the patience does is told to nobody, nor what is not armed")
  void aMomentWithoutAQuoteIsToldToNobody() throws Exception {
    scene.opens(WMT);
    PositionId disarmed = scene.opens(DE);
    scene.watch.reload();
    scene.watch.refresh();
    scene.disarms(disarmed, 2);
    scene.passes(Duration.ofSeconds(110));
    scene.price(WMT, "100");
    scene.passes(Duration.ofMinutes(2));
    turn();
    assertThat(scene.workflows.blind).isEmpty();
  }

  @Test
  @DisplayName("many that go blind at once are told by and by, each once")
  void manyAreToldByAndBy() throws Exception {
    Set<String> all = new TreeSet<>();
    for (int i = 0; i < 120; i++) {
      all.add(scene.opens(WMT).toString());
    }
    scene.watch.reload();
    scene.watch.refresh();
    scene.passes(Duration.ofMinutes(2));
    turn();
    assertThat(scene.workflows.blind).as("in one turn").hasSize(4);
    for (int turn = 2; turn <= 40; turn++) {
      turn();
    }
    assertThat(scene.workflows.blind)
        .hasSize(120)
        .extracting(PositionId::toString)
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  @DisplayName("while the engine is away nothing is lost")
  void whileTheEngineIsAwayNothingIsLost() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.watch.reload();
    scene.watch.refresh();
    scene.passes(Duration.ofMinutes(2));
    scene.workflows.away = true;
    turn();
    scene.workflows.away = false;
    scene.workflows.cannotBeTold = Optional.of(position);
    turn();
    assertThat(scene.workflows.blind).isEmpty();
    scene.workflows.cannotBeTold = Optional.empty();
    turn();
    assertThat(scene.workflows.blind).containsExactly(position);
  }

  /** One turn of the keeper, and what it tells. */
  private void turn() {
    scene.watch.refresh();
    await().until(() -> !scene.watch.isTelling());
  }
}
