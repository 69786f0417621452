package org.positionmanager.simulator;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between a client that is a program of its own and the simulator, passes on what both say,
 * and notes each answer that Alpaca's specification does not allow.
 */
final class CheckingProxy implements AutoCloseable {
  /** Of one connection, and so not passed on. */
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "content-length", "host", "transfer-encoding", "upgrade", "date");

  private final String target;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final List<String> passed = new CopyOnWriteArrayList<>();

  /**
   * @param target where the simulator is
   */
  CheckingProxy(String target) throws IOException {
    this.target = target;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What was wrong so far; empty where nothing was. */
  List<String> violations() {
    return violations;
  }

  /** Methods and paths of all that it passed on. */
  List<String> passed() {
    return passed;
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      URI asked = exchange.getRequestURI();
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(target + asked))
              .method(
                  method,
                  HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) -> {
                if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                  values.forEach(it -> request.header(name, it));
                }
              });
      // the answer is to be read here, so it is not compressed
      request.setHeader("Accept-Encoding", "identity");
      HttpResponse<byte[]> answer = answer(request.build());
      passed.add(method + " " + asked.getPath());
      String body = new String(answer.body(), StandardCharsets.UTF_8);
      Conformance.violations(method, asked.getPath(), answer.statusCode(), body)
          .forEach(
              it ->
                  violations.add(
                      "%s %s %d: %s in %s"
                          .formatted(method, asked, answer.statusCode(), it, body)));
      Headers headers = exchange.getResponseHeaders();
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                  headers.put(name, values);
                }
              });
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      if (answer.body().length > 0) {
        exchange.getResponseBody().write(answer.body());
      }
    }
  }

  private HttpResponse<byte[]> answer(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
    http.close();
  }
}
