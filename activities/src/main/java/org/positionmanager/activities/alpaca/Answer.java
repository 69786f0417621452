package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Headers;

/** What came back: status, headers, body and, after a 429, how long to wait. */
record Answer(int status, Headers headers, String body, Optional<Duration> retryAfter) {
  /** A header's value; null where there is none. */
  String header(String name) {
    return headers.get(name);
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** The body as a JSON object or array; empty where it is neither. */
  Optional<JsonNode> json() {
    return AlpacaJson.read(body);
  }

  /** Alpaca's own code, 0 where there is none. */
  long code() {
    return json().map(node -> node.path("code").asLong(0)).orElse(0L);
  }

  String message() {
    return json()
        .map(node -> node.path("message").asText(""))
        .filter(text -> !text.isEmpty())
        .orElse("HTTP " + status + " without a readable message");
  }
}
