package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.positionmanager.activities.watch.WatchScene.WMT;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.identity.PositionId;

/** A watch that ends in good order. */
@Timeout(60)
class WatchCloseTest {
  private final WatchScene scene = new WatchScene();

  @Test
  void anExitUnderWayIsToldBeforeTheWatchIsClosed() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.watch.reload();
    CountDownLatch closing = new CountDownLatch(1);
    scene.account.answers(
        order -> {
          try {
            closing.await();
            // the answer comes while the watch is being closed
            Thread.sleep(300);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Optional.empty();
        });
    scene.price(WMT, "94");
    await().until(() -> scene.account.submissions() == 1);
    closing.countDown();
    scene.close();
    assertThat(scene.workflows.of(position))
        .singleElement()
        .satisfies(told -> assertThat(WatchScene.isAccepted(told)).isTrue());
  }

  @Test
  void whereNothingIsUnderWayItIsClosedAtOnce() throws Exception {
    scene.opens(WMT);
    scene.watch.reload();
    Instant before = Instant.now();
    scene.close();
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(1));
    assertThat(scene.inputs.closed).isTrue();
  }

  @Test
  void aClosedWatchJudgesNothingMore() throws Exception {
    scene.opens(WMT);
    scene.watch.reload();
    scene.close();
    scene.price(WMT, "94");
    scene.settles();
    assertThat(scene.account.submissions).isEmpty();
  }

  @Test
  void whatCannotBeToldKeepsNobodyFromClosing() throws Exception {
    scene.workflows.away = true;
    scene.opens(WMT);
    scene.watch.reload();
    scene.price(WMT, "94");
    await().until(() -> !scene.account.exits().isEmpty());
    Instant before = Instant.now();
    scene.close();
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
  }
}
