package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.positionmanager.activities.watch.WatchScene.DE;
import static org.positionmanager.activities.watch.WatchScene.WMT;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.live.StreamState;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.rules.DayTradeClose;
import org.positionmanager.workflows.value.Price;

/** What keeps a watch supplied, in turns of a few milliseconds. */
@Timeout(60)
class WatchKeeperTest {
  private static final Duration TURN = Duration.ofMillis(10);

  private final WatchScene scene = new WatchScene();
  private WatchKeeper keeper;

  private void begins() {
    begins(TURN);
  }

  private void begins(Duration turn) {
    keeper =
        new WatchKeeper(
            scene.watch,
            scene.permissions,
            "worker-1",
            Instant.parse("2026-02-11T15:00:00Z"),
            turn);
  }

  @AfterEach
  void stop() {
    keeper.close();
    scene.close();
  }

  @Test
  void whatIsArmedIsLoadedAcknowledgedAndBeatenFor() {
    PositionId position = scene.opens(WMT);
    begins();
    await().until(() -> scene.permissions.acknowledged(position) == 1);
    await().until(() -> !scene.watch.mustReload() && scene.permissions.beats() > 1);
    assertThat(scene.permissions.beats).containsOnly("worker-1");
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
  }

  @Test
  @DisplayName("a watch that begins reads all once, before it says in the ledger that it is there")
  void aWatchThatBeginsReadsAllOnce() {
    PositionId position = scene.opens(WMT);
    begins(Duration.ofSeconds(30));
    await().alias("the first beat").until(() -> scene.permissions.beats() == 1);
    assertThat(scene.permissions.acknowledged(position)).isOne();
    assertThat(scene.permissions.reads()).isOne();
  }

  @Test
  void whatIsAnnouncedIsTakenAtOnce() {
    begins();
    await().until(() -> !scene.watch.mustReload());
    PositionId position = scene.opens(DE);
    await().until(() -> scene.permissions.acknowledged(position) == 1);
    scene.price(DE, "94");
    assertThat(WatchScene.isAccepted(scene.awaitTold(position, 1).getFirst())).isTrue();
  }

  @Test
  @DisplayName("what is armed without an announcement is found by the next look at everything")
  void whatIsNotAnnouncedIsFound() {
    begins();
    await().until(() -> !scene.watch.mustReload());
    PositionId position = scene.position(DE);
    scene.account.holds(DE, 10);
    scene.permissions.armUnannounced(scene.armed(position, 1, 1));
    await().until(() -> scene.permissions.acknowledged(position) == 1);
    scene.price(DE, "94");
    assertThat(WatchScene.isAccepted(scene.awaitTold(position, 1).getFirst())).isTrue();
  }

  @Test
  @DisplayName(
      "incident 9: while the ledger is away it protects what it holds, and is supplied again")
  void whileTheLedgerIsAwayItProtectsWhatItHolds() {
    PositionId position = scene.opens(WMT);
    begins();
    await().until(() -> !scene.watch.mustReload());
    scene.permissions.isAway(true);
    scene.price(WMT, "120");
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
    assertThat(scene.account.exits()).hasSize(1);
    scene.permissions.isAway(false);
    PositionId later = scene.opens(DE);
    await().until(() -> scene.permissions.acknowledged(later) == 1);
    await().until(() -> scene.permissions.hasNoted(position, Price.parse("120")));
  }

  @Test
  void holdingsAreReadAfterAnOrderUpdateAndAfterEachConnection() {
    begins();
    await().until(() -> !scene.watch.mustReload());
    int before = scene.account.reads();
    keeper.orders().onState(new StreamState.Connected());
    await().until(() -> scene.account.reads() > before);
    int after = scene.account.reads();
    keeper.orders().onUnreadable("a frame");
    await().until(() -> scene.account.reads() > after);
  }

  @Test
  @DisplayName("time fires within a turn, where no quote comes")
  void timeFiresWithinATurn() {
    PositionId position = scene.position(WMT);
    scene.account.holds(WMT, 10);
    scene.permissions.arm(scene.armed(position, 1, 1, new DayTradeClose(Duration.ofMinutes(5))));
    begins();
    await().until(() -> !scene.watch.mustReload());
    scene.settles();
    assertThat(scene.account.submissions()).isZero();
    scene.passes(Duration.ofMinutes(355));
    scene.awaitTold(position, 1);
    assertThat(scene.account.exits()).hasSize(1);
  }

  private static void answers(CountDownLatch answers) {
    try {
      answers.await();
    } catch (InterruptedException ends) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @DisplayName("time fires while the ledger hangs, too")
  void timeFiresWhileTheLedgerHangs() {
    PositionId position = scene.position(WMT);
    scene.account.holds(WMT, 10);
    scene.permissions.arm(scene.armed(position, 1, 1, new DayTradeClose(Duration.ofMinutes(5))));
    begins();
    await().until(() -> !scene.watch.mustReload());
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch answers = new CountDownLatch(1);
    scene.permissions.whileBeating =
        () -> {
          hangs.countDown();
          answers(answers);
        };
    await().alias("a turn that hangs").until(() -> hangs.getCount() == 0);
    scene.passes(Duration.ofMinutes(355));
    scene.awaitTold(position, 1);
    assertThat(scene.account.exits()).hasSize(1);
    answers.countDown();
  }

  @Test
  void aStandstillIsMendedByReadingAllAgain() {
    PositionId position = scene.opens(WMT);
    begins();
    await().until(() -> !scene.watch.mustReload());
    int before = scene.account.reads();
    scene.standsStill(Duration.ofMinutes(1));
    await().until(() -> scene.account.reads() > before && !scene.watch.mustReload());
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
  }
}
