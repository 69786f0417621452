package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.positionmanager.simulator.market.Span;
import org.positionmanager.simulator.stream.StreamFaults;

/** Reads faults as admin calls and scenarios write them. */
final class FaultForms {
  private static final int USUAL_DELAY_MILLIS = 1_000;
  private static final int LONGEST_DELAY_MILLIS = 120_000;

  private FaultForms() {}

  /**
   * A fault of requests.
   *
   * @param start what {@code at} counts from
   * @throws Rejection 400 that names the field
   */
  static Faults.Order ofRequests(JsonNode body, Instant start) {
    String name = body.path("kind").asText().toUpperCase(Locale.ROOT).replace('-', '_');
    if (List.of(Faults.Kind.values()).stream().noneMatch(it -> it.name().equals(name))) {
      throw refusal("kind is unknown; use one of " + List.of(Faults.Kind.values()));
    }
    Faults.Kind kind = Faults.Kind.valueOf(name);
    // a state is there for as long as it is said to be, other faults strike once unless told
    // otherwise
    int usualTimes = kind.lasts() ? Integer.MAX_VALUE : 1;
    long millis = body.path("millis").asLong(USUAL_DELAY_MILLIS);
    if (millis < 0 || millis > LONGEST_DELAY_MILLIS) {
      throw refusal("millis must be between 0 and " + LONGEST_DELAY_MILLIS);
    }
    return new Faults.Order(
        body.path("account").asText(""),
        body.path("method").asText(""),
        path(body.path("path").asText(".*")),
        kind,
        body.path("status").asInt(500),
        body.path("times").asInt(usualTimes),
        millis,
        body.path("probability").asDouble(1),
        body.path("field").asText("status"),
        during(body, start));
  }

  private static Pattern path(String path) {
    try {
      return Pattern.compile(path);
    } catch (PatternSyntaxException e) {
      throw refusal("path is no regular expression: " + e.getDescription());
    }
  }

  /**
   * A fault of streams.
   *
   * @param start what {@code at} counts from
   * @throws Rejection 400 that names the field
   */
  static StreamFaults.Fault ofStreams(JsonNode body, Instant start) {
    String kind = body.path("kind").asText().toUpperCase(Locale.ROOT).replace('-', '_');
    List<StreamFaults.Kind> kinds = List.of(StreamFaults.Kind.values());
    if (kinds.stream().noneMatch(it -> it.name().equals(kind))) {
      throw refusal(
          "kind '%s' is unknown; use one of %s"
              .formatted(
                  body.path("kind").asText(),
                  kinds.stream().map(StreamFaults.Kind::word).toList()));
    }
    double share = body.path("share").asDouble(1);
    if (!(share > 0 && share <= 1)) {
      throw refusal("share " + share + " must be above 0 and at most 1");
    }
    return new StreamFaults.Fault(
        0,
        StreamFaults.Kind.valueOf(kind),
        text(body, "account"),
        text(body, "stream"),
        share,
        body.path("times").asLong(Long.MAX_VALUE),
        Duration.ofMillis(body.path("delayMillis").asLong(0)),
        text(body, "field"),
        during(body, start));
  }

  /** From {@code at} on for as long as it {@code lasts}; always where neither is given. */
  private static Optional<Span> during(JsonNode body, Instant start) {
    Optional<Duration> at = duration(body, "at");
    Optional<Duration> lasts = duration(body, "lasts");
    if (at.isEmpty() && lasts.isEmpty()) {
      return Optional.empty();
    }
    Instant from = start.plus(at.orElse(Duration.ZERO));
    return Optional.of(new Span(from, lasts.map(from::plus).orElse(LATEST)));
  }

  /** Later than any exchange runs, and a date that can be written. */
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private static Optional<Duration> duration(JsonNode body, String field) {
    try {
      return text(body, field).map(Duration::parse);
    } catch (DateTimeException e) {
      throw refusal(field + " must be a duration, for instance PT1H30M");
    }
  }

  private static Optional<String> text(JsonNode body, String field) {
    return Optional.of(body.path(field).asText("")).filter(it -> !it.isEmpty());
  }

  private static Rejection refusal(String message) {
    return new Rejection(400, 0, message);
  }
}
