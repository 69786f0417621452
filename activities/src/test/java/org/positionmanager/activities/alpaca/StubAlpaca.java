package org.positionmanager.activities.alpaca;

import io.javalin.Javalin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.positionmanager.workflows.identity.AccountName;

/** Answers what a test tells it to, on loopback, and remembers what it was asked. */
final class StubAlpaca implements AutoCloseable {
  record Reply(int status, String body) {}

  final List<String> requests = java.util.Collections.synchronizedList(new ArrayList<>());
  final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final Javalin server;

  StubAlpaca() {
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.routes.get("/<path>", this::answer);
                  config.routes.post("/<path>", this::answer);
                  config.routes.delete("/<path>", this::answer);
                })
            .start("127.0.0.1", 0);
  }

  private void answer(io.javalin.http.Context context) {
    String line = context.method() + " " + context.path();
    String query = context.queryString();
    requests.add(line + (query == null ? "" : "?" + query) + " " + context.body());
    Reply reply = replies.getOrDefault(line, new Reply(404, "{\"message\":\"stub has none\"}"));
    if (reply.status() == 503) {
      context.header("Retry-After", "0");
    }
    context.status(reply.status()).contentType("application/json").result(reply.body());
  }

  StubAlpaca on(String line, int status, String body) {
    replies.put(line, new Reply(status, body));
    return this;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  AlpacaConnection connect() {
    return connect(uri());
  }

  static AlpacaConnection connect(URI uri) {
    return AlpacaConnection.open(settings(uri), new SimpleMeterRegistry());
  }

  AlpacaSettings settings() {
    return settings(uri());
  }

  private static AlpacaSettings settings(URI uri) {
    return AlpacaSettings.paper(new AccountName("tiny"), "key-id", new ApiSecret("top-secret"))
        .at(uri, uri, 0, 1);
  }

  @Override
  public void close() {
    server.stop();
  }
}
