package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client of the JDK that speaks JSON and keeps what comes. */
final class StreamClient implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A whole message, and in which frames it came. */
  record Received(boolean binary, JsonNode json) {}

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final CompletableFuture<Void> pong = new CompletableFuture<>();
  private final WebSocket socket;

  private StreamClient(String url, String... headers) {
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    socket = builder.buildAsync(URI.create(url), new Collector()).join();
  }

  static StreamClient connect(SimulatorServer server, String path, String... headers) {
    return new StreamClient(server.url().replace("http:", "ws:") + path, headers);
  }

  private final class Collector implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      return whole(from, last, false);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
      text.append(StandardCharsets.UTF_8.decode(part));
      return whole(from, last, true);
    }

    private CompletionStage<?> whole(WebSocket from, boolean last, boolean binary) {
      if (last) {
        try {
          received.add(new Received(binary, JSON.readTree(text.toString())));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public void onOpen(WebSocket opened) {
      opened.request(1);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
      pong.complete(null);
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      closed.complete(status);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.completeExceptionally(error);
    }
  }

  void send(String json) {
    socket.sendText(json.replace('\'', '"'), true).join();
  }

  void sendBinary(String json) {
    socket
        .sendBinary(ByteBuffer.wrap(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), true)
        .join();
  }

  /** Sends a message in frames of so many characters. */
  void sendInFragments(String json, int size) {
    String text = json.replace('\'', '"');
    for (int from = 0; from < text.length(); from += size) {
      int to = Math.min(text.length(), from + size);
      socket.sendText(text.substring(from, to), to == text.length()).join();
    }
  }

  void awaitPong() throws Exception {
    socket.sendPing(ByteBuffer.wrap(new byte[] {1})).join();
    pong.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  Received next() throws InterruptedException {
    Received next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(next).as("a message within %d s", PATIENCE_SECONDS).isNotNull();
    return next;
  }

  /** The one element of the next list. */
  JsonNode nextOne() throws InterruptedException {
    JsonNode list = next().json();
    assertThat(list).as(list.toString()).hasSize(1);
    return list.get(0);
  }

  /** Elements up to the first of a type, that one last. */
  List<JsonNode> until(String type) throws InterruptedException {
    List<JsonNode> found = new ArrayList<>();
    while (true) {
      for (JsonNode element : next().json()) {
        found.add(element);
        if (element.path("T").asText().equals(type)) {
          return found;
        }
      }
    }
  }

  /** What has come and was not looked at. */
  boolean hasMore() {
    return !received.isEmpty();
  }

  int awaitClose() throws Exception {
    return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Breaks off without a word, as when a cable is pulled. */
  void breakOff() {
    socket.abort();
  }

  @Override
  public void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }
}
