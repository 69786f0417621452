package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.gain;
import static org.positionmanager.workflows.rules.Words.minute;
import static org.positionmanager.workflows.rules.Words.newYork;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.json.Payloads;

/** Quotes that stay unusable: how long a plan waits, and by what it then protects. */
class FallbackTest {
  private static final StopLoss STOP = new StopLoss(gain("-60%"));

  /** No quote since minute 10; two minutes of patience. */
  private static final Scene BLIND =
      Scene.call().bought("5.00").under(STOP).at(10).unpriced().then();

  @Test
  void thePatienceEndsAtItsMoment() {
    Scene traded = BLIND.traded("2.00", Duration.ofSeconds(1));
    traded.at(minute(12).minusNanos(1)).isUnknown(Why.PRICE_UNKNOWN);
    traded.at(12).fires(Why.LEVEL_REACHED);
    assertThat(traded.judge().isBlind(minute(12).minusNanos(1))).isFalse();
    assertThat(traded.judge().isBlind(minute(12))).isTrue();
    assertThat(traded.at(11).nextChange()).contains(minute(12));
    assertThat(traded.at(12).nextChange()).isEmpty();
  }

  @Test
  void aUsableQuoteEndsIt() {
    Scene seen = BLIND.at(11).priced("4.00").then();
    assertThat(seen.basis().track().unknownSince()).isEmpty();
    seen.at(13).unpriced().traded("2.00", Duration.ZERO).isUnknown(Why.PRICE_UNKNOWN);
    assertThat(seen.judge().isBlind(minute(60))).isFalse();
  }

  @Test
  void itCountsFromTheFirstLookThatHadNone() {
    Scene again = BLIND.at(11).then();
    assertThat(again.basis().track().unknownSince()).contains(minute(10));
  }

  @Test
  void whileTheMarketIsClosedNobodyQuotesAndNothingIsAmiss() {
    Scene closed = BLIND.at(400).marketClosed();
    assertThat(closed.then().basis().track().unknownSince()).isEmpty();
    closed.then().at(403).traded("2.00", Duration.ZERO).isUnknown(Why.PRICE_UNKNOWN);
  }

  @Test
  void theNightDoesNotCount() {
    Scene evening = Scene.call().bought("5.00").under(STOP).at(389).unpriced().then();
    Scene morning =
        evening
            .during("2026-02-12", "09:30", "16:00")
            .at(newYork("2026-02-12", "09:30:30"))
            .traded("2.00", Duration.ZERO);
    morning.isUnknown(Why.PRICE_UNKNOWN);
    assertThat(morning.then().basis().track().unknownSince())
        .contains(newYork("2026-02-12", "09:30"));
    morning.then().at(newYork("2026-02-12", "09:32")).fires(Why.LEVEL_REACHED);
  }

  @Test
  void theLatestTradeStandsInWhereItIsYoungEnough() {
    Scene blind = BLIND.at(12);
    RuleTrace trace = blind.traded("2.01", Duration.ZERO).holds(Why.LEVEL_NOT_REACHED);
    assertThat(trace.observed()).hasToString("2.01");
    blind.traded("2.00", Duration.ofMinutes(5)).fires(Why.LEVEL_REACHED);
    blind.traded("2.00", Duration.ofMinutes(5).plusNanos(1)).isUnknown(Why.PRICE_UNKNOWN);
    blind.traded("2.00", Duration.ofSeconds(-6)).isUnknown(Why.PRICE_UNKNOWN);
    blind.traded("0", Duration.ZERO).isUnknown(Why.PRICE_UNKNOWN);
    blind.isUnknown(Why.PRICE_UNKNOWN);
  }

  @Test
  void theSideThatAnExitTradesAgainstStandsIn() {
    Scene near = BLIND.trusting(PriceSource.NEAR_SIDE).at(12);
    near.quoted("2.00", "9.00").fires(Why.LEVEL_REACHED);
    near.quoted("2.01", "9.00").holds(Why.LEVEL_NOT_REACHED);
    near.quoted("2.00", "0").fires(Why.LEVEL_REACHED);
    near.quoted("2.00", "1.90").isUnknown(Why.PRICE_UNKNOWN);
    near.quoted("0", "9.00").isUnknown(Why.PRICE_UNKNOWN);
    near.quoted(Scene.Stamped.of("2.00", "9.00", Duration.ofSeconds(301)))
        .isUnknown(Why.PRICE_UNKNOWN);
    near.isUnknown(Why.PRICE_UNKNOWN);
  }

  @Test
  void aShortIsJudgedByTheAsk() {
    Scene sold =
        Scene.call()
            .sold("5.00")
            .under(STOP)
            .trusting(PriceSource.NEAR_SIDE)
            .at(10)
            .unpriced()
            .then()
            .at(12);
    sold.quoted("1.00", "8.00").fires(Why.LEVEL_REACHED);
    sold.quoted("1.00", "7.99").holds(Why.LEVEL_NOT_REACHED);
    sold.quoted("1.00", "0").isUnknown(Why.PRICE_UNKNOWN);
  }

  @Test
  void theFirstSourceThatHasAPriceCounts() {
    Scene both = BLIND.trusting(PriceSource.NEAR_SIDE, PriceSource.LAST_TRADE).at(12);
    Scene traded = both.traded("2.00", Duration.ZERO);
    traded.quoted("2.50", "9.00").holds(Why.LEVEL_NOT_REACHED);
    traded.unpriced().fires(Why.LEVEL_REACHED);
    both.trusting().traded("2.00", Duration.ZERO).isUnknown(Why.PRICE_UNKNOWN);
  }

  @Test
  void onlyWhatProtectsIsJudgedByIt() {
    Scene blind =
        BLIND.under(STOP, new ProfitTarget(gain("-90%"))).at(12).traded("2.50", Duration.ZERO);
    blind
        .answer()
        .says(RuleKind.STOP, Verdict.HELD, Why.LEVEL_NOT_REACHED)
        .says(RuleKind.TARGET, Verdict.UNKNOWN, Why.PRICE_UNKNOWN)
        .isUnknown();
    for (RuleKind kind : RuleKind.values()) {
      boolean protects =
          List.of(
                  RuleKind.CATASTROPHIC_STOP,
                  RuleKind.GRADED_CLOSE,
                  RuleKind.STOP,
                  RuleKind.BREAK_EVEN,
                  RuleKind.TRAILING_STOP,
                  RuleKind.TRAILING_PERCENT,
                  RuleKind.TRAILING_AMOUNT,
                  RuleKind.TRAILING_LADDER,
                  RuleKind.THETA_DECAY,
                  RuleKind.TIME_STOP)
              .contains(kind);
      assertThat(kind.isProtective()).as("%s", kind).isEqualTo(protects);
      boolean takesOrProposes =
          List.of(
                  RuleKind.TARGET,
                  RuleKind.SHRINKING_TARGET,
                  RuleKind.DTE_LADDER,
                  RuleKind.PARTIAL_EXIT,
                  RuleKind.ROLL_PROPOSAL)
              .contains(kind);
      assertThat(kind.guards()).as("%s", kind).isEqualTo(!takesOrProposes);
    }
  }

  @Test
  void aPriceThatStandsInMovesNoPeak() {
    Scene blind = BLIND.at(12).traded("9.00", Duration.ZERO).then();
    assertThat(blind.basis().peak()).hasToString("5");
  }

  @Test
  void nonsenseIsRefusedByTheNameOfTheField() throws IOException {
    Duration minute = Duration.ofMinutes(1);
    assertThatThrownBy(() -> new PriceSight(Duration.ZERO, minute, List.of()))
        .hasMessage("staleAfter must be above zero, got: PT0S");
    assertThatThrownBy(() -> new PriceSight(minute, Duration.ZERO, List.of()))
        .hasMessage("unknownAfter must be above zero, got: PT0S");
    assertThatThrownBy(() -> new PriceSight(minute, minute, List.of(PriceSource.MID)))
        .hasMessageContaining("fallbacks must not contain MID");
    assertThatThrownBy(() -> new PriceSight(null, minute, List.of()))
        .hasMessage("staleAfter must be given");
    assertThatThrownBy(() -> new PriceSight(minute, null, List.of()))
        .hasMessage("unknownAfter must be given");
    assertThatThrownBy(() -> new PriceSight(minute, minute, null))
        .hasMessage("fallbacks must be given");
    PriceSight shipped = PriceSight.of(minute);
    assertThat(shipped)
        .isEqualTo(new PriceSight(minute, Duration.ofMinutes(2), List.of(PriceSource.LAST_TRADE)));
    String written = Payloads.mapper().writeValueAsString(shipped);
    assertThat(Payloads.mapper().readValue(written, PriceSight.class)).isEqualTo(shipped);
  }
}
