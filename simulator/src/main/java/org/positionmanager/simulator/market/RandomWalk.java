package org.positionmanager.simulator.market;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A price that wanders by seed, anew each second, at a moment of the second that is the symbol's
 * own: a market does not quote everything at once. It is a sum of smoothed noises of periods from a
 * second to twelve days, each as high as a Brownian motion moves in its period: it looks like one
 * over any stretch up to that, needs no state, and never runs away for good.
 */
public final class RandomWalk implements PriceSource {
  /** Seconds of trading in a year: 252 sessions of 6.5 hours. */
  private static final double TRADING_YEAR_SECONDS = 252 * 6.5 * 3_600;

  private static final int OCTAVES = 11;
  private static final BigDecimal HALF_SPREAD = new BigDecimal("0.0001");
  private static final int SHARE_DECIMALS = 9;
  private static final double SHARE_UNIT = 1e9;
  private static final int SECOND_MILLIS = 1_000;

  private final Noise[] octaves = new Noise[OCTAVES];
  private final BigDecimal price;
  private final double perSecond;
  private final double origin;

  /** How long after the full second it changes. */
  private final Duration lag;

  /**
   * Makes one.
   *
   * @param from when it stands at the price
   * @param volatility by the year, 0.3 is 30%
   */
  public RandomWalk(
      String symbol, long seed, Instant from, BigDecimal price, BigDecimal volatility) {
    for (int octave = 0; octave < OCTAVES; octave++) {
      octaves[octave] = new Noise(seed, symbol + " walk " + octave);
    }
    this.price = price;
    perSecond = volatility.doubleValue() / Math.sqrt(TRADING_YEAR_SECONDS);
    lag = Duration.ofMillis(new Noise(seed, symbol + " lag").below(SECOND_MILLIS, 0));
    origin = displacement(second(from));
  }

  @Override
  public Optional<BidAsk> at(Instant moment) {
    long second = second(moment);
    Instant since = Instant.ofEpochSecond(second).plus(lag);
    return Optional.of(BidAsk.around(mid(second), HALF_SPREAD, since));
  }

  /** The one whose price holds at a moment, in epoch seconds. */
  private long second(Instant moment) {
    return moment.minus(lag).getEpochSecond();
  }

  /** Before it is rounded to cents. */
  private BigDecimal mid(long second) {
    double share = Math.exp(perSecond * (displacement(second) - origin));
    // by way of a whole number: a year of history asks millions of times
    return price.multiply(BigDecimal.valueOf(Math.round(share * SHARE_UNIT), SHARE_DECIMALS));
  }

  private double displacement(long second) {
    double sum = 0;
    for (int octave = 0; octave < OCTAVES; octave++) {
      long period = 1L << 2 * octave;
      long index = Math.floorDiv(second, period);
      double share = Math.floorMod(second, period) / (double) period;
      double smooth = share * share * (3 - 2 * share);
      double here = octaves[octave].signed(index);
      double next = octaves[octave].signed(index + 1);
      // the root of the period 4^octave
      sum += (1L << octave) * (here + (next - here) * smooth);
    }
    return sum;
  }
}
