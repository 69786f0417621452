package org.positionmanager.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that each place an order over a connection that is kept, wait for it, and go on. */
final class OrderLoad {
  private static final String ORDER =
      "{\"symbol\":\"%s\",\"side\":\"%s\",\"qty\":\"1\",\"type\":\"market\","
          + "\"time_in_force\":\"day\",\"client_order_id\":\"%s\"}";

  private final SimulatorProcess simulator;
  private final Duration warmUp;
  private final Duration lasts;

  OrderLoad(SimulatorProcess simulator, Duration warmUp, Duration lasts) {
    this.simulator = simulator;
    this.warmUp = warmUp;
    this.lasts = lasts;
  }

  /** Market orders that buy and sell in turn, one client an account; each must be filled. */
  Measured run(long target) throws IOException, InterruptedException {
    List<Long> nanos = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      long from = System.nanoTime() + warmUp.toNanos();
      long until = from + lasts.toNanos();
      List<Future<List<Long>>> running = new ArrayList<>();
      for (SimulatorProcess.Account account : simulator.accounts()) {
        running.add(clients.submit(() -> place(account, from, until)));
      }
      for (Future<List<Long>> client : running) {
        nanos.addAll(client.get());
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
    return Measured.rate(
        "orders over HTTP, %d clients".formatted(simulator.accounts().size()),
        nanos.size(),
        lasts,
        nanos.stream().mapToLong(it -> it).toArray(),
        target);
  }

  private List<Long> place(SimulatorProcess.Account account, long from, long until)
      throws IOException, InterruptedException {
    List<Long> nanos = new ArrayList<>();
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int i = 0; ; i++) {
        long begun = System.nanoTime();
        HttpResponse<String> answer = http.send(order(account, i), bodies());
        long done = System.nanoTime();
        if (answer.statusCode() != 200 || !answer.body().contains("\"status\":\"filled\"")) {
          throw new IOException("an order was answered " + answer.statusCode() + answer.body());
        }
        if (done > until) {
          return nanos;
        }
        if (begun >= from) {
          nanos.add(done - begun);
        }
      }
    }
  }

  private static HttpResponse.BodyHandler<String> bodies() {
    return HttpResponse.BodyHandlers.ofString();
  }

  private HttpRequest order(SimulatorProcess.Account account, int number) {
    String side = number % 2 == 0 ? "buy" : "sell";
    String body = ORDER.formatted("S0", side, account.name() + "-" + number);
    return HttpRequest.newBuilder(URI.create(simulator.url() + "/v2/orders"))
        .header("APCA-API-KEY-ID", account.key())
        .header("APCA-API-SECRET-KEY", account.secret())
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}
