package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.workflows.rules.Words.gain;
import static org.positionmanager.workflows.rules.Words.minute;
import static org.positionmanager.workflows.rules.Words.percent;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What a judge learns from looks, and that it answers as one who looks for the first time. */
class JudgeTest {
  private static final Scene BOUGHT = Scene.call().bought("5.00").under(new StopLoss(gain("-60%")));

  @Test
  void peakAndTroughAreTheBestAndWorstSeenByALong() {
    Scene path = BOUGHT.priced("5.10").then().priced("4.90").then().priced("5.05").then();
    assertThat(path.basis().peak()).hasToString("5.1");
    assertThat(path.basis().trough()).hasToString("4.9");
    assertThat(path.basis().bestGain()).hasToString("2%");
    assertThat(path.basis().worstGain()).hasToString("-2%");
  }

  @Test
  void peakAndTroughAreTheLowestAndHighestSeenByAShort() {
    Scene path =
        Scene.call().sold("5.00").priced("5.10").then().priced("4.90").then().priced("5.05").then();
    assertThat(path.basis().peak()).hasToString("4.9");
    assertThat(path.basis().trough()).hasToString("5.1");
    assertThat(path.basis().bestGain()).hasToString("2%");
    assertThat(path.basis().worstGain()).hasToString("-2%");
  }

  @Test
  void neitherIsEverWorseOrBetterThanTheEntry() {
    assertThat(BOUGHT.priced("5.00").then().basis()).isEqualTo(BOUGHT.basis());
    Basis risen = BOUGHT.priced("6.00").then().basis();
    assertThat(risen.trough()).isEqualTo(risen.entry());
    assertThat(risen.track().trough()).isEmpty();
    Basis fallen = BOUGHT.priced("4.00").then().basis();
    assertThat(fallen.peak()).isEqualTo(fallen.entry());
  }

  @Test
  void aLookThatTellsNothingNewLeavesTheSameJudge() {
    Judge judge = BOUGHT.judge();
    assertThat(judge.after(BOUGHT.priced("5.00").seen())).isSameAs(judge);
    Judge risen = judge.after(BOUGHT.priced("6.00").seen());
    assertThat(risen).isNotSameAs(judge);
    assertThat(risen.after(BOUGHT.priced("6.00").seen())).isSameAs(risen);
    assertThat(risen.after(BOUGHT.priced("5.50").seen())).isSameAs(risen);
    Scene twice =
        BOUGHT.under(new Confirmed(new StopLoss(gain("-60%")), new Confirmation.Quotes(2)));
    Judge once = twice.judge().after(twice.priced("2.00").seen());
    assertThat(once.after(twice.priced("2.00").seen())).isSameAs(once);
    assertThat(once.basis().track().streaks())
        .containsExactly(new Streak("stop", 1, minute(0), minute(0)));
  }

  @Test
  void theOneShotFormAnswersTheSame() {
    Scene seen = BOUGHT.under(new TrailingStop(percent("75%"))).priced("6.00").at(3);
    Basis learnt = Evaluator.observe(seen.plan(), seen.basis(), seen.seen());
    assertThat(learnt).isEqualTo(seen.judge().after(seen.seen()).basis());
    assertThat(Evaluator.evaluate(seen.plan(), learnt, seen.seen()))
        .isEqualTo(seen.answer().decision());
    Scene hold = BOUGHT.under(new MaxHold(Duration.ofMinutes(9)));
    assertThat(Evaluator.nextChange(hold.plan(), hold.basis(), hold.seen())).contains(minute(9));
    assertThat(hold.judge().plan()).isEqualTo(hold.plan());
    assertThat(hold.judge().basis()).isEqualTo(hold.basis());
  }

  @Test
  void theNextChangeIsTheEarliestOfAllRules() {
    Scene many =
        BOUGHT.under(
            new MaxHold(Duration.ofMinutes(240)),
            new TimeStop(Duration.ofMinutes(100), percent("5%")),
            new CatastrophicStop(gain("-50%"), Duration.ofMinutes(30)));
    assertThat(many.at(0).nextChange()).contains(minute(30));
    assertThat(many.at(30).nextChange()).contains(minute(100));
    assertThat(many.at(100).nextChange()).contains(minute(240));
    assertThat(many.at(240).nextChange()).isEmpty();
  }

  @Test
  void itAsksForWhatItsRulesLookAtAndForTradesOnlyWhileQuotesAreUnusable() {
    assertThat(BOUGHT.judge().asks()).isEmpty();
    ExitRule[] every = PrecedenceTest.FIRING.toArray(ExitRule[]::new);
    assertThat(BOUGHT.under(every).judge().asks())
        .containsExactlyInAnyOrder(Extra.UNDERLYING, Extra.EQUITY);
    Scene blind = BOUGHT.unpriced().then();
    assertThat(blind.judge().asks()).containsExactly(Extra.LAST_TRADE);
    assertThat(blind.trusting(PriceSource.NEAR_SIDE).judge().asks()).isEmpty();
  }

  @Test
  void whatTheWatchSawCountsAsSeen() {
    Observation seen = BOUGHT.unpriced().seen();
    // as a build wrote it that did not note the entry
    WatchSight watch = sight(seen, null);
    Basis learnt = BOUGHT.judge().after(told(seen, watch)).basis();
    assertThat(learnt.peak()).isEqualTo(watch.peak());
    assertThat(learnt.trough()).isEqualTo(watch.trough());
  }

  @Test
  void whatIsHeldIsWhatWasOpenedLessWhatIsClosed() {
    assertThat(BOUGHT.basis().held()).isEqualTo(Quantity.of(10));
    assertThat(BOUGHT.closedSoFar("4").basis().held()).isEqualTo(Quantity.of(6));
    assertThat(BOUGHT.closedSoFar("11").basis().held()).isEqualTo(Quantity.ZERO);
    assertThat(BOUGHT.basis().closing(Quantity.ZERO)).isSameAs(BOUGHT.basis());
  }

  @Test
  void aBasisFromBeforeThereWasMoreThanThePeakIsRead() throws IOException {
    String old =
        """
        {"instrument":"DE","direction":"SHORT","entry":"100","opened":"10","peak":"98",\
        "filledAt":"2026-02-11T14:30:00Z"}""";
    Basis read = Payloads.mapper().readValue(old, Basis.class);
    assertThat(read).isEqualTo(Scene.stock().entered(Direction.SHORT, "100").peak("98").basis());
    assertThat(read.closed()).isEqualTo(Quantity.ZERO);
    assertThat(read.track()).isEqualTo(Track.NONE);
  }

  @Test
  void anObservationIsTheSameALittleLater() {
    Observation seen = BOUGHT.seen();
    assertThat(seen.later(Duration.ofMinutes(1)).moment().now()).isEqualTo(minute(1));
    assertThat(seen.later(Duration.ofMinutes(1)).quote()).isEqualTo(seen.quote());
    assertThat(seen.later(Duration.ZERO)).isEqualTo(seen);
    assertThat(Optional.of(seen.moment().isOpen())).contains(true);
  }

  private static WatchSight sight(Observation seen, Optional<Price> entry) {
    return new WatchSight(
        1, Price.parse("6.00"), Price.parse("4.00"), seen.moment().now(), true, entry);
  }

  private static Observation told(Observation seen, WatchSight watch) {
    return new Observation(
        seen.moment(),
        seen.quote(),
        seen.holding(),
        seen.expiresAt(),
        seen.lastTrade(),
        seen.underlying(),
        seen.equity(),
        Optional.of(watch));
  }

  @Test
  void whatTheWatchSawBeforeASplitCountsForNothing() {
    Observation seen = BOUGHT.unpriced().seen();
    Basis basis = BOUGHT.judge().basis();
    Basis learnt =
        BOUGHT.judge().after(told(seen, sight(seen, Optional.of(Price.parse("20"))))).basis();
    assertThat(learnt.peak()).isEqualTo(basis.peak());
    assertThat(learnt.trough()).isEqualTo(basis.trough());
    assertThat(
            BOUGHT
                .judge()
                .after(told(seen, sight(seen, Optional.of(basis.entry()))))
                .basis()
                .peak())
        .isEqualTo(Price.parse("6.00"));
  }
}
