package org.positionmanager.benchmarks.system;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.benchmarks.Latencies;
import org.positionmanager.worker.process.ManagedProcess;

/** Breaches one at a time, at random moments, of watched positions and of the polling loop's. */
final class BreachStage {
  static final String WATCH = "breach to order accepted, watch";
  static final String POLLING = "breach to order accepted, 1 s polling loop";

  private static final Duration WITHIN = Duration.ofMillis(10);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration BEFORE_ASKING = Duration.ofMillis(40);

  /** On average longer than a position takes to be closed: the next is to breach by itself. */
  private static final int LONGEST_PAUSE_MILLIS = 1_000;

  private static final int TELL_EACH = 50;

  /** Where its breaches fall within its second, a hundred of them tell. */
  private static final int MOST_POLLED = 100;

  private final Bench bench;

  BreachStage(Bench bench) {
    this.bench = bench;
  }

  /**
   * First the watch's, then those of the polling loop, which holds the same symbols in accounts of
   * its own: it is not to take processor time from what it is compared with.
   */
  List<Row> run() throws Exception {
    int positions = bench.open();
    for (int i = 0; i < bench.scale().warmUp(); i++) {
      breach(bench.nextProbe());
      bench.closed(1);
    }
    List<Holding> probes = new ArrayList<>();
    for (int i = 0; i < bench.scale().samples(); i++) {
      probes.add(bench.nextProbe());
    }
    Row ofTheWatch = watched(positions, probes);
    List<String> symbols = probes.stream().map(Holding::symbol).limit(MOST_POLLED).toList();
    return List.of(ofTheWatch, polling(positions, symbols));
  }

  private Optional<Duration> breach(Holding one) throws Exception {
    Instant at = bench.desk().broker().pricesAre(Map.of(one.symbol(), Bench.BREACHED));
    return bench.exits().await(one, at, BEFORE_ASKING, PATIENCE);
  }

  /** Without those that led to no order. */
  private List<Duration> oneByOne(List<Holding> holdings) throws Exception {
    List<Duration> took = new ArrayList<>();
    for (int done = 1; done <= holdings.size(); done++) {
      Thread.sleep(bench.random().nextInt(LONGEST_PAUSE_MILLIS));
      breach(holdings.get(done - 1)).ifPresent(took::add);
      if (done % TELL_EACH == 0) {
        bench.progress().tell("  breaches: %d of %d".formatted(took.size(), holdings.size()));
      }
    }
    return took;
  }

  private Row watched(int positions, List<Holding> probes) throws Exception {
    List<Duration> took = oneByOne(probes);
    bench.closed(probes.size());
    if (took.isEmpty()) {
      return Row.failed(WATCH, positions, "no breach led to an order within " + PATIENCE);
    }
    int missed = probes.size() - took.size();
    return Row.durations(WATCH, positions, Latencies.of(took), WITHIN, Row.Judged.P99)
        .missedIf(missed > 0, missed + " breaches without an order");
  }

  private Row polling(int positions, List<String> symbols) throws Exception {
    bench.progress().tell("  the same symbols of the polling loop");
    List<Holding> held = bought(symbols);
    try (ManagedProcess polling = bench.desk().startPolling()) {
      List<Duration> took = oneByOne(held);
      return took.size() < held.size()
          ? Row.failed(POLLING, positions, "%d of %d sold".formatted(took.size(), held.size()))
          : Row.durations(POLLING, positions, Latencies.of(took)).with("baseline", true);
    }
  }

  /** At prices that have not breached. */
  private List<Holding> bought(List<String> symbols) throws Exception {
    bench.desk().broker().pricesAreFree(symbols);
    List<String> accounts = bench.layout().accountsOf(Layout.Group.POLLED);
    List<Holding> held = new ArrayList<>();
    for (String symbol : symbols) {
      Holding one = new Holding(accounts.get(held.size() % accounts.size()), symbol);
      bench.desk().broker().buys(one.account(), symbol, 1);
      held.add(one);
    }
    return held;
  }
}
