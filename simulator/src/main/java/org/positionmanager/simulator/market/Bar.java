package org.positionmanager.simulator.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Trades of an interval, together.
 *
 * @param at the interval's beginning
 * @param volume shares or contracts
 * @param trades how many
 * @param worth dollars a share, times shares: what was traded in all
 */
public record Bar(
    Instant at,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    long volume,
    int trades,
    BigDecimal worth) {
  private static final int AVERAGE_DECIMALS = 4;

  /** Adds trades up, which are by time; empty without any. */
  static Optional<Bar> of(Instant at, List<Trade> trades) {
    if (trades.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal high = trades.getFirst().price();
    BigDecimal low = high;
    BigDecimal worth = BigDecimal.ZERO;
    long volume = 0;
    for (Trade trade : trades) {
      high = high.max(trade.price());
      low = low.min(trade.price());
      worth = worth.add(trade.price().multiply(BigDecimal.valueOf(trade.size())));
      volume += trade.size();
    }
    return Optional.of(
        new Bar(
            at,
            trades.getFirst().price(),
            high,
            low,
            trades.getLast().price(),
            volume,
            trades.size(),
            worth));
  }

  /** Adds shorter bars up, which are by time; empty without any. */
  static Optional<Bar> merged(Instant at, List<Bar> bars) {
    return bars.stream()
        .reduce(
            (one, next) ->
                new Bar(
                    at,
                    one.open(),
                    one.high().max(next.high()),
                    one.low().min(next.low()),
                    next.close(),
                    one.volume() + next.volume(),
                    one.trades() + next.trades(),
                    one.worth().add(next.worth())))
        .map(it -> it.from(at));
  }

  private Bar from(Instant begin) {
    return new Bar(begin, open, high, low, close, volume, trades, worth);
  }

  /** Dollars by volume, to the ten thousandth. */
  public BigDecimal average() {
    return worth.divide(BigDecimal.valueOf(volume), AVERAGE_DECIMALS, RoundingMode.HALF_UP);
  }
}
