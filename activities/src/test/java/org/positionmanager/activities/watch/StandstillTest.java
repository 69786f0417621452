package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.activities.watch.WatchScene.WMT;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.identity.PositionId;

/** A process that was frozen may have lost the watch: it reads again before it sends. */
@Timeout(60)
class StandstillTest {
  private final WatchScene scene = new WatchScene();
  private PositionId position;

  @BeforeEach
  void watched() throws Exception {
    position = scene.opens(WMT);
    scene.watch.reload();
    scene.price(WMT, "100");
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private void freezes() {
    scene.standsStill(WatchScene.STOOD_STILL_AFTER.plusMillis(1));
  }

  @Test
  void nothingIsSentBeforeWhatIsArmedWasRead() {
    PositionId unread = scene.opens(WatchScene.DE);
    scene.price(WatchScene.DE, "94");
    scene.settles();
    assertThat(scene.workflows.of(unread)).isEmpty();
    assertThat(scene.account.submissions).isEmpty();
  }

  @Test
  @DisplayName("incident 13: after a standstill nothing is sent before everything was read again")
  void afterAStandstillNothingIsSentBeforeAllIsReadAgain() throws Exception {
    freezes();
    scene.price(WMT, "94");
    scene.settles();
    assertThat(scene.account.submissions).isEmpty();
    assertThat(scene.watch.mustReload()).isTrue();
    scene.watch.pulse();
    assertThat(scene.watch.mustReload()).as("the pulse alone does not help").isTrue();

    scene.watch.reload();
    assertThat(WatchScene.isAccepted(scene.awaitTold(position, 1).getFirst())).isTrue();
    assertThat(scene.account.exits()).hasSize(1);
  }

  @Test
  void whatWasTakenAwayDuringTheStandstillIsNotSent() throws Exception {
    freezes();
    scene.permissions.disarm(position, 2);
    scene.price(WMT, "94");
    scene.watch.pulse();
    scene.watch.reload();
    scene.settles();
    assertThat(scene.account.submissions).isEmpty();
  }

  @Test
  @DisplayName("a standstill while all is read again is not mended by that reading")
  void aStandstillWhileAllIsReadIsNotMendedByThatReading() throws Exception {
    scene.permissions.afterReading(
        () -> {
          scene.permissions.disarm(position, 2);
          freezes();
          scene.watch.pulse();
        });
    scene.watch.reload();
    assertThat(scene.watch.mustReload()).isTrue();
    scene.price(WMT, "94");
    scene.settles();
    assertThat(scene.account.submissions).isEmpty();
    scene.watch.reload();
    assertThat(scene.watch.mustReload()).isFalse();
  }

  @Test
  void aPulseThatIsALittleLateIsNoStandstill() {
    scene.standsStill(WatchScene.STOOD_STILL_AFTER.minusMillis(100));
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
    assertThat(scene.account.exits()).hasSize(1);
  }

  @Test
  void whereHoldingsCannotBeReadNothingIsSentAfterAStandstill() throws Exception {
    freezes();
    scene.watch.pulse();
    scene.account.isUnreadable(true);
    scene.watch.reload();
    assertThat(scene.watch.mustReload()).isTrue();
    scene.account.isUnreadable(false);
    scene.watch.reload();
    assertThat(scene.watch.mustReload()).isFalse();
  }
}
