package org.positionmanager.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stream clients that all follow all quotes. */
final class QuoteFanOut {
  private static final long PATIENCE_SECONDS = 20;
  private static final String QUOTE = "\"T\":\"q\"";
  private static final String MOMENT = "\"t\":\"";

  private final SimulatorProcess simulator;
  private final Duration warmUp;
  private final Duration lasts;

  QuoteFanOut(SimulatorProcess simulator, Duration warmUp, Duration lasts) {
    this.simulator = simulator;
    this.warmUp = warmUp;
    this.lasts = lasts;
  }

  /**
   * Counts what comes. Durations are the age of the oldest quote of each frame on its arrival: from
   * the moment that the price changed, so up to 100 ms of it is the simulator's beat.
   *
   * @param each quotes a second that each client has to get
   * @param inTotal deliveries a second that all clients have to get together
   */
  List<Measured> run(long each, long inTotal) throws IOException, InterruptedException {
    List<Follower> followers = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient();
        Sockets open = () -> followers.forEach(Follower::abort)) {
      ExchangeTime time = ExchangeTime.of(http, simulator);
      long from = System.nanoTime() + warmUp.toNanos();
      long until = from + lasts.toNanos();
      for (SimulatorProcess.Account account : simulator.accounts()) {
        Follower follower = new Follower(time, from, until);
        followers.add(follower);
        follower.connect(http, simulator.stream() + "/v2/sip", account);
      }
      for (Follower follower : followers) {
        follower.done.get(warmUp.plus(lasts).toSeconds() + PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      long[] ages =
          followers.stream().flatMapToLong(it -> it.ages.stream().mapToLong(age -> age)).toArray();
      long least = followers.stream().mapToLong(it -> it.quotes).min().orElseThrow();
      long all = followers.stream().mapToLong(it -> it.quotes).sum();
      String clients = ", %d clients".formatted(followers.size());
      return List.of(
          Measured.rate("quotes to each client (the slowest)" + clients, least, lasts, ages, each),
          Measured.rate("quotes delivered in total" + clients, all, lasts, ages, inTotal));
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("a stream client did not get through", e);
    }
  }

  /** A client of HTTP closes only when its sockets are gone. */
  private interface Sockets extends AutoCloseable {
    @Override
    void close();
  }

  /** Turns exchange time into the nanoseconds of this process. */
  private record ExchangeTime(Instant exchange, long nanos, double speed) {
    static ExchangeTime of(HttpClient http, SimulatorProcess simulator)
        throws IOException, InterruptedException {
      SimulatorProcess.Account account = simulator.accounts().getFirst();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(simulator.url() + "/v2/clock"))
              .header("APCA-API-KEY-ID", account.key())
              .header("APCA-API-SECRET-KEY", account.secret())
              .build();
      // the first opens the connection
      http.send(request, HttpResponse.BodyHandlers.ofString());
      long before = System.nanoTime();
      HttpResponse<String> clock = http.send(request, HttpResponse.BodyHandlers.ofString());
      long after = System.nanoTime();
      return new ExchangeTime(
          Instant.parse(new ObjectMapper().readTree(clock.body()).path("timestamp").asText()),
          before + (after - before) / 2,
          Double.parseDouble(clock.headers().firstValue("X-Simulated-Pace").orElseThrow()));
    }

    long age(Instant moment, long now) {
      return now - nanos - (long) (Duration.between(exchange, moment).toNanos() / speed);
    }
  }

  private static final class Follower implements WebSocket.Listener {
    private final ExchangeTime time;
    private final long from;
    private final long until;
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final List<Long> ages = new ArrayList<>();
    private WebSocket socket;
    private long quotes;

    Follower(ExchangeTime time, long from, long until) {
      this.time = time;
      this.from = from;
      this.until = until;
    }

    void connect(HttpClient http, String url, SimulatorProcess.Account account)
        throws ExecutionException, InterruptedException, TimeoutException {
      socket =
          http.newWebSocketBuilder()
              .header("APCA-API-KEY-ID", account.key())
              .header("APCA-API-SECRET-KEY", account.secret())
              .buildAsync(URI.create(url), this)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      socket.sendText("{\"action\":\"subscribe\",\"quotes\":[\"*\"]}", true);
    }

    void abort() {
      if (socket != null) {
        socket.abort();
      }
    }

    @Override
    public CompletionStage<?> onText(WebSocket sender, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        read(System.nanoTime());
        text.setLength(0);
      }
      sender.request(1);
      return null;
    }

    /** What counts is when a price changed: what comes late is late, but not lost. */
    private void read(long now) {
      if (text.indexOf("\"T\":\"error\"") >= 0) {
        done.completeExceptionally(new IOException(text.toString()));
      }
      int first = text.indexOf(QUOTE);
      if (first < 0) {
        return;
      }
      int begin = text.indexOf(MOMENT) + MOMENT.length();
      Instant moment = Instant.parse(text.substring(begin, text.indexOf("\"", begin)));
      long age = time.age(moment, now);
      long changed = now - age;
      if (changed >= until) {
        done.complete(null);
      } else if (changed >= from) {
        ages.add(age);
        for (int at = first; at >= 0; at = text.indexOf(QUOTE, at + QUOTE.length())) {
          quotes++;
        }
      }
    }

    @Override
    public void onError(WebSocket sender, Throwable error) {
      done.completeExceptionally(error);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket sender, int status, String reason) {
      done.completeExceptionally(new IOException("closed: " + status + " " + reason));
      return null;
    }
  }
}
