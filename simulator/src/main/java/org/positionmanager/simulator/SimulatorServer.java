package org.positionmanager.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
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
  private final Faults faults;
  private final RequestLog log;
  private final ServedRequests requests;
  private final Optional<DataFolder> data;
  private final Tape tape;
  private final StreamSettings plans;
  private final Indicative indicative;
  private final Streams streams;
  private final Javalin http;

  private SimulatorServer(Scenario scenario, Optional<DataFolder> data, String host, int port)
      throws IOException {
    this.data = data;
    exchange = Openings.open(scenario, data);
    faults = ScriptedFaults.ofRequests(scenario, data);
    log = data.isPresent() ? data.get().requests() : new RequestLog();
    requests = new ServedRequests(exchange, faults, log);
    tape = MarketTape.of(exchange.quotes(), scenario.start(), scenario.seed());
    plans = scenario.streams().orElse(StreamSettings.DEFAULT);
    indicative = new Indicative(exchange.quotes(), scenario.seed());
    streams =
        new Streams(
            exchange,
            tape,
            plans,
            indicative,
            ScriptedFaults.ofStreams(scenario, exchange.clock()::now, data));
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
          config.jetty.modifyServer(
              server -> {
                server.setRequestLog(requests::noteUnreadable);
                server.addEventListener(new Backlog());
              });
          config.jetty.modifyWebSocketServletFactory(
              sockets -> {
                sockets.setIdleTimeout(IDLE_TIMEOUT);
                sockets.setMaxTextMessageSize(LARGEST_MESSAGE);
                sockets.setMaxBinaryMessageSize(LARGEST_MESSAGE);
              });
          trading(config.routes);
          DataRoutes.add(config.routes, exchange, tape, plans, indicative, requests::served);
          streams.configure(config.routes);
          admin(config.routes);
          marketAdmin(config.routes);
          config.routes.exception(Rejection.class, requests::reject);
          config.routes.exception(JsonProcessingException.class, requests::refuse);
          config.routes.exception(HttpResponseException.class, requests::answerUnknown);
          config.routes.exception(Exception.class, requests::fail);
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
    TradingRoutes.register(routes, exchange, requests::served);
  }

  private void admin(RoutesConfig routes) {
    AdminRoutes.register(routes, exchange, faults, log, this::open);
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
      try {
        Object answer = route.apply(request);
        exchange.settle();
        streams.tick();
        requests.write(request, answer);
      } catch (DateTimeException | NumberFormatException e) {
        requests.refuse(e, request);
      }
    };
  }

  @Override
  public void close() {
    http.stop();
    streams.close();
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
