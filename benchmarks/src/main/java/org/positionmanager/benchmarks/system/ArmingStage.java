package org.positionmanager.benchmarks.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.positionmanager.benchmarks.Latencies;
import org.positionmanager.e2e.DispatcherRows;

/** From a dispatcher's row to a position that is armed and whose watch goes by that. */
final class ArmingStage {
  static final String ALONE = "row inserted to armed, alone";
  static final String AT_ONCE = "rows inserted to armed, all at once";

  private static final Duration ALONE_WITHIN = Duration.ofSeconds(1);
  private static final Duration THOUSAND_WITHIN = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PATIENCE_A_POSITION = Duration.ofMillis(500);
  private static final int THOUSAND = 1_000;

  private final Bench bench;

  ArmingStage(Bench bench) {
    this.bench = bench;
  }

  /** The first holdings, one after the other; as many as the scale says are counted. */
  Row alone(List<Holding> holdings) throws Exception {
    List<Duration> took = new ArrayList<>();
    List<DispatcherRows.Row> rows = bench.opener().buy(holdings);
    int uncounted = Math.max(0, rows.size() - bench.scale().alone());
    for (DispatcherRows.Row row : rows) {
      took.add(bench.opener().openOne(row, bench.look(), PATIENCE));
    }
    bench.opened(rows.size());
    return Row.durations(
            ALONE,
            bench.open(),
            Latencies.of(took.subList(uncounted, took.size())),
            ALONE_WITHIN,
            Row.Judged.P99)
        .with(
            "note",
            "until the watch acknowledged; looked each 5 ms; first %d not counted"
                .formatted(uncounted));
  }

  /** Many in one transaction. */
  Row atOnce(List<Holding> holdings) throws Exception {
    List<DispatcherRows.Row> rows = bench.opener().buy(holdings);
    bench.progress().tell("opening %d positions at once".formatted(rows.size()));
    List<Duration> took;
    String cpu;
    try (ProcessTable use = new ProcessTable(bench.desk())) {
      took =
          bench
              .opener()
              .openAll(
                  rows,
                  Layout.Group.WATCHED,
                  bench.look(),
                  PATIENCE.plus(PATIENCE_A_POSITION.multipliedBy(rows.size())));
      cpu = use.cpuForEach(rows.size());
    }
    bench.opened(rows.size());
    Latencies latencies = Latencies.of(took);
    Row row =
        rows.size() <= THOUSAND
            ? Row.durations(AT_ONCE, bench.open(), latencies, THOUSAND_WITHIN, Row.Judged.MAX)
            : Row.durations(AT_ONCE, bench.open(), latencies);
    double perSecond = rows.size() / (latencies.maxMillis() / 1_000);
    return row.with("value", Math.round(perSecond * 10) / 10.0)
        .with("unit", "positions a second")
        .with("note", cpu);
  }
}
