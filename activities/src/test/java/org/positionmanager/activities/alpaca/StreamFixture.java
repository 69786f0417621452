package org.positionmanager.activities.alpaca;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.positionmanager.activities.live.LiveQuote;
import org.positionmanager.activities.live.LiveQuotes;
import org.positionmanager.activities.live.OrderUpdate;
import org.positionmanager.activities.live.OrderUpdates;
import org.positionmanager.activities.live.StreamReport;
import org.positionmanager.activities.live.StreamState;
import org.positionmanager.activities.live.Unserved;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.instrument.Instrument;

/** An account's streams at a stub, on a clock that tests move, and all that they told. */
final class StreamFixture implements AutoCloseable {
  static final StreamSettings QUICK =
      new StreamSettings(
          Optional.empty(),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofMillis(10),
          Duration.ofMillis(10),
          Duration.ofMillis(100),
          Duration.ofMinutes(5));

  final StubStreams stub = new StubStreams();
  final AtomicLong nanos = new AtomicLong();
  final AtomicBoolean marketOpen = new AtomicBoolean(true);
  final List<StreamReport> reports = new CopyOnWriteArrayList<>();
  final List<StreamState> orderStates = new CopyOnWriteArrayList<>();
  final BlockingQueue<LiveQuote> quotes = new LinkedBlockingQueue<>();
  final BlockingQueue<OrderUpdate> updates = new LinkedBlockingQueue<>();
  final BlockingQueue<String> unreadable = new LinkedBlockingQueue<>();
  final ConnectionBreaks breaks = new ConnectionBreaks();
  final AlpacaStreams streams;

  StreamFixture(String secret) {
    streams =
        AlpacaStreams.open(
            settings(stub.uri(), secret),
            marketOpen::get,
            nanos::get,
            new SplittableRandom(1),
            breaks);
    streams
        .quotes()
        .start(
            new LiveQuotes.Listener() {
              @Override
              public void onQuote(LiveQuote quote) {
                quotes.add(quote);
              }

              @Override
              public void onReport(StreamReport report) {
                reports.add(report);
              }

              @Override
              public void onUnreadable(String stream, String what) {
                unreadable.add(stream + " " + what);
              }
            });
  }

  static AlpacaSettings settings(URI streams, String secret) {
    return new AlpacaSettings(
        new AccountName("tiny"),
        "key-id",
        new ApiSecret(secret),
        false,
        Optional.of(streams),
        Optional.of(streams),
        "iex",
        "indicative",
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        0,
        QUICK);
  }

  void startOrders() {
    streams
        .orders()
        .start(
            new OrderUpdates.Listener() {
              @Override
              public void onUpdate(OrderUpdate update) {
                updates.add(update);
              }

              @Override
              public void onState(StreamState state) {
                orderStates.add(state);
              }

              @Override
              public void onUnreadable(String what) {
                unreadable.add(what);
              }
            });
  }

  static Set<Instrument> instruments(String... symbols) {
    return Set.of(symbols).stream().map(Instrument::parse).collect(Collectors.toSet());
  }

  void follow(String... symbols) {
    streams.quotes().follow(instruments(symbols));
  }

  void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  StreamReport report(String path) {
    return streams.quotes().reports().stream()
        .filter(report -> report.stream().equals(path))
        .findFirst()
        .orElseThrow();
  }

  StreamReport awaitReport(String path, Predicate<StreamReport> until) {
    return Awaitility.await(path).until(() -> report(path), until);
  }

  StreamReport awaitServed(String path, String... symbols) {
    return awaitReport(path, report -> report.served().equals(instruments(symbols)));
  }

  /** Waits until every symbol has its reason. */
  StreamReport awaitUnserved(String path, Map<String, Unserved> symbols) {
    Map<Instrument, Unserved> expected =
        symbols.entrySet().stream()
            .collect(Collectors.toMap(it -> Instrument.parse(it.getKey()), Map.Entry::getValue));
    return awaitReport(path, report -> report.unserved().equals(expected));
  }

  /** States of a stream as they were told, in order. */
  List<StreamState> told(String path) {
    return reports.stream()
        .filter(report -> report.stream().equals(path))
        .map(StreamReport::state)
        .toList();
  }

  static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing came within 10 s");
    }
    return next;
  }

  @Override
  public void close() {
    streams.close();
    stub.close();
  }
}
