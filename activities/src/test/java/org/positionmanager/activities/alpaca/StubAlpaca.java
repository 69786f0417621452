package org.positionmanager.activities.alpaca;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.positionmanager.workflows.identity.AccountName;

/** Answers what a test tells it to, on loopback, and remembers what it was asked. */
public final class StubAlpaca implements AutoCloseable {
  public record Reply(int status, String body, Map<String, String> headers) {
    public Reply(int status, String body) {
      this(status, body, Map.of());
    }
  }

  /** Method, path, query and body of each request in the order of arrival. */
  public final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  private final Map<String, Function<Context, Reply>> replies = new ConcurrentHashMap<>();
  private final Javalin server;

  public StubAlpaca() {
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

  private void answer(Context context) {
    String line = context.method() + " " + context.path();
    String query = context.queryString();
    String asked = query == null ? "" : "?" + URLDecoder.decode(query, StandardCharsets.UTF_8);
    requests.add(line + asked + " " + context.body());
    Reply reply =
        replies
            .getOrDefault(line, any -> new Reply(404, "{\"message\":\"stub has none\"}"))
            .apply(context);
    reply.headers().forEach(context::header);
    context.status(reply.status()).contentType("application/json").result(reply.body());
  }

  public StubAlpaca on(String line, int status, String body) {
    return on(line, any -> new Reply(status, body));
  }

  public StubAlpaca on(String line, Function<Context, Reply> reply) {
    replies.put(line, reply);
    return this;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  public AlpacaConnection connect() {
    return connect(uri());
  }

  static AlpacaConnection connect(URI uri) {
    return AlpacaConnection.open(settings(uri), new SimpleMeterRegistry());
  }

  /** A client without a rate limit. */
  AlpacaHttp http(LongSupplier nanoClock) {
    return new AlpacaHttp(
        settings(),
        new RateBudget(0, nanoClock),
        new ConnectionBreaks(),
        new SimpleMeterRegistry());
  }

  AlpacaSettings settings() {
    return settings(uri());
  }

  private static AlpacaSettings settings(URI uri) {
    return settings(uri, Duration.ofSeconds(10));
  }

  static AlpacaSettings settings(URI uri, Duration callTimeout) {
    return new AlpacaSettings(
        new AccountName("tiny"),
        "key-id",
        new ApiSecret("top-secret"),
        false,
        Optional.of(uri),
        Optional.of(uri),
        "iex",
        "indicative",
        callTimeout,
        callTimeout,
        0);
  }

  @Override
  public void close() {
    server.stop();
  }
}
