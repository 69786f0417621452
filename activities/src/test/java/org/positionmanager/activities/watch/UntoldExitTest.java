package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.positionmanager.activities.watch.WatchScene.WMT;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.broker.Refusal;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.PositionId;

/** What a watch does about an exit that came to nothing while its workflow cannot be told. */
@Timeout(60)
class UntoldExitTest {
  private final WatchScene scene = new WatchScene();
  private PositionId position;

  @BeforeEach
  void isWatchedWhileTheEngineIsAway() throws Exception {
    position = scene.opens(WMT);
    scene.watch.reload();
    scene.workflows.away = true;
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private static SubmitOutcome refused(Refusal.Kind kind) {
    return new SubmitOutcome.Refused(new Refusal(kind, 429, 0, "refused"));
  }

  /** Also once it might be tried again. */
  private void staysAtOneSubmission() {
    await()
        .during(Usage.FIRST_REST.plusMillis(500))
        .atMost(Usage.FIRST_REST.multipliedBy(3))
        .until(
            () -> {
              scene.watch.refresh();
              return scene.account.submissions() == 1;
            });
  }

  private void awaitSubmissions(int count) {
    await()
        .alias("submissions")
        .atMost(Usage.FIRST_REST.multipliedBy(10))
        .until(
            () -> {
              scene.watch.refresh();
              return scene.account.submissions() >= count;
            });
  }

  @Test
  @DisplayName("too many requests: the same exit goes again under the same id until it is taken")
  void goesAgain() {
    scene.account.answers(order -> Optional.of(refused(Refusal.Kind.RATE_LIMITED)));
    scene.price(WMT, "94");
    awaitSubmissions(2);
    scene.account.takesOrders();
    awaitSubmissions(3);
    scene.settles();
    assertThat(scene.account.submissions)
        .extracting(ExitOrder::clientOrderId)
        .containsOnly(scene.armed(position, 1, 1).clientOrderId());
    assertThat(scene.account.exits()).hasSize(1);

    scene.workflows.away = false;
    assertThat(WatchScene.isAccepted(scene.awaitTold(position, 2).getLast()))
        .as("the refusals are told once, then what became of it")
        .isTrue();
    assertThat(scene.workflows.of(position)).hasSize(2);
  }

  @Test
  @DisplayName("what is held only later is sold then")
  void whatIsHeldLaterIsSoldThen() throws Exception {
    scene.account.holds(WMT, 0);
    scene.watch.reload();
    scene.price(WMT, "94");
    scene.settles();
    assertThat(scene.account.submissions).isEmpty();
    scene.account.holds(WMT, 10);
    scene.watch.ordersMoved();
    awaitSubmissions(1);
    assertThat(scene.account.exits()).hasSize(1);
  }

  @Test
  @DisplayName("where the price has recovered meanwhile nothing is sent")
  void aPriceThatRecovered() {
    scene.account.answers(order -> Optional.of(refused(Refusal.Kind.RATE_LIMITED)));
    scene.price(WMT, "94");
    awaitSubmissions(1);
    scene.price(WMT, "99");
    staysAtOneSubmission();
  }

  @Test
  @DisplayName("an exit that a person has to look at is not sent again")
  void leftToAPerson() {
    scene.account.answers(order -> Optional.of(refused(Refusal.Kind.NEEDS_A_PERSON)));
    scene.price(WMT, "94");
    awaitSubmissions(1);
    staysAtOneSubmission();
  }

  @Test
  @DisplayName("an unknown outcome is never sent again")
  void unknown() {
    scene.account.answers(order -> Optional.of(new SubmitOutcome.Unknown("no answer")));
    scene.price(WMT, "94");
    awaitSubmissions(1);
    staysAtOneSubmission();
  }

  @Test
  @DisplayName("what is withdrawn while it waits for its turn is not sent")
  void withdrawnWhileItWaits() throws Exception {
    scene.workflows.away = false;
    scene.account.whileQueued = () -> scene.disarms(position, 2);
    scene.price(WMT, "94");
    scene.settles();
    assertThat(scene.account.submissions).isEmpty();
    assertThat(scene.workflows.of(position)).isEmpty();

    scene.account.whileQueued = () -> {};
    scene.arms(scene.armed(position, 3, 1));
    scene.awaitTold(position, 1);
    assertThat(scene.account.exits()).as("its quantity is free again").hasSize(1);
  }
}
