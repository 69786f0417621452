package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.UnderlyingPrice;

class UnderlyingStopTest implements RuleContract {
  private static final UnderlyingStop RULE = new UnderlyingStop(UnderlyingPrice.parse("395"));
  private static final Scene CALL = Scene.call().bought("5.00").under(RULE);

  @Override
  public ExitRule rule() {
    return RULE;
  }

  @ParameterizedTest
  @CsvSource({
    "MSFT260220C00400000, LONG,  395.01, 395.00, 394.99",
    "MSFT260220P00400000, SHORT, 395.01, 395.00, 394.99",
    "MSFT260220C00400000, SHORT, 394.99, 395.00, 395.01",
    "MSFT260220P00400000, LONG,  394.99, 395.00, 395.01"
  })
  void itFiresOnTheSideThatHarms(
      String symbol, Direction direction, String before, String at, String beyond) {
    Scene held = Scene.of(Instrument.parse(symbol)).entered(direction, "5.00").under(RULE);
    held.underlying(before).holds(Why.LEVEL_NOT_REACHED);
    held.underlying(at).fires(Why.LEVEL_REACHED);
    held.underlying(beyond).fires(Why.LEVEL_REACHED);
    held.underlying(beyond).exits(ExitReason.UNDERLYING_STOP);
  }

  @Test
  @DisplayName("incident 10: a level of the underlying is not compared with the premium")
  void thePremiumDoesNotMatter() {
    CALL.priced("0.05").underlying("395.01").holds(Why.LEVEL_NOT_REACHED);
    CALL.priced("500").underlying("395.00").fires(Why.LEVEL_REACHED);
    CALL.unpriced().underlying("395.00").fires(Why.LEVEL_REACHED);
    assertThat(CALL.level()).isEmpty();
  }

  @Test
  void withoutAUsableQuoteOfTheUnderlyingItIsUnknown() {
    CALL.isUnknown(Why.UNDERLYING_UNKNOWN);
    CALL.underlying("390", Duration.ofSeconds(61)).isUnknown(Why.UNDERLYING_UNKNOWN);
    CALL.underlying("390", Duration.ofSeconds(60)).fires(Why.LEVEL_REACHED);
  }

  @Test
  @DisplayName(
      "the underlying's latest trade stands in where it was asked for, no older than a minute")
  void theLatestTradeOfTheUnderlyingStandsIn() {
    Scene stale = CALL.underlying("396", Duration.ofSeconds(61));
    RuleTrace trace =
        stale.underlyingTraded("395.01", Duration.ofSeconds(1)).holds(Why.LEVEL_NOT_REACHED);
    assertThat(trace.observed()).hasToString("underlying 395.01");
    stale.underlyingTraded("395.00", Duration.ofSeconds(60)).fires(Why.LEVEL_REACHED);
    stale
        .underlyingTraded("395.00", Duration.ofSeconds(60).plusNanos(1))
        .isUnknown(Why.UNDERLYING_UNKNOWN);
    stale.underlyingTraded("395.00", Duration.ofSeconds(-6)).isUnknown(Why.UNDERLYING_UNKNOWN);
    stale.underlyingTraded("0", Duration.ZERO).isUnknown(Why.UNDERLYING_UNKNOWN);
    CALL.underlyingTraded("395.00", Duration.ZERO).fires(Why.LEVEL_REACHED);
    CALL.underlying("396").underlyingTraded("390", Duration.ZERO).holds(Why.LEVEL_NOT_REACHED);
  }

  @Test
  void tradesThatStandInConfirmAsQuotesDo() {
    Scene first =
        CALL.under(new Confirmed(RULE, new Confirmation.Quotes(2)))
            .at(1)
            .underlyingTraded("395", Duration.ofSeconds(5));
    first.isSuppressed(Why.NOT_CONFIRMED);
    first
        .then()
        .at(Words.minute(1).plusSeconds(5))
        .underlyingTraded("395", Duration.ofSeconds(10))
        .isSuppressed(Why.NOT_CONFIRMED);
    first.then().at(2).underlyingTraded("394", Duration.ZERO).fires(Why.LEVEL_REACHED);
    first.then().at(2).underlying("394").fires(Why.LEVEL_REACHED);
  }

  @Test
  void itShowsTheUnderlyingAsSuch() {
    RuleTrace trace = CALL.underlying("396").holds(Why.LEVEL_NOT_REACHED);
    assertThat(trace.level()).hasToString("underlying 395");
    assertThat(trace.observed()).hasToString("underlying 396");
  }
}
