package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The exchange behind HTTP on loopback. */
public final class SimulatorServer implements AutoCloseable {
  private final Exchange exchange;
  private final Faults faults = new Faults();
  private final RequestLog log = new RequestLog();
  private final ObjectMapper json = new ObjectMapper();
  private final Optional<DataFolder> data;
  private final Javalin http;

  private SimulatorServer(Scenario scenario, Optional<DataFolder> data, String host, int port)
      throws IOException {
    this.data = data;
    exchange = Openings.open(scenario, data);
    http =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.concurrency.useVirtualThreads = true;
                  trading(config.routes);
                  admin(config.routes);
                  config.routes.exception(Rejection.class, this::reject);
                })
            .start(host, port);
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

  private void trading(RoutesConfig routes) {
    TradingRoutes.register(routes, exchange, this::served);
    DataRest data = new DataRest(exchange);
    routes.get("/v2/stocks/quotes/latest", served(data::latestQuotes));
    routes.get("/v1beta1/options/quotes/latest", served(data::latestQuotes));
  }

  private void admin(RoutesConfig routes) {
    AdminRest rest = new AdminRest(exchange, new OrdersRest(exchange), faults, log);
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

  private Handler open(Function<Context, Object> route) {
    return request -> {
      Object answer = route.apply(request);
      exchange.settle();
      write(request, answer);
    };
  }

  private Handler served(TradingRoutes.Route route) {
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
