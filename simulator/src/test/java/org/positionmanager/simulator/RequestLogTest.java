package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What reached the broker is all there, can be asked for, and has no secrets in it. */
@Timeout(60)
class RequestLogTest extends Steered {
  @TempDir private Path folder;

  private JsonNode requests(String query) throws Exception {
    Client.Reply reply = large.get("/admin/requests" + query);
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    return reply.body().path("requests");
  }

  /** One with no key or a false one. */
  private HttpResponse<String> stranger(HttpRequest.Builder request) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  @DisplayName("every request is in the log, with its body, in order, and found by its answer")
  void logsRequests() throws Exception {
    order(large, "DE", "buy", "1", "'client_order_id':'mine'");
    Client.Reply answer = large.get("/v2/account");
    tiny.get("/v2/clock");
    JsonNode requests = requests("?account=large");
    assertThat(requests.findValuesAsText("path")).containsExactly("/v2/orders", "/v2/account");
    assertThat(requests.get(0).path("body").asText()).contains("mine");
    assertThat(requests.get(1).path("id").asText())
        .isEqualTo(answer.raw().headers().firstValue("X-Request-ID").orElseThrow());
    assertThat(requests("?after=2")).hasSize(1);
  }

  @Test
  @DisplayName("a request whose key is unknown is there without an account")
  void logsStrangers() throws Exception {
    HttpRequest.Builder order =
        HttpRequest.newBuilder(URI.create(url() + "/v2/orders"))
            .header("APCA-API-KEY-ID", "key-large")
            .header("APCA-API-SECRET-KEY", "a-false-secret")
            .POST(HttpRequest.BodyPublishers.ofString("{\"symbol\":\"DE\"}"));
    HttpResponse<String> answer = stranger(order);
    assertThat(answer.statusCode()).isEqualTo(401);
    JsonNode all = requests("");
    assertThat(all).hasSize(1);
    assertThat(all.get(0).path("account").asText()).isEmpty();
    assertThat(all.get(0).path("route").asText()).isEqualTo("/v2/orders");
    assertThat(all.get(0).path("body").asText()).contains("DE");
    assertThat(all.get(0).path("id").asText())
        .isEqualTo(answer.headers().firstValue("X-Request-ID").orElseThrow());
    assertThat(all.toString()).doesNotContain("a-false-secret");
  }

  @Test
  @DisplayName("an address that is not there, and a method that it does not have, are in the log")
  void logsUnknownAddresses() throws Exception {
    assertThat(large.get("/v2/nothing?a=1").status()).isEqualTo(404);
    assertThat(large.delete("/v2/clock").status()).isGreaterThanOrEqualTo(404);
    assertThat(large.post("/oauth/token", "{'client_secret':'who knows'}").status()).isEqualTo(404);
    JsonNode all = requests("?account=large");
    assertThat(all.findValuesAsText("path"))
        .containsExactly("/v2/nothing", "/v2/clock", "/oauth/token");
    assertThat(all.findValuesAsText("route")).containsOnly("");
    assertThat(all.findValuesAsText("body")).containsOnly("");
    assertThat(large.get("/admin/nothing").status()).isEqualTo(404);
    assertThat(requests("")).as("nothing of admin calls").hasSize(3);
  }

  @Test
  @DisplayName("what cannot be understood at all is in the log too")
  void logsTheUnreadable() throws Exception {
    assertThat(raw("GET /v2/orders/%zz HTTP/1.1")).startsWith("HTTP/1.1 400");
    assertThat(raw("GET /v2/orders/a%2Fb HTTP/1.1")).startsWith("HTTP/1.1 4");
    assertThat(raw("NONSENSE")).startsWith("HTTP/1.1 400");
    assertThat(requests("")).hasSize(3);
  }

  private String raw(String line) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", URI.create(url()).getPort())) {
      socket
          .getOutputStream()
          .write(
              (line + "\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      InputStream answer = socket.getInputStream();
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  @DisplayName("a secret that a client sends out of place is not in the log")
  void hidesSecrets() throws Exception {
    large.get("/v2/clock?secret=secret-large");
    large.get("/v2/orders/secret-tiny");
    order(large, "DE", "buy", "1", "'client_order_id':'secret-large'");
    JsonNode all = requests("");
    assertThat(all).hasSize(3);
    assertThat(all.toString()).contains("secret=***").doesNotContain("secret-large", "secret-tiny");
  }

  @Test
  @DisplayName("it is asked for by account, method, path and moment, page by page")
  void isAskedFor() throws Exception {
    for (int i = 0; i < 3; i++) {
      large.get("/v2/positions/DE");
      tiny.get("/v2/clock");
      pass(60);
    }
    large.delete("/v2/orders");
    assertThat(requests("?method=DELETE").findValuesAsText("path")).containsExactly("/v2/orders");
    assertThat(requests("?path=/v2/positions/.*")).hasSize(3);
    assertThat(requests("?path=/v2/positions")).as("the whole path").isEmpty();
    assertThat(requests("?account=tiny&since=2026-02-11T15:01:00Z")).hasSize(2);
    assertThat(requests("?account=")).as("of strangers").isEmpty();
    JsonNode first = large.get("/admin/requests?account=tiny&limit=2").body();
    assertThat(first.path("requests").findValuesAsText("sequence")).containsExactly("2", "4");
    JsonNode rest =
        large.get("/admin/requests?account=tiny&limit=2&after=" + first.path("next")).body();
    assertThat(rest.path("requests").findValuesAsText("sequence")).containsExactly("6");
    assertThat(rest.has("next")).isFalse();
    assertRefused(large.get("/admin/requests?path=("), 400, 0, "no regular expression");
  }

  @Test
  @DisplayName("requests are counted by account, method and route")
  void counts() throws Exception {
    order(large, "DE", "buy", "1", "");
    order(large, "DE", "buy", "1", "");
    large.post("/v2/positions/" + Scenarios.PUT + "/exercise", "");
    large.get("/v2/positions/DE");
    large.get("/v2/positions/WMT");
    assertThat(large.get("/admin/requests/counts").body().valueStream().map(RequestLogTest::line))
        .containsExactly(
            "large POST /v2/orders 2",
            "large GET /v2/positions/{symbol} 2",
            "large POST /v2/positions/{symbol}/exercise 1");
  }

  private static String line(JsonNode count) {
    return "%s %s %s %d"
        .formatted(
            count.path("account").asText(),
            count.path("method").asText(),
            count.path("route").asText(),
            count.path("count").asInt());
  }

  @Test
  @DisplayName("how many orders reached the broker has one answer, whatever became of them")
  void countsOrders() throws Exception {
    large.post("/admin/faults", "{'kind':'status-before','method':'POST','path':'/v2/orders'}");
    assertThat(order(large, "DE", "buy", "1", "").status()).isEqualTo(500);
    taken(large, "DE", "buy", "2", "");
    assertThat(order(large, "NOTHING", "buy", "1", "").status()).isEqualTo(422);
    taken(tiny, "PENNY", "buy", "1", "");
    large.delete("/v2/positions/DE?qty=1");
    assertThat(large.get("/admin/orders/counts?account=large").body().toString())
        .isEqualTo("{\"posted\":3,\"replacements\":0,\"closings\":1,\"taken\":2}");
    assertThat(large.get("/admin/orders/counts").body().path("posted").asInt()).isEqualTo(4);
  }

  private static RequestLog.Query all(int after, int limit) {
    return new RequestLog.Query(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), after, limit);
  }

  private static void add(RequestLog log, int count) {
    for (int i = 0; i < count; i++) {
      log.add("a", "GET", "/r", "/r" + i % 7, "", "", Scenarios.MORNING);
    }
  }

  private static List<Integer> numbers(RequestLog.Page page) {
    return page.requests().stream().map(RequestLog.Entry::sequence).toList();
  }

  @Test
  @DisplayName("without a file the first are forgotten some day, and it says how many")
  void forgets() throws Exception {
    try (RequestLog log = RequestLog.keeping(5)) {
      add(log, 12);
      RequestLog.Page page = log.find(all(0, 100));
      assertThat(numbers(page)).containsExactly(8, 9, 10, 11, 12);
      assertThat(page.dropped()).isEqualTo(7);
      assertThat(log.counts().values()).containsExactly(12);
    }
  }

  @Test
  @DisplayName("with a file every one can be asked for, of earlier lives too")
  void forgetsNothing() throws Exception {
    Path file = folder.resolve("requests.jsonl");
    try (RequestLog log = new RequestLog(file, 5)) {
      add(log, 1_500);
    }
    Files.writeString(file, "{\"sequence\":", java.nio.file.StandardOpenOption.APPEND);
    try (RequestLog log = new RequestLog(file, 5)) {
      add(log, 1_500);
      int after = 0;
      int found = 0;
      Optional<Integer> next = Optional.of(0);
      while (next.isPresent()) {
        RequestLog.Page page = log.find(all(after, 700));
        assertThat(numbers(page).getFirst()).isEqualTo(after + 1);
        assertThat(page.dropped()).isZero();
        found += page.requests().size();
        next = page.next();
        after = next.orElse(after);
      }
      assertThat(found).isEqualTo(3_000);
      assertThat(numbers(log.find(all(1_234, 2)))).containsExactly(1_235, 1_236);
      assertThat(numbers(log.find(all(2_998, 10)))).as("from memory").containsExactly(2_999, 3_000);
      assertThat(numbers(log.find(all(3_000, 10)))).isEmpty();
      RequestLog.Query some =
          new RequestLog.Query(
              Optional.empty(),
              Optional.empty(),
              Optional.of(Pattern.compile("/r3")),
              Optional.empty(),
              0,
              10_000);
      assertThat(log.find(some).requests()).hasSize(428);
      assertThat(log.counts().values()).containsExactly(3_000);
    }
  }
}
