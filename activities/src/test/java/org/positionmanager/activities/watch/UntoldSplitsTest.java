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
}
