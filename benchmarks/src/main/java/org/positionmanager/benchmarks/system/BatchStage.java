package org.positionmanager.benchmarks.system;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.benchmarks.Latencies;
import org.positionmanager.e2e.DispatcherRows;
import org.positionmanager.worker.process.ManagedProcess;

/** Everything breaches on one batch of quotes. */
final class BatchStage {
  static final String WATCH = "all breach on one quote batch, watch";
  static final String REVIEW = "all breach on one quote batch, reviews alone";
  static final String POLLING = "all breach on one quote batch, 1 s polling loop";
  static final String CLOSED = "all of the batch closed, with history";

  private static final Duration WATCH_WITHIN = Duration.ofMillis(500);
  private static final Duration REVIEW_GRACE = Duration.ofSeconds(1);

  /** Times are the exchange's own: to ask for them seldom leaves it to what is measured. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private static final Duration QUOTED_EACH = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Bench bench;

  BatchStage(Bench bench) {
    this.bench = bench;
  }

  /** The book of the watched accounts. */
  List<Row> watched() throws Exception {
    List<Holding> book = bench.layout().bookOf(Layout.Group.WATCHED);
    int positions = bench.open();
    long closedBefore = bench.look().inPhase(Layout.Group.WATCHED.prefix(), "CLOSED");
    long begun = System.nanoTime();
    Instant at = breach();
    List<Duration> took = bench.exits().awaitAll(book, at, LOOK, PATIENCE);
    bench.closed(book.size());
    List<Row> rows = new ArrayList<>();
    rows.add(row(WATCH, positions, took, book.size(), WATCH_WITHIN));
    bench.progress().tell("  waiting until their workflows have closed them");
    boolean all =
        bench.awaitPhase(Layout.Group.WATCHED, "CLOSED", closedBefore + book.size(), PATIENCE);
    double seconds = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0;
    rows.add(
        all
            ? Row.figure(
                CLOSED,
                Optional.of(book.size()),
                seconds,
                "s after the quote",
                Optional.empty(),
                Optional.empty())
            : Row.failed(CLOSED, book.size(), "not within " + PATIENCE));
    release();
    return rows;
  }

  /** Accounts whose worker keeps no watch. */
  Row reviewed() throws Exception {
    Layout.Group group = Layout.Group.REVIEWED;
    Duration every = bench.scale().reviewEvery();
    try (ManagedProcess worker = bench.desk().startWorker("worker-reviews", group, false, every)) {
      List<Holding> book =
          bench.layout().bookOf(group).stream().limit(bench.scale().reviewed()).toList();
      List<DispatcherRows.Row> rows = bench.opener().buy(book);
      bench.progress().tell("opening %d positions without a watch".formatted(rows.size()));
      bench.opener().openAll(rows, group, bench.look(), PATIENCE);
      bench.progress().tell("  all breach; reviews come each %d s".formatted(every.toSeconds()));
      List<Duration> took = awaitQuoted(book, breach());
      release();
      return row(REVIEW, book.size(), took, book.size(), every.plus(REVIEW_GRACE))
          .with("baseline", true)
          .with("note", "reviews each %d s".formatted(every.toSeconds()));
    }
  }

  /** The market goes on quoting: no plan believes a quote of a minute ago. */
  private List<Duration> awaitQuoted(List<Holding> book, Instant at) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<Duration> took = bench.exits().awaitAll(book, at, LOOK, QUOTED_EACH);
    while (took.size() < book.size() && System.nanoTime() < end) {
      breach();
      took = bench.exits().awaitAll(book, at, LOOK, QUOTED_EACH);
    }
    return took;
  }

  /** The polling loop's accounts. */
  Row polled() throws Exception {
    List<Holding> book = bench.layout().bookOf(Layout.Group.POLLED);
    bench.opener().buy(book);
    try (ManagedProcess polling = bench.desk().startPolling()) {
      Thread.sleep(bench.random().nextInt(1_000));
      Instant at = breach();
      List<Duration> took = bench.exits().awaitAll(book, at, LOOK, PATIENCE);
      release();
      return took.size() < book.size()
          ? Row.failed(POLLING, book.size(), "%d sold".formatted(took.size()))
          : Row.durations(POLLING, book.size(), Latencies.of(took)).with("baseline", true);
    }
  }

  private Instant breach() throws Exception {
    Map<String, String> prices = new HashMap<>();
    bench.layout().bookSymbols().forEach(it -> prices.put(it, Bench.BREACHED));
    return bench.desk().broker().pricesAre(prices);
  }

  private void release() throws Exception {
    bench.desk().broker().pricesAreFree(bench.layout().bookSymbols());
  }

  private static Row row(
      String name, int positions, List<Duration> took, int wanted, Duration target) {
    return took.size() < wanted
        ? Row.failed(name, positions, "%d of %d sold".formatted(took.size(), wanted))
        : Row.durations(name, positions, Latencies.of(took), target, Row.Judged.MAX);
  }
}
