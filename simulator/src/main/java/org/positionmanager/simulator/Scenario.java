package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a simulated exchange begins with.
 *
 * @param start exchange time at the beginning
 * @param speed exchange seconds in one real second; 0 stands until it is stepped
 * @param paces instead of one speed: how fast time runs from which moments on; may be left out
 * @param seed of everything random
 */
public record Scenario(
    Instant start,
    double speed,
    List<Pace> paces,
    long seed,
    List<AccountSeed> accounts,
    List<Path> prices) {
  public Scenario {
    paces =
        paces == null || paces.isEmpty()
            ? List.of(new Pace(start, speed, speed))
            : List.copyOf(paces);
    accounts = List.copyOf(accounts);
    prices = List.copyOf(prices);
  }

  /** A scenario with one speed. */
  public Scenario(
      Instant start, double speed, long seed, List<AccountSeed> accounts, List<Path> prices) {
    this(start, speed, List.of(), seed, accounts, prices);
  }

  /** An account and its only key. */
  public record AccountSeed(
      String name, String accountNumber, String key, String secret, BigDecimal cash) {
    @Override
    public String toString() {
      return "AccountSeed[" + name + ", " + accountNumber + "]";
    }
  }

  /** A symbol's path from the start on. */
  public record Path(String symbol, List<Point> points) {
    public Path {
      points = List.copyOf(points);
      if (points.isEmpty()) {
        throw new IllegalArgumentException("prices of " + symbol + " need at least one point");
      }
    }
  }

  /** A mid price so much time after the start; straight lines lie between points. */
  public record Point(Duration at, BigDecimal mid) {}
}
