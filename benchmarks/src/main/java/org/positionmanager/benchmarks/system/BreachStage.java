package org.positionmanager.benchmarks.system;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  private final Bench bench;

  BreachStage(Bench bench) {
    this.bench = bench;
  }

  /** The polling loop holds the same symbols in accounts of its own, and sees the same breaches. */
  List<Row> run() throws Exception {
    int positions = bench.open();
    Map<Holding, Instant> polled = new LinkedHashMap<>();
    List<Duration> watched = new ArrayList<>();
    int missed = 0;
    for (int i = 0; i < bench.scale().warmUp(); i++) {
      breach(bench.nextProbe());
    }
    List<Holding> probes = new ArrayList<>();
    for (int i = 0; i < bench.scale().samples(); i++) {
      probes.add(bench.nextProbe());
    }
    Map<String, Holding> others = bought(probes);
    try (ManagedProcess polling = bench.desk().startPolling()) {
      for (Holding probe : probes) {
        Thread.sleep(bench.random().nextInt(LONGEST_PAUSE_MILLIS));
        Breached breached = breach(probe);
        polled.put(others.get(probe.symbol()), breached.at());
        breached.accepted().ifPresent(watched::add);
        missed += breached.accepted().isEmpty() ? 1 : 0;
        if (polled.size() % TELL_EACH == 0) {
          bench.progress().tell("  breaches: %d of %d".formatted(polled.size(), probes.size()));
        }
      }
      return List.of(watched(positions, watched, missed), polling(positions, polled));
    }
  }

  private record Breached(Instant at, Optional<Duration> accepted) {}

  private Breached breach(Holding probe) throws Exception {
    Instant at = bench.desk().broker().pricesAre(Map.of(probe.symbol(), Bench.BREACHED));
    bench.closed(1);
    return new Breached(at, bench.exits().await(probe, at, BEFORE_ASKING, PATIENCE));
  }

  private Map<String, Holding> bought(List<Holding> probes) throws Exception {
    Map<String, Holding> others = new LinkedHashMap<>();
    List<String> accounts = bench.layout().accountsOf(Layout.Group.POLLED);
    for (Holding probe : probes) {
      String account = accounts.get(others.size() % accounts.size());
      bench.desk().broker().buys(account, probe.symbol(), 1);
      others.put(probe.symbol(), new Holding(account, probe.symbol()));
    }
    return others;
  }

  private Row watched(int positions, List<Duration> took, int missed) {
    if (took.isEmpty()) {
      return Row.failed(WATCH, positions, "no breach led to an order within " + PATIENCE);
    }
    return Row.durations(WATCH, positions, Latencies.of(took), WITHIN, Row.Judged.P99)
        .missedIf(missed > 0, missed + " breaches without an order");
  }

  private Row polling(int positions, Map<Holding, Instant> breached) throws Exception {
    List<Duration> took = new ArrayList<>();
    for (Map.Entry<Holding, Instant> each : breached.entrySet()) {
      bench
          .exits()
          .await(each.getKey(), each.getValue(), Duration.ofMillis(1), PATIENCE)
          .ifPresent(took::add);
    }
    return took.size() < breached.size()
        ? Row.failed(POLLING, positions, "%d of %d sold".formatted(took.size(), breached.size()))
        : Row.durations(POLLING, positions, Latencies.of(took)).with("baseline", true);
  }
}
