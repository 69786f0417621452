package org.positionmanager.benchmarks.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.positionmanager.e2e.DeskAccounts;
import org.positionmanager.worker.process.ParentWatch;

/**
 * The baseline: an ordinary bot. Once a second it asks for the quotes of all that it holds in one
 * batch, and sends a market order for what has lost 2%, the accounts side by side. It remembers
 * nothing, looks nothing up and forgets all of it when it ends.
 */
public final class PollingLoop {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final BigDecimal STOP = new BigDecimal("0.98");
  private static final int SYMBOLS_A_REQUEST = 500;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();
  private final Settings settings;
  private final Map<Holding, BigDecimal> stops = new HashMap<>();

  /** What it works on. */
  record Settings(String url, List<String> accounts) {}

  private PollingLoop(Settings settings) {
    this.settings = settings;
  }

  /** Runs until it is ended. */
  public static void main(String[] arguments) throws Exception {
    ParentWatch.startIfAsked();
    Settings settings =
        new ObjectMapper().readValue(Path.of(arguments[0]).toFile(), Settings.class);
    PollingLoop loop = new PollingLoop(settings);
    loop.load();
    System.out.println("polling " + loop.stops.size() + " positions");
    loop.run();
  }

  private void load() throws IOException, InterruptedException {
    for (String account : settings.accounts()) {
      for (JsonNode position : get(account, "/v2/positions")) {
        stops.put(
            new Holding(account, position.path("symbol").asText()),
            new BigDecimal(position.path("avg_entry_price").asText()).multiply(STOP));
      }
    }
  }

  private void run() throws Exception {
    long next = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      while (true) {
        sell(breached(), threads);
        next += EVERY.toNanos();
        Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
      }
    }
  }

  private List<Holding> breached() throws IOException, InterruptedException {
    Map<String, BigDecimal> bids = new HashMap<>();
    List<String> symbols =
        new ArrayList<>(new TreeSet<>(stops.keySet().stream().map(Holding::symbol).toList()));
    for (int from = 0; from < symbols.size(); from += SYMBOLS_A_REQUEST) {
      List<String> some = symbols.subList(from, Math.min(symbols.size(), from + SYMBOLS_A_REQUEST));
      get(
              settings.accounts().getFirst(),
              "/v2/stocks/quotes/latest?feed=sip&symbols=" + String.join(",", some))
          .path("quotes")
          .properties()
          .forEach(it -> bids.put(it.getKey(), it.getValue().path("bp").decimalValue()));
    }
    return stops.keySet().stream()
        .filter(it -> bids.containsKey(it.symbol()))
        .filter(it -> bids.get(it.symbol()).compareTo(stops.get(it)) <= 0)
        .toList();
  }

  private void sell(List<Holding> breached, ExecutorService threads) throws Exception {
    Map<String, List<Holding>> byAccount = new HashMap<>();
    breached.forEach(
        it -> byAccount.computeIfAbsent(it.account(), account -> new ArrayList<>()).add(it));
    List<Future<?>> running = new ArrayList<>();
    for (List<Holding> some : byAccount.values()) {
      running.add(
          threads.submit(
              () -> {
                for (Holding one : some) {
                  sell(one);
                }
                return null;
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
    breached.forEach(stops::remove);
  }

  private void sell(Holding holding) throws IOException, InterruptedException {
    send(
        request(holding.account(), "/v2/orders")
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    json.writeValueAsString(
                        Map.of(
                            "symbol", holding.symbol(),
                            "side", "sell",
                            "qty", "1",
                            "type", "market",
                            "time_in_force", "day")))));
  }

  private JsonNode get(String account, String path) throws IOException, InterruptedException {
    return send(request(account, path).GET());
  }

  private HttpRequest.Builder request(String account, String path) {
    return HttpRequest.newBuilder(URI.create(settings.url() + path))
        .header("APCA-API-KEY-ID", DeskAccounts.key(account))
        .header("APCA-API-SECRET-KEY", DeskAccounts.secret(account));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(answer.statusCode() + ": " + answer.body());
    }
    return json.readTree(answer.body());
  }
}
