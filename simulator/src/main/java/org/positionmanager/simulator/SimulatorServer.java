package org.positionmanager.simulator;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The exchange behind HTTP on loopback. */
public final class SimulatorServer implements AutoCloseable {
  private final Exchange exchange;
  private final Faults faults;
  private final RequestLog log;
  private final ServedRequests requests;
  private final Optional<DataFolder> data;
  private final Javalin http;

  private SimulatorServer(Scenario scenario, Optional<DataFolder> data, String host, int port)
      throws IOException {
    this.data = data;
    exchange = Openings.open(scenario, data);
    faults = new Faults(scenario.seed());
    log = data.isPresent() ? data.get().requests() : new RequestLog();
    requests = new ServedRequests(exchange, faults, log);
    http =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.concurrency.useVirtualThreads = true;
                  trading(config.routes);
                  admin(config.routes);
                  config.routes.exception(Rejection.class, requests::reject);
                  config.routes.exception(Exception.class, requests::fail);
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
    TradingRoutes.register(routes, exchange, requests::served);
    DataRest data = new DataRest(exchange);
    routes.get("/v2/stocks/quotes/latest", requests.served(data::latestQuotes));
    routes.get("/v1beta1/options/quotes/latest", requests.served(data::latestQuotes));
  }

  private void admin(RoutesConfig routes) {
    AdminRoutes.register(routes, exchange, faults, log, this::open);
  }

  private Handler open(Function<Context, Object> route) {
    return request -> {
      Object answer = route.apply(request);
      exchange.settle();
      requests.write(request, answer);
    };
  }

  @Override
  public void close() {
    http.stop();
    try {
      log.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
