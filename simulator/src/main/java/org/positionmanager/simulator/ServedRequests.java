package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;

/**
 * What every request of a client goes through: key, limit, log, faults, and an answer that is on
 * disk before it is given.
 */
final class ServedRequests {
  private static final String UNKNOWN_VALUE = "simulated_unknown";
  private static final String GATEWAY_PAGE =
      "<html><head><title>504 Gateway Time-out</title></head>"
          + "<body><center><h1>504 Gateway Time-out</h1></center></body></html>";

  private final Exchange exchange;
  private final Faults faults;
  private final RequestLog log;
  private final RateLimit limit = new RateLimit(InstantSource.system());
  private final ObjectMapper json = new ObjectMapper();

  ServedRequests(Exchange exchange, Faults faults, RequestLog log) {
    this.exchange = exchange;
    this.faults = faults;
    this.log = log;
  }

  /** A handler that knows the account of each request. */
  Handler served(SimulatorServer.Route route) {
    return request -> serve(route, request);
  }

  private void serve(SimulatorServer.Route route, Context request) throws IOException {
    Account account = authenticated(request);
    String method = request.method().name();
    RequestLog.Entry entry =
        log.add(
            account.name,
            method,
            request.path(),
            request.queryString(),
            method.equals("GET") ? "" : request.body(),
            exchange.clock().now());
    // on every answer of Alpaca's (DOC: request id)
    request.header("X-Request-ID", entry.id());
    RateLimit.Standing standing =
        limit.count(
            account.name, RateLimit.Side.of(request.path()), account.settings.requestsPerMinute());
    standing.headers().forEach(request::header);
    if (standing.exceeded()) {
      throw new Rejection(429, 42910000, "rate limit exceeded");
    }
    Faults.Passage passage =
        faults.passage(account.name, method, request.path(), exchange.clock().now());
    if (isStoppedBefore(passage, standing, request)) {
      return;
    }
    passage
        .struckBy(Faults.Kind.POSITIONS_LAG)
        .ifPresent(fault -> request.attribute(Faults.LAG, fault.order.millis()));
    Object answer = route.answer(account, request);
    exchange.settle();
    if (!isStoppedAfter(passage, request, answer)) {
      write(request, unknown(passage, answer));
    }
  }

  private boolean isStoppedBefore(
      Faults.Passage passage, RateLimit.Standing standing, Context request) throws IOException {
    passage.before();
    if (passage.struckBy(Faults.Kind.RATE_LIMIT).isPresent()) {
      request.header("X-Ratelimit-Remaining", "0");
      request.header("X-Ratelimit-Reset", Long.toString(standing.resetAt()));
      throw new Rejection(429, 42910000, "rate limit exceeded");
    }
    if (passage.struckBy(Faults.Kind.HTML_504_BEFORE).isPresent()) {
      answerAsGateway(request);
      return true;
    }
    if (passage.timesOut(Faults.Kind.TIMEOUT_BEFORE)) {
      cut(request);
      return true;
    }
    return false;
  }

  private boolean isStoppedAfter(Faults.Passage passage, Context request, Object answer)
      throws IOException {
    passage.after();
    if (passage.timesOut(Faults.Kind.TIMEOUT_AFTER)
        || passage.struckBy(Faults.Kind.CUT_AFTER).isPresent()) {
      cut(request);
      return true;
    }
    if (passage.struckBy(Faults.Kind.HTML_504).isPresent()) {
      answerAsGateway(request);
      return true;
    }
    if (passage.struckBy(Faults.Kind.CUT_MIDDLE).isPresent()) {
      byte[] body = json.writeValueAsBytes(answer == null ? Map.of() : answer);
      request.contentType("application/json");
      request.res().setContentLength(body.length);
      request.res().getOutputStream().write(body, 0, body.length / 2);
      request.res().flushBuffer();
      cut(request);
      return true;
    }
    return false;
  }

  private static void cut(Context request) throws IOException {
    request.res().sendError(-1);
  }

  private static void answerAsGateway(Context request) {
    request.status(504).contentType("text/html").result(GATEWAY_PAGE);
  }

  /** Lets a field have a value that no client knows, where a fault says so. */
  private Object unknown(Faults.Passage passage, Object answer) {
    if (answer == null) {
      return null;
    }
    return passage
        .struckBy(Faults.Kind.UNKNOWN_ENUM)
        .<Object>map(
            fault -> {
              JsonNode tree = json.valueToTree(answer);
              for (JsonNode parent : tree.findParents(fault.order.field())) {
                ((ObjectNode) parent).set(fault.order.field(), TextNode.valueOf(UNKNOWN_VALUE));
              }
              return tree;
            })
        .orElse(answer);
  }

  private Account authenticated(Context request) {
    String key = request.header("APCA-API-KEY-ID");
    String secret = request.header("APCA-API-SECRET-KEY");
    return exchange.accounts().stream()
        .filter(account -> account.key.equals(key) && account.secret.equals(secret))
        .findFirst()
        .orElseThrow(
            () -> {
              limit.ofNobody().headers().forEach(request::header);
              return new Rejection(401, 40110000, "unauthorized");
            });
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
