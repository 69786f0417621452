package org.positionmanager.starter.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The simulator's admin page: what a dispatcher would order, and what the exchange holds. */
final class SimulatorAdmin {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final String url;

  SimulatorAdmin(String url) {
    this.url = url;
  }

  JsonNode state() throws IOException {
    return send(HttpRequest.newBuilder(URI.create(url + "/admin/state")).GET());
  }

  Instant now() throws IOException {
    return Instant.parse(
        send(HttpRequest.newBuilder(URI.create(url + "/admin/clock")).GET()).path("now").asText());
  }

  JsonNode order(Map<String, Object> order) throws IOException {
    return post("/admin/orders", order);
  }

  /** Lets exchange time run from now on, by the given paces. */
  void runs(List<Map<String, Object>> paces) throws IOException {
    post("/admin/clock", Map.of("paces", paces));
  }

  private JsonNode post(String path, Map<String, Object> body) throws IOException {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> answer =
          http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("simulator: " + answer.statusCode() + " " + answer.body());
      }
      return json.readTree(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
