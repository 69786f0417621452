package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.activities.watch.WatchScene.WMT;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.broker.Refusal;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.PositionId;

/** When a permission for the same exit may be used again. */
@Timeout(60)
class UsedUpTest {
  private static final SubmitOutcome REFUSED =
      new SubmitOutcome.Refused(
          new Refusal(Refusal.Kind.RATE_LIMITED, 429, 0, "too many requests"));

  private final WatchScene scene = new WatchScene();
  private PositionId position;

  @BeforeEach
  void watched() throws Exception {
    position = scene.opens(WMT);
    scene.watch.reload();
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  @DisplayName("where nothing was sent, a later permission for the same exit is used")
  void whereNothingWasSentALaterPermissionIsUsed() throws Exception {
    scene.account.holds(WMT, 0);
    scene.watch.reload();
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
    scene.account.holds(WMT, 10);
    scene.watch.reload();
    scene.price(WMT, "93");
    scene.settles();
    assertThat(scene.account.submissions).as("the same permission").isEmpty();

    scene.arms(scene.armed(position, 2, 1));
    assertThat(WatchScene.isAccepted(scene.awaitTold(position, 2).getLast())).isTrue();
    assertThat(scene.account.exits()).hasSize(1);
  }

  @Test
  @DisplayName("after a refusal, a later permission for the same exit is used")
  void afterARefusalALaterPermissionIsUsed() throws Exception {
    scene.account.answers(order -> Optional.of(REFUSED));
    scene.price(WMT, "94");
    assertThat(scene.awaitTold(position, 1).getFirst().outcome()).contains(REFUSED);
    scene.account.takesOrders();
    scene.price(WMT, "93");
    scene.watch.refresh();
    scene.settles();
    assertThat(scene.account.submissions).as("the same permission").hasSize(1);

    scene.arms(scene.armed(position, 2, 1));
    assertThat(WatchScene.isAccepted(scene.awaitTold(position, 2).getLast())).isTrue();
  }

  @Test
  @DisplayName("incident 5: what was accepted is never sent again, whatever is armed")
  void whatWasAcceptedIsNeverSentAgain() throws Exception {
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
    scene.arms(scene.armed(position, 2, 1));
    scene.watch.refresh();
    scene.price(WMT, "93");
    scene.settles();
    assertThat(scene.account.submissions).hasSize(1);
  }

  @Test
  @DisplayName("what may have been accepted is never sent again, whatever is armed")
  void whatMayHaveBeenAcceptedIsNeverSentAgain() throws Exception {
    scene.account.answers(order -> Optional.of(new SubmitOutcome.Unknown("no answer")));
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
    scene.arms(scene.armed(position, 2, 1));
    scene.watch.refresh();
    scene.price(WMT, "93");
    scene.settles();
    assertThat(scene.account.submissions).hasSize(1);
  }

  @Test
  void theNextExitIsUsedWhateverBecameOfTheOneBefore() throws Exception {
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
    scene.account.fills(scene.account.exits().getFirst().id());
    scene.account.holds(WMT, 5);
    scene.watch.ordersMoved();
    scene.watch.refresh();
    scene.arms(scene.armed(position, 2, 2));
    assertThat(scene.awaitTold(position, 2).getLast().exit()).isEqualTo(2);
    assertThat(scene.account.exits()).hasSize(2);
  }
}
