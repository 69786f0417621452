package org.positionmanager.simulator.market;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Straight lines between scripted mids, with a seeded flutter around them. Two points at the same
 * moment are a gap. After the last point the market still moves around it.
 */
public final class ScriptedPath implements PriceSource {
  private static final BigDecimal HALF_SPREAD = new BigDecimal("0.002");
  private static final int MINUTE_MILLIS = 60_000;

  /** A mid at so much time after the path's beginning. */
  public record Point(Duration at, BigDecimal mid) {}

  private final String symbol;
  private final long seed;
  private final Instant from;
  private final List<Point> points;

  /**
   * Makes one.
   *
   * @param points at least one, by time
   */
  public ScriptedPath(String symbol, long seed, Instant from, List<Point> points) {
    this.symbol = symbol;
    this.seed = seed;
    this.from = from;
    this.points = List.copyOf(points);
  }

  @Override
  public Optional<BidAsk> at(Instant moment) {
    return Optional.of(BidAsk.around(mid(moment), HALF_SPREAD, moment));
  }

  private BigDecimal mid(Instant now) {
    Duration since = Duration.between(from, now);
    Point before = points.getFirst();
    for (Point point : points) {
      if (point.at().compareTo(since) > 0) {
        return flutter(now, between(before, point, since));
      }
      before = point;
    }
    return flutter(now, wander(now, before));
  }

  /**
   * Where a script has ended the market still moves: two slow waves around the last price, together
   * at most 3% up or down, beginning at that price.
   */
  private BigDecimal wander(Instant now, Point last) {
    double minutes =
        Duration.between(from.plus(last.at()), now).toMillis() / (double) MINUTE_MILLIS;
    int kind = Math.floorMod(symbol.hashCode() ^ Long.hashCode(seed), 16);
    double direction = kind % 2 == 0 ? 1 : -1;
    double share =
        direction * 0.02 * Math.sin(minutes * 2 * Math.PI / (37 + kind))
            + 0.01 * Math.sin(minutes * 2 * Math.PI / (7 + kind));
    return last.mid().add(last.mid().multiply(BigDecimal.valueOf(share), MathContext.DECIMAL64));
  }

  private static BigDecimal between(Point from, Point to, Duration at) {
    if (at.compareTo(from.at()) <= 0) {
      return from.mid();
    }
    BigDecimal share =
        BigDecimal.valueOf(at.minus(from.at()).toMillis())
            .divide(BigDecimal.valueOf(to.at().minus(from.at()).toMillis()), MathContext.DECIMAL64);
    return from.mid().add(to.mid().subtract(from.mid()).multiply(share, MathContext.DECIMAL64));
  }

  /** At most 0.4% up or down, another each 15 s, the same for the same seed and moment. */
  private BigDecimal flutter(Instant now, BigDecimal mid) {
    long slot = now.getEpochSecond() / 15;
    SplittableRandom random =
        new SplittableRandom(seed ^ symbol.hashCode() * 31L ^ slot * 1_000_003L);
    int tenthsOfPerMille = random.nextInt(-40, 41);
    return mid.add(mid.multiply(BigDecimal.valueOf(tenthsOfPerMille, 4), MathContext.DECIMAL64));
  }
}
