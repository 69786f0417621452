package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.activities.watch.WatchScene.DE;
import static org.positionmanager.activities.watch.WatchScene.WMT;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.rules.Confirmation;
import org.positionmanager.workflows.rules.Confirmed;
import org.positionmanager.workflows.rules.DayTradeClose;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.watch.ExitSent;

/** What time alone makes of a position, where no quote comes. */
@Timeout(60)
class JudgedByTimeTest {
  private static final StopLoss STOP = new StopLoss(new Level.AtPrice(Price.parse("95")));
  private static final DayTradeClose BEFORE_CLOSE = new DayTradeClose(Duration.ofMinutes(5));

  private final WatchScene scene = new WatchScene();

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  @DisplayName("a confirmation that lasts is over without another quote")
  void aConfirmationThatLastsIsOverWithoutAnotherQuote() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.arms(
        scene.armed(
            position, 2, 1, new Confirmed(STOP, new Confirmation.Lasting(Duration.ofSeconds(20)))));
    scene.watch.reload();
    scene.price(WMT, "94");
    scene.passes(Duration.ofSeconds(19));
    scene.watch.refresh();
    scene.settles();
    assertThat(scene.account.submissions).isEmpty();
    scene.passes(Duration.ofSeconds(1));
    scene.watch.refresh();
    scene.awaitTold(position, 1);
    assertThat(scene.account.exits()).hasSize(1);
  }

  @Test
  @DisplayName("time fires where nothing was ever quoted")
  void timeFiresWhereNothingWasEverQuoted() throws Exception {
    PositionId position = scene.opens(DE);
    scene.arms(scene.armed(position, 2, 1, BEFORE_CLOSE));
    scene.watch.reload();
    scene.passes(Duration.ofMinutes(355));
    scene.watch.refresh();
    ExitSent told = scene.awaitTold(position, 1).getFirst();
    assertThat(told.quote()).isEmpty();
    assertThat(scene.account.exits()).hasSize(1);
  }

  @Test
  @DisplayName("what was looked at on one day is looked at anew on the next")
  void whatWasLookedAtOnOneDayIsLookedAtAnewOnTheNext() throws Exception {
    PositionId position = scene.opens(DE);
    scene.watch.reload();
    scene.arms(scene.armed(position, 2, 1, BEFORE_CLOSE));
    scene.watch.refresh();
    scene.passes(Duration.ofDays(1));
    scene.watch.refresh();
    scene.settles();
    assertThat(scene.account.submissions).as("in the morning").isEmpty();
    scene.passes(Duration.ofMinutes(355));
    scene.watch.refresh();
    scene.awaitTold(position, 1);
    assertThat(scene.account.exits()).hasSize(1);
  }

  @Test
  @DisplayName("a quote stamped ahead of the clock counts as soon as its time has come")
  void aQuoteStampedAheadCountsAsSoonAsItsTimeHasCome() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.watch.reload();
    scene.quote(WMT, "94", scene.now().plusSeconds(8));
    scene.watch.refresh();
    scene.settles();
    assertThat(scene.account.submissions).isEmpty();
    scene.passes(Duration.ofSeconds(4));
    scene.watch.refresh();
    scene.awaitTold(position, 1);
    assertThat(scene.account.exits()).hasSize(1);
  }
}
