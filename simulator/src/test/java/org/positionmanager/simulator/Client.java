package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A plain client with one account's key, for which every answer must be as Alpaca specifies. */
final class Client {
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final String url;
  private final String account;

  Client(String url, String account) {
    this.url = url;
    this.account = account;
  }

  record Reply(int status, JsonNode body, HttpResponse<String> raw) {}

  Reply get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  Reply delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  Reply post(String path, String body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  Reply patch(String path, String body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("APCA-API-KEY-ID", "key-" + account)
        .header("APCA-API-SECRET-KEY", "secret-" + account);
  }

  private Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpRequest sent = request.build();
    HttpResponse<String> raw = http.send(sent, HttpResponse.BodyHandlers.ofString());
    assertThat(
            Conformance.violations(
                sent.method(), sent.uri().getPath(), raw.statusCode(), raw.body()))
        .as("%s %s: %d %s", sent.method(), sent.uri(), raw.statusCode(), raw.body())
        .isEmpty();
    boolean isJson =
        raw.headers().firstValue("Content-Type").filter(it -> it.contains("json")).isPresent();
    return new Reply(
        raw.statusCode(),
        raw.body().isEmpty() || !isJson ? json.nullNode() : json.readTree(raw.body()),
        raw);
  }
}
