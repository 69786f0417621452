package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.activities.watch.WatchScene.WMT;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.rules.TrailingPercent;
import org.positionmanager.workflows.rules.UnderlyingStop;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.UnderlyingPrice;
import org.positionmanager.workflows.watch.ArmedExit;
import org.positionmanager.workflows.watch.ExitSent;

/** What a watch makes of the quotes it sees. */
@Timeout(60)
class AccountWatchTest {
  private static final Instrument CALL = Instrument.parse("WMT260320C00110000");

  private final WatchScene scene = new WatchScene();

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  @DisplayName("the quote that breaches sends the agreed order, once, and its workflow is told")
  void theQuoteThatBreachesSendsTheAgreedOrderOnce() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.watch.reload();
    scene.price(WMT, "95.01");
    scene.settles();
    assertThat(scene.account.submissions).as("a cent above the stop").isEmpty();

    scene.price(WMT, "95.00");
    scene.price(WMT, "94.00");
    ExitSent told = scene.awaitTold(position, 1).getFirst();

    assertThat(scene.account.submissions).hasSize(1);
    ExitOrder order = scene.account.submissions.getFirst();
    assertThat(order.clientOrderId()).isEqualTo(scene.armed(position, 1, 1).clientOrderId());
    assertThat(order.clientOrderId().attempt()).isOne();
    assertThat(order.quantity()).isEqualTo(Quantity.of(10));
    assertThat(scene.workflows.of(position)).hasSize(1);
    assertThat(WatchScene.isAccepted(told)).isTrue();
    assertThat(told.quote().orElseThrow().bid()).isEqualTo(Price.parse("95"));
  }

  @Test
  void aBreachThatIsThereAlreadyIsActedOnWhenItIsArmed() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.price(WMT, "94");
    scene.watch.reload();
    scene.awaitTold(position, 1);
    assertThat(scene.account.exits()).hasSize(1);
  }

  @Test
  @DisplayName("a quote from before the position was filled closes nothing")
  void aQuoteFromBeforeTheEntryClosesNothing() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.quote(WMT, "94", WatchScene.FILLED.minusMillis(1));
    scene.watch.reload();
    scene.watch.refresh();
    scene.settles();
    assertThat(scene.account.submissions).isEmpty();
    scene.quote(WMT, "94", WatchScene.FILLED);
    scene.awaitTold(position, 1);
    assertThat(scene.account.submissions).hasSize(1);
  }

  @Test
  @DisplayName("what passes without a usable quote is noted as not seen: bars tell of it later")
  void whatPassesWithoutAQuoteIsNotSeen() throws Exception {
    scene.opens(WMT);
    scene.watch.reload();
    scene.price(WMT, "100");
    scene.passes(Duration.ofMinutes(5));
    scene.watch.refresh();
    Instant seenUpTo = scene.now();
    scene.passes(Duration.ofMinutes(5));
    scene.watch.refresh();
    scene.watch.refresh();
    scene.watch.notes().note(true);
    assertThat(scene.permissions.noted.getLast().evaluatedAt()).isBeforeOrEqualTo(seenUpTo);

    scene.price(WMT, "101");
    scene.watch.notes().note(true);
    assertThat(scene.permissions.noted.getLast().evaluatedAt())
        .as("until bars have told of it")
        .isBeforeOrEqualTo(seenUpTo);
  }

  @Test
  @DisplayName(
      "what a quote that is too wide stands beside counts as seen: no bar makes a peak of it")
  void whatIsTooWideIsSeen() throws Exception {
    scene.opens(WMT);
    scene.watch.reload();
    scene.price(WMT, "100");
    scene.spread(WMT, "60", "140");
    scene.passes(Duration.ofMinutes(2));
    scene.spread(WMT, "61", "140");
    Instant wide = scene.now();
    scene.watch.notes().note(true);
    assertThat(scene.permissions.noted.getLast().evaluatedAt()).isAfter(wide.minusMillis(1));
    scene.price(WMT, "100");
    scene.watch.notes().note(true);
    assertThat(scene.permissions.noted.getLast().evaluatedAt()).isAfter(wide.minusMillis(1));
  }

  @Test
  @DisplayName("while the market is closed holdings are read once, and when an order moved")
  void aClosedMarketIsNotAskedAgain() throws Exception {
    scene.opens(WMT);
    scene.isClosedToday();
    scene.watch.reload();
    int before = scene.account.reads();
    assertThat(before).isPositive();
    scene.watch.reload();
    scene.watch.refresh();
    scene.watch.reload();
    assertThat(scene.account.reads()).isEqualTo(before);
    scene.watch.ordersMoved();
    scene.watch.refresh();
    assertThat(scene.account.reads()).isEqualTo(before + 1);
  }

  @Test
  @DisplayName("incident 3: never more is sent than was last seen held")
  void neverMoreIsSentThanWasLastSeenHeld() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.account.holds(WMT, 4);
    scene.watch.reload();
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
    assertThat(scene.account.submissions)
        .singleElement()
        .satisfies(order -> assertThat(order.quantity()).isEqualTo(Quantity.of(4)));
  }

  @Test
  void whatIsNotSeenToBeHeldIsLeftToItsWorkflow() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.account.holds(WMT, 0);
    scene.watch.reload();
    scene.price(WMT, "94");
    assertThat(scene.awaitTold(position, 1).getFirst().outcome()).isEmpty();
    assertThat(scene.account.submissions).isEmpty();
  }

  @Test
  void anUnknownOutcomeIsToldAsUnknown() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.watch.reload();
    scene.account.answers(order -> Optional.of(new SubmitOutcome.Unknown("no answer")));
    scene.price(WMT, "94");
    assertThat(scene.awaitTold(position, 1).getFirst().outcome())
        .contains(new SubmitOutcome.Unknown("no answer"));
  }

  @Test
  void aSubmissionThatThrowsIsToldAsUnknown() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.watch.reload();
    scene.account.answers(
        order -> {
          throw new IllegalStateException("a defect");
        });
    scene.price(WMT, "94");
    assertThat(scene.awaitTold(position, 1).getFirst().outcome().orElseThrow())
        .isInstanceOf(SubmitOutcome.Unknown.class);
  }

  @Test
  void aQuoteThatTheExchangeMadeEarlierIsNotJudged() throws Exception {
    scene.opens(WMT);
    scene.watch.reload();
    scene.passes(Duration.ofSeconds(2));
    scene.price(WMT, "100");
    scene.quote(WMT, "94", scene.now().minusSeconds(1));
    scene.settles();
    assertThat(scene.account.submissions).isEmpty();
  }

  @Test
  void aClosedMarketSendsNothing() throws Exception {
    scene.opens(WMT);
    scene.isClosedToday();
    scene.watch.reload();
    scene.price(WMT, "94");
    scene.watch.refresh();
    scene.settles();
    assertThat(scene.account.submissions).isEmpty();
    assertThat(scene.workflows.told).isEmpty();
  }

  @Test
  void anAdjustedPlanIsGoneByAndAcknowledged() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.watch.reload();
    assertThat(scene.permissions.acknowledged(position)).isOne();
    scene.arms(scene.armed(position, 2, 1, stopAt("90")));
    assertThat(scene.permissions.acknowledged(position)).isEqualTo(2);
    scene.price(WMT, "94");
    scene.settles();
    assertThat(scene.account.submissions).as("by the stop at 90").isEmpty();
    scene.price(WMT, "90");
    assertThat(scene.awaitTold(position, 1).getFirst().arming()).isEqualTo(2);
  }

  @Test
  void aPermissionTakenAwayIsAcknowledgedAndNotUsed() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.watch.reload();
    scene.permissions.disarm(position, 2);
    scene.watch.reload(position);
    assertThat(scene.permissions.acknowledged(position)).isEqualTo(2);
    assertThat(scene.watch.armed()).isZero();
    scene.price(WMT, "94");
    scene.settles();
    assertThat(scene.account.submissions).isEmpty();
  }

  @Test
  void aPositionThatIsOverIsForgottenAndNoLongerFollowed() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.watch.reload();
    assertThat(scene.inputs.followed).containsExactly(WMT);
    scene.permissions.end(position);
    scene.watch.reload(position);
    assertThat(scene.inputs.followed).isEmpty();
    scene.price(WMT, "94");
    scene.settles();
    assertThat(scene.account.submissions).isEmpty();
  }

  @Test
  @DisplayName("incident 11: a peak survives the permission's replacement")
  void aPeakSurvivesTheReplacement() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.arms(trailing(position, 2));
    scene.watch.reload();
    scene.price(WMT, "120");
    scene.arms(trailing(position, 3));
    scene.price(WMT, "108.01");
    scene.settles();
    assertThat(scene.account.submissions).isEmpty();
    scene.price(WMT, "108");
    assertThat(scene.awaitTold(position, 1).getFirst().peak()).isEqualTo(Price.parse("120"));
  }

  @Test
  @DisplayName("incident 11: a peak that an earlier watch has noted counts")
  void aPeakThatAnEarlierWatchNotedCounts() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.permissions.arm(trailing(position, 2), Optional.of(Price.parse("120")));
    scene.watch.reload();
    scene.price(WMT, "108");
    scene.awaitTold(position, 1);
    assertThat(scene.account.exits()).hasSize(1);
  }

  @Test
  void whatWasSeenIsNotedOnceUntilItChanges() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.watch.reload();
    scene.price(WMT, "120");
    scene.watch.notes().note(false);
    scene.watch.notes().note(false);
    assertThat(scene.permissions.noted)
        .singleElement()
        .satisfies(
            seen -> {
              assertThat(seen.position()).isEqualTo(position);
              assertThat(seen.peak()).isEqualTo(Price.parse("120"));
              assertThat(seen.trough()).isEqualTo(Price.parse("100"));
              assertThat(seen.freshFor()).isEqualTo(Duration.ofSeconds(45));
            });
  }

  @Test
  void aPermissionThatIsUsedUpIsNotVouchedFor() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.watch.reload();
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
    scene.watch.notes().note(true);
    assertThat(scene.permissions.noted.getLast().freshFor()).isZero();
  }

  @Test
  void anOptionIsJudgedByItsUnderlyingsQuotes() throws Exception {
    PositionId position = scene.position(CALL);
    scene.account.holds(CALL, 10);
    scene.permissions.arm(
        scene.armed(position, 1, 1, new UnderlyingStop(UnderlyingPrice.parse("105"))));
    scene.watch.reload();
    assertThat(scene.inputs.followed).containsExactlyInAnyOrder(CALL, WMT);
    scene.price(WMT, "105");
    scene.awaitTold(position, 1);
    assertThat(scene.account.exits()).hasSize(1);
  }

  @Test
  @DisplayName("a judge that fails keeps no other position of the instrument from its exit")
  void aJudgeThatFailsKeepsNoOtherFromItsExit() throws Exception {
    PositionId position = scene.opens(WMT);
    for (int other = 0; other < 5; other++) {
      scene.permissions.arm(scene.armedWithoutQuantity(scene.position(WMT)));
    }
    scene.watch.reload();
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
    assertThat(scene.account.exits()).hasSize(1);
  }

  private ArmedExit trailing(PositionId position, int arming) {
    return scene.armed(position, arming, 1, new TrailingPercent(Percent.of(10), Percent.of(0)));
  }

  private static StopLoss stopAt(String price) {
    return new StopLoss(new Level.AtPrice(Price.parse(price)));
  }
}
