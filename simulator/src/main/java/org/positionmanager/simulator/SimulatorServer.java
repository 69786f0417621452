package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.positionmanager.simulator.market.Tape;

/** The exchange behind HTTP on loopback. */
public final class SimulatorServer implements AutoCloseable {
  /** Clients may have nothing to say for as long as they like; a dead one is found by TCP. */
  private static final Duration IDLE_TIMEOUT = Duration.ofHours(24);

  /** A client may follow thousands of symbols in one message. */
  private static final long LARGEST_MESSAGE = 1_000_000;

  private final Exchange exchange;
  private final Faults faults = new Faults();
  private final RequestLog log = new RequestLog();
  private final ObjectMapper json = new ObjectMapper();
  private final Optional<DataFolder> data;
  private final Tape tape;
  private final StreamSettings plans;
  private final Streams streams;
  private final Javalin http;

  private SimulatorServer(Scenario scenario, Optional<DataFolder> data, String host, int port)
      throws IOException {
    this.data = data;
    exchange = Openings.open(scenario, data);
    tape = MarketTape.of(exchange.quotes(), scenario.start(), scenario.seed());
    plans = scenario.streams().orElse(StreamSettings.DEFAULT);
    streams = new Streams(exchange, tape, plans, scenario.seed());
    http = listen(host, port);
  }

  private Javalin listen(String host, int port) {
    try {
      return create().start(host, port);
    } catch (RuntimeException e) {
      streams.close();
      throw e;
    }
  }

  private Javalin create() {
    return Javalin.create(
        config -> {
          config.startup.showJavalinBanner = false;
          config.concurrency.useVirtualThreads = true;
          config.jetty.modifyWebSocketServletFactory(
              sockets -> {
                sockets.setIdleTimeout(IDLE_TIMEOUT);
                sockets.setMaxTextMessageSize(LARGEST_MESSAGE);
                sockets.setMaxBinaryMessageSize(LARGEST_MESSAGE);
              });
          trading(config.routes);
          DataRoutes.add(config.routes, exchange, tape, plans, this::served);
          streams.configure(config.routes);
          admin(config.routes);
          marketAdmin(config.routes);
          config.routes.exception(Rejection.class, this::reject);
        });
  }

  /**
   * Starts one that forgets everything when it ends.
   *
   * @param port 0 for any free one
   */
  public static SimulatorServer start(Scenario scenario, String host, int port) {
    try {
      return new SimulatorServer(scenario, Optional.empty(), host, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts one that goes on where the folder's last one ended, even by {@code kill -9}.
   *
   * @throws IOException in one line where the folder is in use, of another scenario, or unreadable
   */
  public static SimulatorServer start(Scenario scenario, Path folder, String host, int port)
      throws IOException {
    DataFolder data = DataFolder.open(folder);
    try {
      return new SimulatorServer(scenario, Optional.of(data), host, port);
    } catch (IOException | RuntimeException e) {
      data.close();
      throw e;
    }
  }

  public int port() {
    return http.port();
  }

  /** The address for trading, data and admin calls. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** What an authenticated client is answered. */
  interface Route {
    Object answer(Account account, Context request);
  }

  private void trading(RoutesConfig routes) {
    TradingRest rest = new TradingRest(exchange);
    routes.get("/v2/account", served(rest::account));
    routes.get("/v2/clock", served(rest::clock));
    routes.get("/v2/calendar", served(rest::calendar));
    routes.get("/v2/positions", served(rest::positions));
    routes.get("/v2/positions/{symbol}", served(rest::position));
    routes.post("/v2/orders", served(rest::place));
    routes.get("/v2/orders", served(rest::orders));
    routes.get("/v2/orders/{id}", served(rest::order));
    routes.get("/v2/orders:by_client_order_id", served(rest::orderByClientId));
    routes.delete("/v2/orders/{id}", served(rest::cancel));
    routes.get("/v2/account/activities", served(rest::activities));
    routes.get("/v2/account/activities/{type}", served(rest::activities));
  }

  private void admin(RoutesConfig routes) {
    AdminRest rest = new AdminRest(exchange, new TradingRest(exchange), faults, log);
    routes.get("/admin/state", open(rest::state));
    routes.get("/admin/requests", open(rest::requests));
    routes.post("/admin/clock", open(rest::clock));
    routes.post("/admin/quotes", open(rest::quotes));
    routes.post("/admin/orders", open(rest::order));
    routes.post("/admin/fills", open(rest::fill));
    routes.post("/admin/accounts/{name}/hold-fills", open(rest::holdFills));
    routes.post("/admin/faults", open(rest::addFault));
    routes.get("/admin/faults/{id}", open(rest::fault));
    routes.post("/admin/faults/{id}/release", open(rest::release));
  }

  private void marketAdmin(RoutesConfig routes) {
    MarketAdmin rest = new MarketAdmin(exchange, streams);
    routes.get("/admin/halts", open(rest::halts));
    routes.post("/admin/halts", open(rest::halt));
    routes.get("/admin/streams", open(rest::streams));
    routes.get("/admin/stream-faults", open(rest::faults));
    routes.post("/admin/stream-faults", open(rest::addFault));
    routes.delete("/admin/stream-faults/{id}", open(rest::removeFault));
  }

  private Handler open(Function<Context, Object> route) {
    return request -> {
      Object answer = route.apply(request);
      exchange.settle();
      streams.tick();
      write(request, answer);
    };
  }

  private Handler served(Route route) {
    return request -> {
      Account account = authenticated(request);
      String method = request.method().name();
      log.add(account.name, method, request.path(), request.queryString(), exchange.clock().now());
      faults.before(account.name, method, request.path());
      Object answer = route.answer(account, request);
      exchange.settle();
      if (faults.after(account.name, method, request.path())) {
        request.res().sendError(-1);
        return;
      }
      write(request, answer);
    };
  }

  private Account authenticated(Context request) {
    String key = request.header("APCA-API-KEY-ID");
    String secret = request.header("APCA-API-SECRET-KEY");
    return exchange.accounts().stream()
        .filter(account -> account.key.equals(key) && account.secret.equals(secret))
        .findFirst()
        .orElseThrow(() -> new Rejection(401, 40110000, "unauthorized"));
  }

  private void write(Context request, Object answer) throws IOException {
    if (answer != null) {
      request.contentType("application/json").result(json.writeValueAsBytes(answer));
    }
  }

  private void reject(Rejection rejection, Context request) {
    Map<String, Object> body =
        rejection.status() == 401 ? Map.of("message", "unauthorized") : rejection.body();
    try {
      request
          .status(rejection.status())
          .contentType("application/json")
          .result(json.writeValueAsBytes(body));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.stop();
    streams.close();
    data.ifPresent(
        folder -> {
          try {
            folder.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
