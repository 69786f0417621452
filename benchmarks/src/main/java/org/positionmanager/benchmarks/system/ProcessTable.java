package org.positionmanager.benchmarks.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** CPU and memory of each process of a desk from a moment on; memory is looked at each second. */
final class ProcessTable implements AutoCloseable {
  private static final double MEBIBYTE = 1024 * 1024;
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final SystemDesk desk;
  private final long begun = System.nanoTime();
  private final Map<String, Duration> before = new LinkedHashMap<>();
  private final Map<String, Long> peaks = new ConcurrentHashMap<>();
  private final Thread looker;

  /** Counts from now on. */
  ProcessTable(SystemDesk desk) {
    this.desk = desk;
    desk.processes().forEach((name, pid) -> before.put(name, ProcessUse.of(pid).cpu()));
    looker = Thread.ofVirtual().name("memory of processes").start(this::look);
  }

  private void look() {
    try {
      while (true) {
        desk.processes()
            .forEach(
                (name, pid) ->
                    ProcessUse.of(pid)
                        .memoryBytes()
                        .ifPresent(bytes -> peaks.merge(name, bytes, Math::max)));
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** What each process computed since, for each of so many things, in words. */
  String cpuForEach(int things) {
    return "CPU for each: "
        + before.entrySet().stream()
            .map(
                it ->
                    "%s %d ms"
                        .formatted(
                            it.getKey(),
                            ProcessUse.of(desk.processes().get(it.getKey()))
                                    .cpu()
                                    .minus(it.getValue())
                                    .toMillis()
                                / things))
            .collect(Collectors.joining(", "));
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
    double cpu = ProcessUse.of(pid).cpu().minus(before.get(name)).toMillis() / 1000.0;
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
    return peaks.containsKey(name)
        ? row.with("peak_mb", Math.round(peaks.get(name) / MEBIBYTE))
        : row;
  }

  @Override
  public void close() {
    looker.interrupt();
  }
}
