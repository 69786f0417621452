package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.positionmanager.activities.watch.WatchScene.WMT;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.watch.ArmedExit;
import org.positionmanager.workflows.watch.ExitSent;

/** Breaches while orders that are not ours, such as the legs of a bracket, hold the quantity. */
@Timeout(60)
class HeldByOrdersTest {
  private final WatchScene scene = new WatchScene();
  private PositionId position;
  private BrokerOrderId leg;

  @BeforeEach
  void aBracketHoldsAll() throws Exception {
    position = scene.opens(WMT);
    leg = scene.account.protects(WMT, 10);
    scene.watch.reload();
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  @DisplayName("what protected is cancelled, awaited, and the exit sent, while the engine is away")
  void theWatchFreesTheQuantityAndSendsItself() throws Exception {
    scene.workflows.away = true;
    scene.account.cancelsAfterLooks(3);
    scene.price(WMT, "94");
    await().until(() -> !scene.account.exits().isEmpty());
    assertThat(scene.account.cancelled).containsExactly(leg);
    assertThat(scene.account.submissions)
        .singleElement()
        .satisfies(
            order -> {
              assertThat(order.clientOrderId())
                  .isEqualTo(scene.armed(position, 1, 1).clientOrderId());
              assertThat(order.quantity()).isEqualTo(Quantity.of(10));
            });
    scene.workflows.away = false;
    List<ExitSent> told = scene.awaitTold(position, 1);
    assertThat(told).as("told once, with the outcome").hasSize(1);
    assertThat(WatchScene.isAccepted(told.getFirst())).isTrue();
  }

  @Test
  @DisplayName("orders that came to hold it since holdings were read are cancelled after a refusal")
  void ordersThatCameMeanwhileAreCancelledAfterARefusal() throws Exception {
    PositionId unprotected = scene.opens(WatchScene.DE);
    scene.watch.reload();
    BrokerOrderId late = scene.account.protects(WatchScene.DE, 10);
    scene.price(WatchScene.DE, "94");
    assertThat(scene.awaitTold(unprotected, 1))
        .singleElement()
        .satisfies(told -> assertThat(WatchScene.isAccepted(told)).isTrue());
    assertThat(scene.account.cancelled).containsExactly(late);
    assertThat(scene.account.submissions).as("refused, then taken").hasSize(2);
  }

  @Test
  void whatCannotBeFreedInTimeIsLeftToTheWorkflow() {
    scene.account.cancelsAfterLooks(Integer.MAX_VALUE);
    scene.price(WMT, "94");
    assertThat(scene.awaitTold(position, 1))
        .singleElement()
        .satisfies(told -> assertThat(told.outcome()).isEmpty());
    assertThat(scene.account.submissions).isEmpty();
    assertThat(scene.account.cancelled).as("asked for once").containsExactly(leg);
    assertThat(scene.account.looks()).as("of 200 requests a minute").isBetween(10, 20);
  }

  @Test
  void whereTheOrderFillsInsteadNothingIsSent() {
    scene.account.cancelsAfterLooks(Integer.MAX_VALUE);
    scene.account.whenCancelled(() -> scene.account.fills(leg));
    scene.price(WMT, "94");
    assertThat(scene.awaitTold(position, 1))
        .singleElement()
        .satisfies(told -> assertThat(told.outcome()).isEmpty());
    assertThat(scene.account.submissions).isEmpty();
  }

  @Test
  @DisplayName("incident 5: workflow and watch both send what was freed, and one order is made")
  void workflowAndWatchMakeOneOrder() {
    ArmedExit armed = scene.armed(position, 1, 1);
    scene.account.answers(
        order -> {
          scene.account.taken(armed.order(Quantity.of(10), Optional.empty()));
          return Optional.empty();
        });
    scene.price(WMT, "94");
    ExitSent told = scene.awaitTold(position, 1).getFirst();
    assertThat(scene.account.exits()).hasSize(1);
    assertThat(told.outcome())
        .contains(new SubmitOutcome.Accepted(scene.account.exits().getFirst()));
  }

  @Test
  void whatIsUnreadableWhileItWaitsIsAskedForAgain() {
    scene.account.whenCancelled(() -> scene.account.isUnreadable(true));
    scene.whenPaused(() -> scene.account.isUnreadable(false));
    scene.price(WMT, "94");
    assertThat(WatchScene.isAccepted(scene.awaitTold(position, 1).getFirst())).isTrue();
  }

  @Test
  @DisplayName("a permission taken away while it waits is not used, and the workflow is told")
  void aPermissionTakenAwayMeanwhileIsNotUsed() {
    scene.account.whenCancelled(() -> scene.disarms(position, 2));
    scene.price(WMT, "94");
    assertThat(scene.awaitTold(position, 1))
        .singleElement()
        .satisfies(told -> assertThat(told.outcome()).isEmpty());
    assertThat(scene.account.submissions).isEmpty();
  }

  @Test
  @DisplayName(
      "incident 13: a process that stood still while it waited reads again before it sends")
  void aStandstillMeanwhileIsReadAgainBeforeAnythingIsSent() throws Exception {
    scene.account.whenCancelled(
        () -> scene.standsStill(WatchScene.STOOD_STILL_AFTER.plusMillis(1)));
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
    assertThat(scene.account.submissions).isEmpty();
    assertThat(scene.watch.mustReload()).isTrue();

    scene.watch.pulse();
    scene.watch.reload();
    scene.awaitTold(position, 2);
    assertThat(scene.account.exits()).hasSize(1);
  }

  @Test
  void aWatchThatStopsWaitsNoLonger() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    scene.account.cancelsAfterLooks(Integer.MAX_VALUE);
    scene.account.whenCancelled(asked::countDown);
    scene.clockStands();
    scene.price(WMT, "94");
    asked.await();
    scene.close();
    assertThat(scene.workflows.of(position))
        .singleElement()
        .satisfies(told -> assertThat(told.outcome()).isEmpty());
  }
}
