package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.value.Price;

/** Which part of an observation says something of a position. */
class ObservationTest {
  private static final Instant FILLED = Instant.parse("2026-02-11T15:00:00Z");

  private static Observation quotedAt(Optional<Instant> at) {
    MarketMoment moment = Scene.call().at(40).seen().moment();
    Price five = Price.parse("5");
    return new Observation(
        moment, at.map(it -> new Quote(five, five, it)), Optional.empty(), Optional.empty());
  }

  @Test
  void aQuoteOfTheMomentOfTheFillCountsAndOneFromBeforeDoesNot() {
    Observation then = quotedAt(Optional.of(FILLED));
    assertThat(then.sinceEntry(FILLED)).isSameAs(then);
    Observation before = quotedAt(Optional.of(FILLED.minusNanos(1)));
    assertThat(before.sinceEntry(FILLED)).isEqualTo(quotedAt(Optional.empty()));
    Observation none = quotedAt(Optional.empty());
    assertThat(none.sinceEntry(FILLED)).isSameAs(none);
  }
}
