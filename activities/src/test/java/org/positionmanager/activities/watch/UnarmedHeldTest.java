package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.activities.watch.WatchScene.DE;
import static org.positionmanager.activities.watch.WatchScene.WMT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.watch.ArmedExit;

/** What lost its permission a moment ago, and what a ledger that does not tell of it changes. */
@Timeout(60)
class UnarmedHeldTest {
  private static final Duration TURN = Duration.ofSeconds(1);

  private final WatchScene scene = new WatchScene();

  @AfterEach
  void stop() {
    scene.close();
  }

  /** One share that was bought at 8, beside those that were bought at 100. */
  private ArmedExit oneCheap(Instrument instrument) {
    PositionId position = scene.position(instrument);
    Price entry = Price.parse("8");
    return new ArmedExit(
        position,
        1,
        1,
        scene.armed(position, 1, 1).plan(),
        new Basis(instrument, Direction.LONG, entry, Quantity.of(1), entry, WatchScene.FILLED));
  }

  private PositionId isArmedBesideACheapShare(PositionId position) throws Exception {
    ArmedExit cheap = oneCheap(position.instrument());
    scene.permissions.arm(cheap);
    scene.account.holds(position.instrument(), 11, "91.64");
    scene.watch.reload();
    return cheap.position();
  }

  @Test
  @DisplayName("what was disarmed a moment ago is not taken for missing")
  void whatWasDisarmedAMomentAgoIsNotMissing() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.disarms(isArmedBesideACheapShare(position), 2);
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
    assertThat(scene.account.submissions).hasSize(1);
  }

  @Test
  @DisplayName("beside what was disarmed a moment ago a split is seen")
  void besideWhatWasDisarmedASplitIsSeen() throws Exception {
    scene.opens(WMT);
    PositionId paused = scene.position(WMT);
    scene.permissions.arm(scene.armed(paused, 1, 1));
    PositionId other = scene.opens(DE);
    scene.account.holds(WMT, 80, "25");
    scene.watch.reload();
    scene.disarms(paused, 2);
    scene.price(WMT, "25");
    scene.price(DE, "94");
    scene.awaitTold(other, 1);
    assertThat(scene.account.submissions).as("DE's alone").hasSize(1);
  }

  @Test
  @DisplayName("what is over is held no more, whatever the ledger told of it before")
  void whatIsOverIsHeldNoMore() throws Exception {
    PositionId position = scene.opens(WMT);
    PositionId over = isArmedBesideACheapShare(position);
    scene.disarms(over, 2);
    scene.permissions.unarmedIsAway(true);
    scene.permissions.end(over);
    scene.watch.reload(over);
    scene.account.holds(WMT, 10);
    scene.watch.ordersMoved();
    scene.watch.refresh();
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
  }

  @Test
  @DisplayName("what is disarmed while the ledger is read is not forgotten with that read")
  void whatIsDisarmedDuringAReadIsNotForgotten() throws Exception {
    PositionId position = scene.opens(WMT);
    PositionId paused = isArmedBesideACheapShare(position);
    PositionId other = scene.opens(DE);
    scene.watch.reload(other);
    scene.permissions.afterReadingUnarmed(() -> scene.disarms(paused, 2));
    scene.disarms(other, 2);
    scene.watch.refresh();
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
  }

  @Test
  @DisplayName("from the next turn on it counts by what the ledger has")
  void fromTheNextTurnOnTheLedgerCounts() throws Exception {
    PositionId position = scene.opens(WMT);
    PositionId paused = scene.position(WMT);
    scene.permissions.arm(scene.armed(paused, 1, 1));
    scene.account.holds(WMT, 60, "26.67");
    scene.watch.reload();
    scene.disarms(paused, 2);
    scene.permissions.holds(
        new Unarmed(paused, Direction.LONG, Quantity.of(5), Price.parse("120")));
    scene.watch.refresh();
    scene.price(WMT, "25");
    scene.settles();
    assertThat(scene.account.submissions).as("a split, by what it holds").isEmpty();
    scene.permissions.holds(
        new Unarmed(paused, Direction.LONG, Quantity.of(20), Price.parse("30")));
    scene.arms(scene.scaled(position, 2, 4));
    scene.price(WMT, "23");
    scene.awaitTold(position, 1);
  }

  @Test
  @DisplayName("a thousand that lose their permission are asked for once, in the next turn")
  void aThousandAreAskedForOnce() throws Exception {
    List<PositionId> all = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      all.add(scene.opens(WMT));
    }
    scene.watch.reload();
    int before = scene.permissions.unarmedReads();
    for (PositionId one : all) {
      scene.disarms(one, 2);
    }
    assertThat(scene.permissions.unarmedReads()).isEqualTo(before);
    scene.watch.refresh();
    scene.watch.refresh();
    assertThat(scene.permissions.unarmedReads()).isEqualTo(before + 1);
  }

  @Test
  @DisplayName("a permission is taken back although the ledger does not tell what is not armed")
  void aPermissionIsTakenBackWithoutIt() throws Exception {
    PositionId withdrawn = scene.opens(WMT);
    PositionId other = scene.opens(DE);
    scene.watch.reload();
    scene.permissions.unarmedIsAway(true);
    scene.disarms(withdrawn, 2);
    scene.price(WMT, "94");
    scene.watch.refresh();
    scene.price(DE, "94");
    scene.awaitTold(other, 1);
    assertThat(scene.account.submissions).hasSize(1);
  }

  @Test
  @DisplayName("a watch begins to protect although the ledger does not tell what is not armed")
  void aWatchBeginsWithoutIt() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.permissions.unarmedIsAway(true);
    scene.watch.reload();
    assertThat(scene.watch.mustReload()).isFalse();
    assertThat(scene.permissions.acknowledged(position)).isEqualTo(1);
    scene.permissions.unarmedIsAway(false);
    int before = scene.permissions.unarmedReads();
    scene.passes(TURN);
    scene.watch.refresh();
    assertThat(scene.permissions.unarmedReads()).as("asked again").isEqualTo(before + 1);
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
  }

  @Test
  @DisplayName("a position that cannot say what it holds keeps no permission from being taken")
  void aPositionThatCannotSayWhatItHolds() throws Exception {
    PositionId position = scene.opens(WMT);
    PositionId odd = scene.position(WMT);
    scene.permissions.arm(scene.armedWithoutQuantity(odd));
    scene.watch.reload();
    scene.permissions.disarm(odd, 2);
    scene.watch.reload();
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
  }
}
