package org.positionmanager.activities.alert.delivery;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Posts messages. What may pass at once, no answer, 408 or 5xx, is tried again twice; what the
 * endpoint asks to be left alone for, 429, and what it refuses is left to the ledger's schedule.
 */
public final class EndpointSender implements AutoCloseable {
  private static final Duration LONGEST_ASKED_FOR = Duration.ofHours(1);
  private static final double JITTER = 0.25;
  private static final int RETRIES = 2;

  /**
   * How long it waits.
   *
   * @param answer for one answer
   * @param firstRetry before the second try, give or take a quarter; doubled before the third
   */
  public record Patience(Duration connect, Duration answer, Duration firstRetry) {
    public static final Patience STANDARD =
        new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMillis(500));
  }

  private final HttpClient http;
  private final Patience patience;
  private final InstantSource clock;
  private final RetryPolicy<HttpResponse<Void>> retries;

  public EndpointSender(Patience patience, InstantSource clock) {
    this.patience = patience;
    this.clock = clock;
    http = HttpClient.newBuilder().connectTimeout(patience.connect()).build();
    retries =
        RetryPolicy.<HttpResponse<Void>>builder()
            .handle(IOException.class)
            .handleResultIf(answer -> answer.statusCode() >= 500 || answer.statusCode() == 408)
            .withBackoff(patience.firstRetry(), patience.firstRetry().multipliedBy(4))
            .withJitter(JITTER)
            .withMaxRetries(RETRIES)
            .build();
  }

  /** Sends what tells that the endpoint is reached. */
  public Outcome test(Endpoint endpoint) {
    return send(endpoint, AlertMessage.test(endpoint, clock.instant()));
  }

  Outcome send(Endpoint endpoint, AlertMessage message) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint.address().reveal()))
            .timeout(patience.answer())
            .header("Content-Type", "application/json")
            .header("User-Agent", "position-manager")
            .header("X-PM-Delivery", message.id())
            .POST(HttpRequest.BodyPublishers.ofString(message.body()));
    message.signature(endpoint).ifPresent(it -> request.header("X-PM-Signature", it));
    try {
      return outcome(
          Failsafe.with(retries)
              .get(() -> http.send(request.build(), HttpResponse.BodyHandlers.discarding())));
    } catch (FailsafeException e) {
      return new Outcome.NotAccepted(why(e.getCause()), Optional.empty());
    }
  }

  private Outcome outcome(HttpResponse<Void> answer) {
    int status = answer.statusCode();
    return status >= 200 && status < 300
        ? new Outcome.Accepted()
        : new Outcome.NotAccepted(
            "it answered " + status,
            answer.headers().firstValue("Retry-After").flatMap(this::retryAfter));
  }

  /** Seconds or a date (RFC 9110, 10.2.3); empty for anything else; an hour at the most. */
  private Optional<Duration> retryAfter(String text) {
    return parsed(text.strip())
        .map(it -> it.isNegative() ? Duration.ZERO : it)
        .map(it -> it.compareTo(LONGEST_ASKED_FOR) > 0 ? LONGEST_ASKED_FOR : it);
  }

  private Optional<Duration> parsed(String text) {
    try {
      if (text.matches("\\d{1,9}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
      }
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(clock.instant(), at));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Never the client's own words: they may repeat the address. */
  private static String why(Throwable cause) {
    return switch (cause) {
      case HttpTimeoutException timeout -> "it did not answer in time";
      case InterruptedException closed -> "interrupted";
      case null, default -> "it cannot be reached (" + simpleName(cause) + ")";
    };
  }

  private static String simpleName(Throwable cause) {
    return cause == null ? "unknown" : cause.getClass().getSimpleName();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
