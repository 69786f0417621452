package org.positionmanager.benchmarks.system;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.positionmanager.benchmarks.Latencies;
import org.positionmanager.worker.process.ManagedProcess;

/** What happens when workers come and go. */
final class RestartStage {
  static final String COLD = "first breach after a start to order accepted";
  static final String TAKEOVER = "kill -9 of the watch's worker to protected again";
  static final String HANDOVER = "stop of the watch's worker to watched by another";

  private static final Duration COLD_WITHIN = Duration.ofMillis(50);
  private static final Duration TAKEOVER_WITHIN = Duration.ofSeconds(5);
  private static final Duration HANDOVER_WITHIN = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration BEFORE_ASKING = Duration.ofMillis(150);
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final int EVENTS_OF_ONE = 6;

  /** All orders of all accounts are much to ask for while what is measured goes on. */
  private static final Duration LOOK_AT_ALL = Duration.ofSeconds(2);

  private final Bench bench;

  RestartStage(Bench bench) {
    this.bench = bench;
  }

  /** A worker that has just begun to watch, and has never sent anything. */
  Row cold() throws Exception {
    List<Duration> took = new ArrayList<>();
    int missed = 0;
    int positions = bench.open();
    for (int i = 0; i < bench.scale().starts(); i++) {
      bench.progress().tell("  start %d of %d".formatted(i + 1, bench.scale().starts()));
      bench.restartWorker();
      Holding probe = bench.nextProbe();
      Instant at = bench.desk().broker().pricesAre(Map.of(probe.symbol(), Bench.BREACHED));
      bench.closed(1);
      Optional<Duration> accepted = bench.exits().await(probe, at, BEFORE_ASKING, PATIENCE);
      accepted.ifPresent(took::add);
      missed += accepted.isEmpty() ? 1 : 0;
    }
    return took.isEmpty()
        ? Row.failed(COLD, positions, "no breach led to an order within " + PATIENCE)
        : Row.durations(COLD, positions, Latencies.of(took), COLD_WITHIN, Row.Judged.MAX)
            .missedIf(missed > 0, missed + " breaches without an order");
  }

  /**
   * The worker that holds all watches is killed while another stands by, and at that moment one
   * position of each account breaches: protected again is who has its order.
   */
  Row takeover() throws Exception {
    int positions = bench.open();
    int kills = bench.scale().kills();
    Map<Holding, Duration> took = new HashMap<>();
    int breached = 0;
    for (int i = 0; i < kills; i++) {
      bench.progress().tell("  kill %d of %d".formatted(i + 1, kills));
      List<Holding> probes = bench.probeOfEachAccount();
      took.putAll(takeover(probes));
      breached += probes.size();
    }
    if (took.size() < breached) {
      return Row.failed(TAKEOVER, positions, "%d of %d sold".formatted(took.size(), breached));
    }
    return Row.durations(
            TAKEOVER,
            positions,
            Latencies.of(List.copyOf(took.values())),
            TAKEOVER_WITHIN,
            Row.Judged.MAX)
        .with(
            "note",
            "one breach in each account at the moment of each of %d kills; another worker stands by"
                    .formatted(kills)
                + late(took));
  }

  private Map<Holding, Duration> takeover(List<Holding> probes) throws Exception {
    ManagedProcess standby = bench.startAnother();
    Map<String, String> prices = new HashMap<>();
    probes.forEach(it -> prices.put(it.symbol(), Bench.BREACHED));
    long killed = System.nanoTime();
    bench.worker().kill();
    Instant at = bench.desk().broker().pricesAre(prices);
    // what passed before the exchange's clock was read counts in full
    Duration until = sinceNanos(killed);
    bench.isNow(standby);
    bench.closed(probes.size());
    Map<Holding, Duration> took = bench.exits().awaitEach(probes, at, LOOK_AT_ALL, PATIENCE);
    took.replaceAll((holding, after) -> until.plus(after));
    return took;
  }

  /** What the ledger tells of the slowest, where it was too late. */
  private String late(Map<Holding, Duration> took) throws SQLException {
    Map.Entry<Holding, Duration> slowest =
        Collections.max(took.entrySet(), Map.Entry.comparingByValue());
    if (slowest.getValue().compareTo(TAKEOVER_WITHIN) <= 0) {
      return "";
    }
    Holding holding = slowest.getKey();
    return "; the slowest, %s of %s: %s"
        .formatted(holding.symbol(), holding.account(), bench.look().story(holding, EVENTS_OF_ONE));
  }

  /**
   * The worker that holds all watches is told to stop while another stands by. Watched by another
   * is an account whose next holder has read what is armed and held, and says so in the ledger.
   */
  Row handover() throws Exception {
    ManagedProcess standby = bench.startAnother();
    int accounts = bench.layout().accounts();
    long stopped = System.nanoTime();
    CompletableFuture<Void> ended = CompletableFuture.runAsync(bench.worker()::close);
    List<Duration> took = new ArrayList<>();
    while (took.size() < accounts && sinceNanos(stopped).compareTo(PATIENCE) < 0) {
      Thread.sleep(LOOK);
      long taken = bench.look().watchesHeldBy(standby.pid());
      while (took.size() < taken) {
        took.add(sinceNanos(stopped));
      }
    }
    ended.join();
    bench.isNow(standby);
    return took.size() < accounts
        ? Row.failed(HANDOVER, bench.open(), "%d of %d watches".formatted(took.size(), accounts))
        : Row.durations(
            HANDOVER, bench.open(), Latencies.of(took), HANDOVER_WITHIN, Row.Judged.MAX);
  }

  private static Duration sinceNanos(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
