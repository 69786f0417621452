package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * What every request of a client goes through: log, key, limit, faults, and an answer that is on
 * disk before it is given.
 */
final class ServedRequests {
  private static final String REQUEST_ID = "X-Request-ID";
  private static final int LEAST_REFUSAL = 400;
  private static final String UNKNOWN_VALUE = "simulated_unknown";
  private static final String GATEWAY_PAGE =
      "<html><head><title>504 Gateway Time-out</title></head>"
          + "<body><center><h1>504 Gateway Time-out</h1></center></body></html>";

  private final Exchange exchange;
  private final Faults faults;
  private final RequestLog log;
  private final Secrets secrets;
  private final RateLimit limit = new RateLimit(InstantSource.system());
  private final ObjectMapper json = new ObjectMapper();

  ServedRequests(Exchange exchange, Faults faults, RequestLog log) {
    this.exchange = exchange;
    this.faults = faults;
    this.log = log;
    secrets = new Secrets(exchange.accounts().stream().map(it -> it.secret).toList());
  }

  /** A handler that knows the account of each request. */
  Handler served(SimulatorServer.Route route) {
    return request -> serve(route, request);
  }

  private void serve(SimulatorServer.Route route, Context request) throws IOException {
    String method = request.method().name();
    Optional<Account> caller = caller(request);
    note(request, caller, request.endpoint().path);
    Account account =
        caller.orElseThrow(
            () -> {
              limit.ofNobody().headers().forEach(request::header);
              return new Rejection(401, 40110000, "unauthorized");
            });
    RateLimit.Standing standing =
        limit.count(
            account.name, RateLimit.Side.of(request.path()), account.settings.requestsPerMinute());
    standing.headers().forEach(request::header);
    if (standing.exceeded()) {
      throw new Rejection(429, 42910000, "rate limit exceeded");
    }
    Faults.Passage passage =
        faults.passage(account.name, method, request.path(), exchange.clock().now());
    Outcome outcome =
        Outcome.of(
            passage,
            exchange,
            account,
            lagMillis -> {
              if (lagMillis > 0) {
                request.attribute(Faults.LAG, lagMillis);
              }
              return route.answer(account, request);
            });
    switch (outcome) {
      case Outcome.Answered it -> write(request, withUnknown(it));
      case Outcome.HalfAnswered it -> answerInHalf(request, it.body());
      case Outcome.Cut it -> cut(request);
      case Outcome.Gateway it -> request.status(504).contentType("text/html").result(GATEWAY_PAGE);
      case Outcome.TooMany it -> {
        request.header("X-Ratelimit-Remaining", "0");
        request.header("X-Ratelimit-Reset", Long.toString(standing.resetAt()));
        throw new Rejection(429, 42910000, "rate limit exceeded");
      }
    }
  }

  private void answerInHalf(Context request, Object answer) throws IOException {
    byte[] body = json.writeValueAsBytes(answer == null ? Map.of() : answer);
    request.contentType("application/json");
    request.res().setContentLength(body.length);
    request.res().getOutputStream().write(body, 0, body.length / 2);
    request.res().flushBuffer();
    cut(request);
  }

  private static void cut(Context request) throws IOException {
    request.res().sendError(-1);
  }

  /** Lets a field have a value that no client knows, where a fault says so. */
  private Object withUnknown(Outcome.Answered answer) {
    if (answer.body() == null || answer.unknown().isEmpty()) {
      return answer.body();
    }
    String field = answer.unknown().get();
    JsonNode tree = json.valueToTree(answer.body());
    for (JsonNode parent : tree.findParents(field)) {
      ((ObjectNode) parent).set(field, TextNode.valueOf(UNKNOWN_VALUE));
    }
    return tree;
  }

  private Optional<Account> caller(Context request) {
    String key = request.header("APCA-API-KEY-ID");
    String secret = request.header("APCA-API-SECRET-KEY");
    return exchange.accounts().stream()
        .filter(account -> account.key.equals(key) && account.secret.equals(secret))
        .findFirst();
  }

  /** Keeps a request before anything comes of it, whoever sent it and wherever to. */
  private void note(Context request, Optional<Account> caller, String route) {
    RequestLog.Entry entry =
        log.add(
            caller.map(it -> it.name).orElse(""),
            request.method().name(),
            route,
            secrets.removedFrom(request.path()),
            secrets.removedFrom(request.queryString()),
            route.isEmpty() || request.method() == HandlerType.GET
                ? ""
                : secrets.removedFrom(request.body()),
            exchange.clock().now());
    // on every answer of Alpaca's (DOC: request id)
    request.header(REQUEST_ID, entry.id());
  }

  /** Keeps what is answered before it comes to any address, because it cannot be understood. */
  void noteUnreadable(Request request, Response answer) {
    String path = Objects.requireNonNullElse(request.getHttpURI().getPath(), "");
    boolean isNoted = answer.getHeaders().contains(REQUEST_ID);
    if (!isNoted && answer.getStatus() >= LEAST_REFUSAL && !isForAdmins(path)) {
      log.add(
          "",
          request.getMethod(),
          "",
          secrets.removedFrom(path),
          secrets.removedFrom(request.getHttpURI().getQuery()),
          "",
          exchange.clock().now());
    }
  }

  private static boolean isForAdmins(String path) {
    return path.startsWith("/admin/");
  }

  /** Answers in JSON; without a body where there is no answer. */
  void write(Context request, Object answer) throws IOException {
    if (answer != null) {
      request.contentType("application/json").result(json.writeValueAsBytes(answer));
    }
  }

  /** Answers a rejection; a key that is not known gets no code. */
  void reject(Rejection rejection, Context request) {
    Map<String, Object> body =
        rejection.status() == 401 ? Map.of("message", "unauthorized") : rejection.body();
    try {
      request.status(rejection.status());
      write(request, body);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Answers a body, a number or a time of an admin call that cannot be read. */
  void refuse(Exception unreadable, Context request) {
    String first = String.valueOf(unreadable.getMessage()).lines().findFirst().orElse("");
    reject(new Rejection(400, 0, "the request cannot be read: " + first), request);
  }

  /** Answers an address or a method that is not there as Alpaca does. */
  void answerUnknown(HttpResponseException unknown, Context request) {
    if (request.res().getHeader(REQUEST_ID) == null && !isForAdmins(request.path())) {
      note(request, caller(request), "");
    }
    String message = unknown.getStatus() == 404 ? "endpoint not found" : unknown.getMessage();
    reject(
        new Rejection(unknown.getStatus(), unknown.getStatus() * 100_000L + 10_000, message),
        request);
  }

  /** Answers what should not have happened as Alpaca does. */
  void fail(Exception fault, Context request) {
    System.getLogger(ServedRequests.class.getName())
        .log(System.Logger.Level.ERROR, request.method() + " " + request.path(), fault);
    reject(new Rejection(500, 50010000, "internal server error occurred"), request);
  }
}
