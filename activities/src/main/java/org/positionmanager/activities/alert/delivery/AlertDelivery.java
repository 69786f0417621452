package org.positionmanager.activities.alert.delivery;

import dev.failsafe.RateLimiter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is due at one endpoint, at least once. Of the messages that a minute allows, the
 * last is kept for a summary of all that is left. What was not accepted is due again after 10 s, 20
 * s and so on up to 10 minutes, or after what the endpoint asked for; the ledger keeps when.
 */
public final class AlertDelivery {
  /** How often one looks for what is due. */
  public static final Duration EVERY = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(AlertDelivery.class);

  /** More than a message takes with its repetitions. */
  private static final Duration IN_HAND = Duration.ofMinutes(1);

  private static final int LARGEST_SUMMARY = 200;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
  private static final int MOST_DOUBLINGS = 6;

  private final Endpoint endpoint;
  private final Duration repeatEvery;
  private final Deliveries deliveries;
  private final EndpointSender sender;
  private final InstantSource clock;
  private final LongSupplier nanoClock;
  private final DoubleSupplier chance;
  private final Optional<RateLimiter<Object>> singles;
  private final RateLimiter<Object> summaries;
  private final Counter delivered;
  private final Counter failures;

  /** When an endpoint that failed is tried again; of the thread that delivers. */
  private Optional<Long> pausedUntil = Optional.empty();

  private boolean failing;

  /**
   * What a delivery is made of.
   *
   * @param minute for which an endpoint's rate holds
   * @param chance from 0 to 1, to keep waits apart
   */
  public record Parts(
      Deliveries deliveries,
      EndpointSender sender,
      Duration minute,
      InstantSource clock,
      LongSupplier nanoClock,
      DoubleSupplier chance,
      MeterRegistry meters) {}

  /**
   * @param repeatEvery how long after a delivery an alert that nobody acknowledged is delivered
   *     again
   */
  public AlertDelivery(Endpoint endpoint, Duration repeatEvery, Parts parts) {
    this.endpoint = endpoint;
    this.repeatEvery = repeatEvery;
    deliveries = parts.deliveries();
    sender = parts.sender();
    clock = parts.clock();
    nanoClock = parts.nanoClock();
    chance = parts.chance();
    int singly = endpoint.perMinute() - 1;
    singles =
        singly == 0
            ? Optional.empty()
            : Optional.of(RateLimiter.burstyBuilder(singly, parts.minute()).build());
    summaries = RateLimiter.burstyBuilder(1, parts.minute()).build();
    delivered =
        Counter.builder("alerts.delivered")
            .tag("endpoint", endpoint.name())
            .register(parts.meters());
    failures =
        Counter.builder("alerts.delivery.failures")
            .tag("endpoint", endpoint.name())
            .register(parts.meters());
  }

  /** Sends what is due now, as far as the endpoint takes it. */
  public void deliver() {
    if (pausedUntil.filter(until -> nanoClock.getAsLong() - until < 0).isPresent()) {
      return;
    }
    boolean goesOn = true;
    while (goesOn && !Thread.currentThread().isInterrupted()) {
      List<Due> next = deliveries.take(endpoint, repeatEvery, IN_HAND, 1);
      goesOn = !next.isEmpty() && deliver(next);
    }
  }

  private boolean deliver(List<Due> next) {
    if (singles.filter(RateLimiter::tryAcquirePermit).isPresent()) {
      return send(next);
    }
    if (summaries.tryAcquirePermit()) {
      List<Due> rest = new ArrayList<>(next);
      rest.addAll(deliveries.take(endpoint, repeatEvery, IN_HAND, LARGEST_SUMMARY - 1));
      return send(rest);
    }
    deliveries.putBack(endpoint, next);
    return false;
  }

  private boolean send(List<Due> alerts) {
    return switch (sender.send(endpoint, AlertMessage.of(endpoint, alerts, clock.instant()))) {
      case Outcome.Accepted accepted -> {
        deliveries.accepted(endpoint, alerts);
        delivered.increment(alerts.size());
        if (failing) {
          failing = false;
          log.info("alerts reach endpoint {} again", endpoint.name());
        }
        yield true;
      }
      // the process ends: another takes it once it is no longer in hand
      case Outcome.NotAccepted stopped when Thread.currentThread().isInterrupted() -> false;
      case Outcome.NotAccepted(String why, Optional<Duration> retryAfter) -> {
        Duration wait = retryAfter.orElseGet(() -> backOff(alerts));
        deliveries.failed(endpoint, alerts, why, wait);
        pausedUntil = Optional.of(nanoClock.getAsLong() + wait.toNanos());
        failures.increment();
        if (!failing) {
          failing = true;
          log.warn("alerts do not reach endpoint {}: {}; tried again", endpoint.name(), why);
        }
        yield false;
      }
    };
  }

  /** Doubled with each failure, give or take a fifth. */
  private Duration backOff(List<Due> alerts) {
    int attempts = alerts.stream().mapToInt(Due::attempts).max().orElse(0);
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
    Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    return Duration.ofMillis((long) (bounded.toMillis() * (0.8 + 0.4 * chance.getAsDouble())));
  }
}
