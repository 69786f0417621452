package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.activities.watch.WatchScene.DE;
import static org.positionmanager.activities.watch.WatchScene.WMT;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.identity.PositionId;

/** Shares that became others overnight, before the sync has told anybody. */
@Timeout(60)
class UntoldSplitsTest {
  private final WatchScene scene = new WatchScene();

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  @DisplayName(
      "the open's prices sell nothing while the shares look split, and all that is no split")
  void theOpensPricesSellNothing() throws Exception {
    PositionId split = scene.opens(WMT);
    PositionId other = scene.opens(DE);
    scene.account.holds(WMT, 40, "25");
    scene.watch.reload();
    scene.price(WMT, "25");
    scene.price(DE, "94");
    scene.awaitTold(other, 1);
    assertThat(scene.account.submissions).hasSize(1);

    scene.account.holds(WMT, 10);
    scene.watch.reload();
    scene.awaitTold(split, 1);
    assertThat(scene.account.submissions).as("its permission was not used up").hasSize(2);
  }

  @Test
  @DisplayName("two positions of a share are compared with its holding together")
  void twoPositionsAreComparedTogether() throws Exception {
    PositionId first = scene.opens(WMT);
    scene.arms(scene.armed(scene.position(WMT), 1, 1));
    PositionId other = scene.opens(DE);
    scene.account.holds(WMT, 4, "500");
    scene.watch.reload();
    scene.price(WMT, "94");
    scene.price(DE, "94");
    scene.awaitTold(other, 1);
    assertThat(scene.account.submissions)
        .noneMatch(order -> order.clientOrderId().belongsTo(first));
  }

  @Test
  @DisplayName("beside shares that nothing may be sent of, it is the holding that is compared")
  void besideSharesThatAreNotArmedTheHoldingIsCompared() throws Exception {
    scene.opens(WMT);
    PositionId other = scene.opens(DE);
    scene.account.holds(WMT, 15);
    scene.watch.reload();
    scene.account.holds(WMT, 30, "50");
    scene.watch.reload();
    scene.price(WMT, "50");
    scene.price(DE, "94");
    scene.awaitTold(other, 1);
    assertThat(scene.account.submissions).hasSize(1);
  }

  @Test
  @DisplayName("while others hear of the split first, the rest waits for its own word")
  void whileOthersHearOfItFirstTheRestWaits() throws Exception {
    PositionId last = scene.opens(WMT);
    PositionId first = scene.position(WMT);
    scene.arms(scene.armed(first, 1, 1));
    scene.account.holds(WMT, 80, "25");
    scene.watch.reload();
    scene.price(WMT, "25");
    scene.arms(scene.scaled(first, 2, 4));
    scene.price(WMT, "24.5");
    assertThat(scene.account.submissions).as("its stop is 23.75 now").isEmpty();
    scene.price(WMT, "23");
    scene.awaitTold(first, 1);
    assertThat(scene.account.submissions).noneMatch(order -> order.clientOrderId().belongsTo(last));
    scene.arms(scene.scaled(last, 2, 4));
    scene.awaitTold(last, 1);
  }

  @Test
  @DisplayName("what was told of a split beside shares that are not armed is sold at its new stop")
  void whatWasToldIsSoldAtItsNewStop() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.account.holds(WMT, 15);
    scene.watch.reload();
    scene.account.holds(WMT, 60, "25");
    scene.watch.reload();
    scene.arms(scene.scaled(position, 2, 4));
    scene.price(WMT, "23");
    scene.awaitTold(position, 1);
  }
}
