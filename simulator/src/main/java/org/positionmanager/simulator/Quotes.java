package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Prices: scripted paths, a seeded flutter around them, and prices pinned by hand. */
final class Quotes {
  private static final BigDecimal CENT = new BigDecimal("0.01");
  private static final BigDecimal HALF_SPREAD = new BigDecimal("0.002");

  private static final int MINUTE_MILLIS = 60_000;

  record Quote(BigDecimal bid, BigDecimal ask, Instant at) {}

  /** A point of a path: the mid at so much time after the path's beginning. */
  record Point(Duration at, BigDecimal mid) {}

  private record Path(Instant from, List<Point> points) {}

  private final long seed;
  private final Map<String, Path> paths = new TreeMap<>();
  private final Map<String, Quote> pinned = new TreeMap<>();

  Quotes(long seed) {
    this.seed = seed;
  }

  void path(String symbol, Instant from, List<Point> points) {
    paths.put(symbol, new Path(from, List.copyOf(points)));
  }

  void pin(String symbol, Quote quote) {
    pinned.put(symbol, quote);
  }

  void unpin(String symbol) {
    pinned.remove(symbol);
  }

  Iterable<String> symbols() {
    java.util.TreeSet<String> all = new java.util.TreeSet<>(paths.keySet());
    all.addAll(pinned.keySet());
    return all;
  }

  /** The quote at a moment; when the market is closed, that of the last close. */
  Optional<Quote> at(String symbol, Instant now) {
    if (pinned.containsKey(symbol)) {
      return Optional.of(pinned.get(symbol));
    }
    Path path = paths.get(symbol);
    if (path == null) {
      return Optional.empty();
    }
    Instant moment = lastTraded(now);
    BigDecimal mid = mid(symbol, path, moment).max(CENT);
    BigDecimal half =
        mid.multiply(HALF_SPREAD).setScale(2, RoundingMode.HALF_UP).max(new BigDecimal("0.01"));
    BigDecimal rounded = mid.setScale(2, RoundingMode.HALF_UP);
    return Optional.of(new Quote(rounded.subtract(half).max(CENT), rounded.add(half), moment));
  }

  private static Instant lastTraded(Instant now) {
    if (NyseCalendar.at(now).isPresent()) {
      return now;
    }
    java.time.LocalDate date = now.atZone(NyseCalendar.ZONE).toLocalDate();
    for (int back = 0; back < 10; back++) {
      Optional<NyseCalendar.Session> session =
          NyseCalendar.on(date.minusDays(back)).filter(it -> !it.close().isAfter(now));
      if (session.isPresent()) {
        return session.get().close().minusMillis(1);
      }
    }
    return now;
  }

  private BigDecimal mid(String symbol, Path path, Instant now) {
    Duration since = Duration.between(path.from(), now);
    Point before = path.points().getFirst();
    for (Point point : path.points()) {
      if (point.at().compareTo(since) > 0) {
        return flutter(symbol, now, between(before, point, since));
      }
      before = point;
    }
    return flutter(symbol, now, wander(symbol, now, path, before));
  }

  /**
   * Where a script has ended the market still moves: two slow waves around the last price, together
   * at most 3% up or down, beginning at that price.
   */
  private BigDecimal wander(String symbol, Instant now, Path path, Point last) {
    double minutes =
        Duration.between(path.from().plus(last.at()), now).toMillis() / (double) MINUTE_MILLIS;
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
  private BigDecimal flutter(String symbol, Instant now, BigDecimal mid) {
    long slot = now.getEpochSecond() / 15;
    SplittableRandom random =
        new SplittableRandom(seed ^ symbol.hashCode() * 31L ^ slot * 1_000_003L);
    int tenthsOfPerMille = random.nextInt(-40, 41);
    return mid.add(mid.multiply(BigDecimal.valueOf(tenthsOfPerMille, 4), MathContext.DECIMAL64));
  }
}
