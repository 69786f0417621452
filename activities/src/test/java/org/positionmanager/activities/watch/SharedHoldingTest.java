package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.positionmanager.activities.watch.WatchScene.WMT;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.broker.Refusal;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Quantity;

/** Two positions of one instrument, which the broker tells of as one holding. */
@Timeout(60)
class SharedHoldingTest {
  private static final SubmitOutcome REFUSED =
      new SubmitOutcome.Refused(new Refusal(Refusal.Kind.NEEDS_A_PERSON, 403, 0, "no"));

  private final WatchScene scene = new WatchScene();
  private PositionId first;
  private PositionId second;

  @BeforeEach
  void twoPositions() throws Exception {
    first = scene.opens(WMT);
    second = scene.position(WMT);
    scene.watch.reload();
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private boolean isOfFirst(ClientOrderId id) {
    return id.belongsTo(first);
  }

  @Test
  @DisplayName("incident 3: two exits at once never sell more than is held")
  void twoExitsAtOnceNeverSellMoreThanIsHeld() throws Exception {
    scene.account.holds(WMT, 15);
    scene.arms(scene.armed(second, 1, 1));
    scene.watch.reload();
    scene.price(WMT, "94");
    scene.awaitTold(first, 1);
    scene.awaitTold(second, 1);
    assertThat(
            scene.account.submissions.stream()
                .map(order -> order.quantity())
                .reduce(Quantity.ZERO, Quantity::plus))
        .isEqualTo(Quantity.of(15));
  }

  @Test
  @DisplayName("what was refused one position is there for the other at once")
  void whatWasRefusedOneIsThereForTheOther() throws Exception {
    scene.account.answers(
        order -> Optional.of(REFUSED).filter(it -> isOfFirst(order.clientOrderId())));
    scene.price(WMT, "94");
    scene.awaitTold(first, 1);
    scene.arms(scene.armed(second, 1, 1));
    assertThat(WatchScene.isAccepted(scene.awaitTold(second, 1).getFirst())).isTrue();
    assertThat(scene.account.exits()).hasSize(1);
  }

  @Test
  @DisplayName("who finds all of it on its way out waits for what becomes of that")
  void whoFindsAllOfItOnItsWayOutWaits() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    scene.account.answers(
        order -> {
          if (!isOfFirst(order.clientOrderId())) {
            return Optional.empty();
          }
          try {
            answered.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Optional.of(REFUSED);
        });
    scene.price(WMT, "94");
    await().until(() -> scene.account.submissions() == 1);
    scene.whenPaused(
        () -> {
          answered.countDown();
          await().until(() -> !scene.workflows.of(first).isEmpty());
        });
    scene.arms(scene.armed(second, 1, 1));
    assertThat(WatchScene.isAccepted(scene.awaitTold(second, 1).getFirst())).isTrue();
    assertThat(scene.workflows.of(first).getFirst().outcome()).contains(REFUSED);
  }

  @Test
  @DisplayName("an outcome that is not known keeps its quantity until holdings are read again")
  void anUnknownOutcomeKeepsItsQuantityUntilHoldingsAreRead() throws Exception {
    scene.account.answers(
        order ->
            Optional.<SubmitOutcome>of(new SubmitOutcome.Unknown("no answer"))
                .filter(it -> isOfFirst(order.clientOrderId())));
    scene.price(WMT, "94");
    scene.awaitTold(first, 1);
    int before = scene.account.reads();
    scene.watch.refresh();
    assertThat(scene.account.reads()).as("nobody had to tell of it").isEqualTo(before + 1);
    scene.arms(scene.armed(second, 1, 1));
    assertThat(WatchScene.isAccepted(scene.awaitTold(second, 1).getFirst())).isTrue();
  }

  @Test
  void holdingsAreReadOnlyWhereTheyMayHaveMoved() {
    scene.watch.refresh();
    int before = scene.account.reads();
    scene.watch.refresh();
    assertThat(scene.account.reads()).isEqualTo(before);
    scene.watch.ordersMoved();
    scene.account.isUnreadable(true);
    scene.watch.refresh();
    scene.account.isUnreadable(false);
    scene.watch.refresh();
    assertThat(scene.account.reads()).as("after a read that failed").isEqualTo(before + 1);
  }
}
