package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.workflows.rules.Words.gain;
import static org.positionmanager.workflows.rules.Words.minute;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.value.Price;

/** Which quotes have a price that rules may judge, and which say nothing. */
class JudgedPriceTest {
  private static final StopLoss STOP = new StopLoss(gain("-60%"));
  private static final Scene CALL = Scene.call().bought("5.00").under(STOP).at(40);
  private static final Scene STOCK = Scene.stock().bought("100").under(STOP).at(40);

  @ParameterizedTest
  @CsvSource({
    "3.00, 5.00, USABLE",
    "2.99, 5.00, TOO_WIDE",
    "0.05, 0.15, USABLE",
    "0.05, 0.16, TOO_WIDE",
    "0,    0.05, USABLE",
    "0,    0.10, USABLE",
    "0,    0.11, TOO_WIDE",
    "5.00, 5.00, USABLE",
    "5.01, 5.00, CROSSED",
    "5.00, 0,    EMPTY",
    "0,    0,    EMPTY"
  })
  void aContractsQuote(String bid, String ask, String expected) {
    assertIs(CALL.quoted(bid, ask), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "95,    105,  USABLE",
    "94.99, 105,  TOO_WIDE",
    "1,     100,  TOO_WIDE",
    "0.20,  0.30, USABLE",
    "0.20,  0.31, TOO_WIDE",
    "0,     100,  EMPTY",
    "0,     0.05, EMPTY",
    "100,   0,    EMPTY",
    "100.01, 100, CROSSED"
  })
  void aSharesQuote(String bid, String ask, String expected) {
    assertIs(STOCK.quoted(bid, ask), expected);
  }

  @Test
  @DisplayName("incident 25: a quote is judged up to its plan's age, and not a moment older")
  void aQuoteIsJudgedUpToItsAge() {
    Duration limit = Duration.ofMinutes(5);
    CALL.priced("2.00", limit).fires(Why.LEVEL_REACHED);
    RuleTrace stale = CALL.priced("2.00", limit.plusNanos(1)).isUnknown(Why.PRICE_UNKNOWN);
    assertThat(stale.observed()).hasToString("STALE");
    assertThat(stale.because())
        .isEqualTo("no usable price: the quote is 300 s old, more than 300 s");
  }

  @Test
  void aQuoteMayBeAheadByWhatClocksDiffer() {
    CALL.priced("2.00", Duration.ofSeconds(-5)).fires(Why.LEVEL_REACHED);
    RuleTrace ahead =
        CALL.priced("2.00", Duration.ofSeconds(-5).minusNanos(1)).isUnknown(Why.PRICE_UNKNOWN);
    assertThat(ahead.observed()).hasToString("FROM_THE_FUTURE");
    assertThat(ahead.because()).contains("the quote is stamped 2026-02-11T15:10:05.000000001Z");
  }

  @ParameterizedTest
  @CsvSource({"10, 50", "1.5, 10", "0.5, 5"})
  void theToleranceIsRealTimeOnADayThatIsSimulated(double speed, int seconds) {
    assertThat(isUsable(speed, Duration.ofSeconds(seconds))).isTrue();
    assertThat(isUsable(speed, Duration.ofSeconds(seconds).plusNanos(1))).isFalse();
  }

  private static boolean isUsable(double speed, Duration ahead) {
    MarketMoment moment = CALL.seen().moment();
    Price five = Price.parse("5");
    Observation seen =
        new Observation(
            new MarketMoment(moment.now(), moment.current(), moment.next(), speed),
            Optional.of(new Quote(five, five, moment.now().plus(ahead))),
            Optional.empty(),
            Optional.empty());
    return JudgedPrice.of(CALL.sight(), Scene.CALL, seen) instanceof JudgedPrice.Usable;
  }

  @Test
  @DisplayName("incident 14: what is unknown is neither safe nor an exit, and moves no peak")
  void whatIsUnusableIsNeitherSafeNorAnExit() {
    for (Scene unusable :
        new Scene[] {
          CALL.unpriced(),
          CALL.priced("1", Duration.ofSeconds(301)),
          CALL.priced("50", Duration.ofSeconds(-6)),
          CALL.quoted("9.50", "9.40"),
          CALL.quoted("0", "0"),
          CALL.quoted("0.10", "30")
        }) {
      unusable.isUnknown(Why.PRICE_UNKNOWN);
      assertThat(unusable.then().basis().peak()).isEqualTo(CALL.basis().peak());
      assertThat(unusable.then().basis().trough()).isEqualTo(CALL.basis().entry());
    }
  }

  @Test
  void theMidIsExact() {
    RuleTrace trace = CALL.quoted("1.99", "2.02").holds(Why.LEVEL_NOT_REACHED);
    assertThat(trace.observed()).hasToString("2.005");
    CALL.quoted("1.98", "2.02").fires(Why.LEVEL_REACHED);
  }

  @Test
  void aContractThatIsNearlyWorthlessIsJudgedThoughNobodyBids() {
    CALL.quoted("0", "0.05").at(minute(41)).exits(ExitReason.STOP);
  }

  private static void assertIs(Scene scene, String expected) {
    String found =
        switch (JudgedPrice.of(scene.sight(), scene.basis().instrument(), scene.seen())) {
          case JudgedPrice.Usable usable -> "USABLE";
          case JudgedPrice.Unusable unusable -> unusable.flaw().name();
        };
    assertThat(found).isEqualTo(expected);
  }
}
