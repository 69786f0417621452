package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.msgpack.core.MessagePack;

/** The jar that runs alone, as a person starts it: {@code java -jar}. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StandaloneJarIT {
  private static final long PATIENCE_SECONDS = 20;

  @TempDir private Path folder;
  private Process process;
  private BufferedReader output;
  private Path errors;

  @BeforeEach
  void start() throws Exception {
    errors = folder.resolve("stderr");
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-jar",
                System.getProperty("simulator.jar"),
                "--port",
                "0",
                "--market",
                "always-open",
                "--json")
            .redirectError(errors.toFile())
            .start();
    output = process.inputReader();
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  @Test
  @DisplayName("the jar alone says in one line that it is ready, serves all three, and is silent")
  void runsAlone() throws Exception {
    String line = output.readLine();
    assertThat(line).as(Files.readString(errors)).isNotNull();
    JsonNode ready = new ObjectMapper().readTree(line);
    JsonNode account = ready.path("accounts").get(0);
    assertThat(ready.path("ready").asBoolean()).isTrue();
    assertThat(account.path("name").asText()).isEqualTo("large");

    JsonNode held = get(ready.path("trading").asText() + "/v2/account", account);
    assertThat(held.path("cash").asText()).isEqualTo("121000");
    String share = ready.path("stock_symbols").get(0).asText();
    JsonNode quotes =
        get(
            ready.path("data").asText() + "/v2/stocks/quotes/latest?symbols=" + share + "&feed=iex",
            account);
    assertThat(quotes.path("quotes").path(share).path("bp").decimalValue()).isPositive();
    assertThat(greeting(ready.path("stream").asText() + "/v1beta1/indicative"))
        .isEqualTo("[{\"T\":\"success\",\"msg\":\"connected\"}]");

    // by its handle: the process itself would close what it still has to say
    process.toHandle().destroy();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(output.lines()).as("standard output after the line").isEmpty();
    assertThat(Files.readString(errors)).as("standard error").isEmpty();
  }

  private static JsonNode get(String url, JsonNode account) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("APCA-API-KEY-ID", account.path("key").asText())
            .header("APCA-API-SECRET-KEY", account.path("secret").asText())
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return new ObjectMapper()
          .readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  /** What an option stream says first, unpacked. */
  private static String greeting(String url) throws Exception {
    CompletableFuture<byte[]> first = new CompletableFuture<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      WebSocket socket =
          http.newWebSocketBuilder()
              .buildAsync(
                  URI.create(url),
                  new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onBinary(
                        WebSocket from, ByteBuffer data, boolean last) {
                      byte[] bytes = new byte[data.remaining()];
                      data.get(bytes);
                      first.complete(bytes);
                      return null;
                    }
                  })
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String said =
          MessagePack.newDefaultUnpacker(first.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
              .unpackValue()
              .toJson();
      socket.abort();
      return said;
    }
  }
}
