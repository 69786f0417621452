package org.positionmanager.activities.alert.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A real server that answers as it is told, and remembers what it was sent. */
public final class HttpEndpoint implements AutoCloseable {
  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>(new ArrayDeque<>());
  private final CountDownLatch closing = new CountDownLatch(1);

  /** A request as it arrived. */
  public record Received(String body, Map<String, List<String>> headers) {
    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  private record Answer(int status, Map<String, String> headers, boolean never) {}

  public HttpEndpoint() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/hook", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  public List<Received> received() {
    return received;
  }

  /** The next request is answered so; all further ones by 200. */
  public HttpEndpoint answers(int status) {
    answers.add(new Answer(status, Map.of(), false));
    return this;
  }

  public HttpEndpoint answersRetryAfter(int status, String retryAfter) {
    answers.add(new Answer(status, Map.of("Retry-After", retryAfter), false));
    return this;
  }

  public HttpEndpoint neverAnswers() {
    answers.add(new Answer(0, Map.of(), true));
    return this;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    received.add(new Received(body, Map.copyOf(exchange.getRequestHeaders())));
    Answer answer = answers.poll();
    if (answer != null && answer.never()) {
      awaitClosing();
      return;
    }
    if (answer != null) {
      answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    }
    exchange.sendResponseHeaders(answer == null ? 200 : answer.status(), -1);
    exchange.close();
  }

  private void awaitClosing() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }
}
