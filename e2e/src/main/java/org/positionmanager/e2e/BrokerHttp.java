package org.positionmanager.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/**
 * Requests at the simulator as JSON.
 *
 * @param url of the simulator
 */
record BrokerHttp(String url, HttpClient client, ObjectMapper json) {
  BrokerHttp(String url) {
    this(url, HttpClient.newHttpClient(), new ObjectMapper());
  }

  JsonNode get(String path) throws IOException {
    return send(to(path).GET());
  }

  /** As an account's owner asks. */
  JsonNode getAs(String account, String path) throws IOException {
    return send(
        to(path)
            .header("APCA-API-KEY-ID", DeskAccounts.key(account))
            .header("APCA-API-SECRET-KEY", DeskAccounts.secret(account))
            .GET());
  }

  JsonNode post(String path, Map<String, Object> body) throws IOException {
    return send(
        to(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))));
  }

  void delete(String path) throws IOException {
    send(to(path).DELETE());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(url + path));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(answer.statusCode() + ": " + answer.body());
      }
      return json.readTree(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
