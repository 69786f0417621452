package org.positionmanager.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether answers are such as Alpaca's OpenAPI specification allows: all of them, refusals too,
 * whichever test asked. Where the specification is not here nothing is checked, and that is said.
 */
final class Conformance {
  private static final Optional<Specification> TRADING = find("trading_openapi.yaml");
  private static final Optional<Specification> DATA = find("data_openapi.yaml");
  private static final AtomicBoolean IS_ABSENCE_TOLD = new AtomicBoolean();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LEAST_REFUSAL = 400;
  private static final int LEAST_FAULT = 500;

  /** What a fault put where no specification has it. */
  private static final String UNKNOWN_VALUE = "\"simulated_unknown\"";

  private Conformance() {}

  private static Optional<Specification> find(String file) {
    try {
      return Specification.find(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What is wrong with an answer; empty where nothing is.
   *
   * @param asked the method
   * @param path as it was asked for, without a query
   */
  static List<String> violations(String asked, String path, int status, String body) {
    String method = asked.toLowerCase(Locale.ROOT);
    Optional<Specification> found = isData(path) ? DATA : TRADING;
    if (found.isEmpty()) {
      if (!IS_ABSENCE_TOLD.getAndSet(true)) {
        Loud.say(Specification.absence("answers are not checked"));
      }
      return List.of();
    }
    Specification specification = found.get();
    Optional<String> route = specification.route(method, path);
    if (route.isEmpty() || body.contains(UNKNOWN_VALUE)) {
      return List.of();
    }
    if (body.isEmpty()) {
      return specification.knowsBody(method, route.get(), status)
          ? List.of("has no body")
          : List.of();
    }
    JsonNode answer;
    try {
      answer = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      // a gateway's page is none of Alpaca's answers
      return status >= LEAST_FAULT ? List.of() : List.of("is not JSON: " + body);
    }
    for (Contradiction contradiction : Contradiction.values()) {
      answer = contradiction.mended(path, status, answer);
    }
    if (specification.knowsBody(method, route.get(), status)) {
      return specification.violations(method, route.get(), status, answer);
    }
    return status < LEAST_REFUSAL
        ? List.of("is not specified")
        : specification.violationsOfError(answer);
  }

  private static boolean isData(String path) {
    return path.startsWith("/v2/stocks/") || path.startsWith("/v1beta1/");
  }
}
