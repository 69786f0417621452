package org.positionmanager.benchmarks.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.positionmanager.e2e.Broker;

/**
 * When the exchange accepted orders that close: read from its own list of orders, whose times are
 * of the same clock as those at which prices were set, to the nanosecond.
 */
final class Exits {
  private final Broker broker;

  Exits(Broker broker) {
    this.broker = broker;
  }

  /** When the first sale of a holding was accepted after a moment; empty where there is none. */
  Optional<Instant> accepted(Holding holding, Instant after) throws IOException {
    return broker.ordersOf(holding.account(), Optional.of(holding.symbol())).stream()
        .filter(order -> isSaleSince(order, after))
        .map(Exits::submittedAt)
        .min(Instant::compareTo);
  }

  /**
   * Waits until a holding's sale was accepted.
   *
   * @param first how long not to ask, so that asking does not take part in what is measured
   * @return how long after the moment it was; empty where it was not within the patience
   */
  Optional<Duration> await(Holding holding, Instant after, Duration first, Duration patience)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Thread.sleep(first);
    while (true) {
      Optional<Instant> accepted = accepted(holding, after);
      if (accepted.isPresent() || System.nanoTime() > end) {
        return accepted.map(it -> Duration.between(after, it));
      }
      Thread.sleep(first);
    }
  }

  /**
   * How long after the moment each holding's first sale was accepted; without those that were not.
   */
  Map<Holding, Duration> all(Collection<Holding> holdings, Instant after) throws IOException {
    Set<Holding> asked = new HashSet<>(holdings);
    Map<Holding, Duration> found = new HashMap<>();
    for (String account : new HashSet<>(holdings.stream().map(Holding::account).toList())) {
      for (JsonNode order : broker.ordersOf(account, Optional.empty())) {
        Holding holding = new Holding(account, order.path("symbol").asText());
        if (asked.contains(holding) && isSaleSince(order, after)) {
          found.merge(
              holding,
              Duration.between(after, submittedAt(order)),
              (one, other) -> one.compareTo(other) < 0 ? one : other);
        }
      }
    }
    return found;
  }

  /** Waits until all were accepted, or the patience is over. */
  List<Duration> awaitAll(
      Collection<Holding> holdings, Instant after, Duration look, Duration patience)
      throws IOException, InterruptedException {
    return new ArrayList<>(awaitEach(holdings, after, look, patience).values());
  }

  /** The same, by holding. */
  Map<Holding, Duration> awaitEach(
      Collection<Holding> holdings, Instant after, Duration look, Duration patience)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Thread.sleep(look);
    Map<Holding, Duration> found = all(holdings, after);
    while (found.size() < holdings.size() && System.nanoTime() < end) {
      Thread.sleep(look);
      found = all(holdings, after);
    }
    return found;
  }

  private static boolean isSaleSince(JsonNode order, Instant after) {
    return order.path("side").asText().equals("sell") && !submittedAt(order).isBefore(after);
  }

  private static Instant submittedAt(JsonNode order) {
    return Instant.parse(order.path("submitted_at").asText());
  }
}
