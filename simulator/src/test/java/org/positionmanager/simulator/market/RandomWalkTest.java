package org.positionmanager.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomWalkTest {
  private static final Instant START = Instant.parse("2026-02-11T15:00:00Z");
  private static final BigDecimal HUNDRED = new BigDecimal("100");

  private static RandomWalk walk(String symbol) {
    return new RandomWalk(symbol, 7, START, HUNDRED, new BigDecimal("0.3"));
  }

  @Test
  void itStandsAtItsPriceInTheBeginning() {
    for (String symbol : List.of("DE", "WMT", "MSFT")) {
      assertThat(walk(symbol).at(START).orElseThrow().mid()).isEqualByComparingTo(HUNDRED);
    }
  }

  @Test
  void aQuoteHoldsForASecondFromTheMomentThatItTells() {
    for (String symbol : List.of("DE", "WMT", "MSFT")) {
      RandomWalk walk = walk(symbol);
      Instant since = walk.at(START.plusSeconds(10)).orElseThrow().at();
      BidAsk quote = walk.at(since).orElseThrow();
      assertThat(since).isBetween(START.plusSeconds(9), START.plusSeconds(10));
      assertThat(quote.at()).isEqualTo(since);
      assertThat(walk.at(since.plusSeconds(1).minusNanos(1))).contains(quote);
      assertThat(walk.at(since.plusSeconds(1)).orElseThrow().at())
          .isEqualTo(since.plus(Duration.ofSeconds(1)));
    }
  }

  @Test
  void symbolsAreNotQuotedAllAtOnce() {
    Set<Instant> moments = new HashSet<>();
    IntStream.range(0, 100)
        .forEach(i -> moments.add(walk("S" + i).at(START.plusSeconds(1)).orElseThrow().at()));
    assertThat(moments).as("a few of a hundred may share one").hasSizeGreaterThan(80);
  }

  @Test
  void theSameSeedGivesTheSamePrices() {
    for (int second = 0; second < 100; second++) {
      Instant moment = START.plusMillis(second * 777L);
      assertThat(walk("DE").at(moment)).isEqualTo(walk("DE").at(moment));
    }
  }
}
