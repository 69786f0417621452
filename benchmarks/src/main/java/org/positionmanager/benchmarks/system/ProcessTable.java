package org.positionmanager.benchmarks.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CPU and memory of each process of a desk since a moment. */
final class ProcessTable {
  private static final double MEBIBYTE = 1024 * 1024;

  private final SystemDesk desk;
  private final long begun = System.nanoTime();
  private final Map<String, Duration> before = new LinkedHashMap<>();

  /** Counts from now on. */
  ProcessTable(SystemDesk desk) {
    this.desk = desk;
    desk.processes().forEach((name, pid) -> before.put(name, ProcessUse.of(pid).cpu()));
  }

  /** A row for each process that still runs. */
  List<Row> rows(int positions) {
    double seconds = (System.nanoTime() - begun) / 1e9;
    List<Row> rows = new ArrayList<>();
    desk.processes()
        .forEach(
            (name, pid) -> {
              if (ProcessHandle.of(pid).isPresent() && before.containsKey(name)) {
                rows.add(row(name, pid, positions, seconds));
              }
            });
    return rows;
  }

  private Row row(String name, long pid, int positions, double seconds) {
    ProcessUse use = ProcessUse.of(pid);
    double cpu = use.cpu().minus(before.get(name)).toMillis() / 1000.0;
    Row row =
        Row.figure(
                "process " + name,
                Optional.of(positions),
                Math.round(cpu / seconds * 1000) / 1000.0,
                "cores",
                Optional.empty(),
                Optional.empty())
            .with("cpu_s", Math.round(cpu * 10) / 10.0)
            .with("over_s", Math.round(seconds));
    if (use.peakBytes().isPresent()) {
      row = row.with("peak_mb", Math.round(use.peakBytes().getAsLong() / MEBIBYTE));
    }
    return row;
  }
}
