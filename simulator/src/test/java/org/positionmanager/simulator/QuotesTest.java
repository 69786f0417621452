package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QuotesTest {
  private static final Instant OPEN = Instant.parse("2026-02-11T14:30:00Z");
  private static final BigDecimal FLUTTER = new BigDecimal("0.005");

  private static Quotes quotes(long seed) {
    Quotes quotes = new Quotes(seed);
    quotes.path(
        "DE",
        OPEN,
        List.of(
            new Quotes.Point(Duration.ZERO, new BigDecimal("600")),
            new Quotes.Point(Duration.ofHours(2), new BigDecimal("640"))));
    return quotes;
  }

  private static BigDecimal mid(Quotes quotes, Instant at) {
    Quotes.Quote quote = quotes.at("DE", at).orElseThrow();
    return quote.bid().add(quote.ask()).divide(BigDecimal.TWO);
  }

  private static void assertNear(BigDecimal mid, String expected, BigDecimal share) {
    BigDecimal middle = new BigDecimal(expected);
    BigDecimal width = middle.multiply(share);
    assertThat(mid).isBetween(middle.subtract(width), middle.add(width));
  }

  @Test
  @DisplayName("between two points the price lies on the line, but for its flutter")
  void followsThePath() {
    assertNear(mid(quotes(1), OPEN.plus(Duration.ofHours(1))), "620", FLUTTER);
  }

  @Test
  @DisplayName("the same seed has the same prices at the same moments, another seed others")
  void isDeterministic() {
    Instant at = OPEN.plus(Duration.ofMinutes(77));
    assertThat(quotes(1).at("DE", at)).isEqualTo(quotes(1).at("DE", at));
    assertThat(quotes(1).at("DE", at)).isNotEqualTo(quotes(2).at("DE", at));
  }

  @Test
  @DisplayName("after its script a price goes on from the last point, moves, and stays within 3%")
  void goesOnAfterTheScript() {
    Quotes quotes = quotes(1);
    assertNear(mid(quotes, OPEN.plus(Duration.ofHours(2))), "640", FLUTTER);
    List<BigDecimal> mids =
        List.of(10, 25, 45, 70, 100).stream()
            .map(minutes -> mid(quotes, OPEN.plus(Duration.ofMinutes(120 + minutes))))
            .toList();
    mids.forEach(mid -> assertNear(mid, "640", new BigDecimal("0.036")));
    assertThat(mids.stream().max(BigDecimal::compareTo).orElseThrow())
        .isGreaterThan(
            mids.stream().min(BigDecimal::compareTo).orElseThrow().add(new BigDecimal("5")));
  }

  @Test
  @DisplayName("while the market is closed the quote is the last one of the session, stamped then")
  void keepsTheLastQuoteOfTheSession() {
    Instant close = Instant.parse("2026-02-11T21:00:00Z");
    Quotes.Quote night = quotes(1).at("DE", close.plus(Duration.ofHours(9))).orElseThrow();
    assertThat(night.at()).isEqualTo(close.minusMillis(1));
  }

  @Test
  @DisplayName("a pinned price stays until it is unpinned")
  void pins() {
    Quotes quotes = quotes(1);
    Quotes.Quote pinned = new Quotes.Quote(BigDecimal.ONE, BigDecimal.TWO, OPEN);
    quotes.pin("DE", pinned);
    assertThat(quotes.at("DE", OPEN.plusSeconds(60))).contains(pinned);
    quotes.unpin("DE");
    assertNear(mid(quotes, OPEN.plusSeconds(60)), "600", FLUTTER);
  }
}
