package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.activities.watch.WatchScene.DE;
import static org.positionmanager.activities.watch.WatchScene.WMT;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

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

  @Test
  @DisplayName("a watch that begins after the split counts what is tracked beside what is armed")
  void aWatchThatBeginsAfterTheSplitCountsWhatIsTrackedBeside() throws Exception {
    PositionId split = scene.opens(WMT);
    PositionId other = scene.opens(DE);
    PositionId paused = scene.position(WMT);
    scene.permissions.holds(
        new Unarmed(paused, Direction.LONG, Quantity.of(5), Price.parse("120")));
    scene.account.holds(WMT, 60, "26.67");
    scene.watch.reload();
    scene.price(WMT, "25");
    scene.price(DE, "94");
    scene.awaitTold(other, 1);
    assertThat(scene.account.submissions).hasSize(1);

    scene.permissions.holds(
        new Unarmed(paused, Direction.LONG, Quantity.of(20), Price.parse("30")));
    scene.arms(scene.scaled(split, 2, 4));
    scene.price(WMT, "23");
    scene.awaitTold(split, 1);
  }

  @Test
  @DisplayName("a position that is paused while the watch runs is counted by what the ledger has")
  void aPositionThatIsPausedIsCounted() throws Exception {
    PositionId position = scene.opens(WMT);
    PositionId paused = scene.position(WMT);
    scene.arms(scene.armed(paused, 1, 1));
    scene.account.holds(WMT, 20);
    scene.watch.reload();
    scene.permissions.holds(
        new Unarmed(paused, Direction.LONG, Quantity.of(10), Price.parse("100")));
    scene.disarms(paused, 2);
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
    assertThat(scene.account.submissions)
        .as("and nothing of the other")
        .allMatch(order -> order.clientOrderId().belongsTo(position));
  }
}
