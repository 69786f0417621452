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
 * @param seed of everything random
 */
public record Scenario(
    Instant start, double speed, long seed, List<AccountSeed> accounts, List<Path> prices) {
  public Scenario {
    accounts = List.copyOf(accounts);
    prices = List.copyOf(prices);
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
