package org.positionmanager.benchmarks.system;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.positionmanager.worker.process.ManagedProcess;

/** Memory of each process by the minute, and whether it is flat. */
final class SoakMemory {
  /** What is live in the worker's heap after a full collection. */
  static final String HEAP = "worker's live heap";

  /**
   * What is judged. A JVM's resident memory says how much garbage it lets lie; the simulator keeps
   * all orders and requests, as the witness has to.
   */
  private static final Set<String> JUDGED = Set.of(HEAP, "engine", "postgresql");

  private static final double MEBIBYTE = 1024 * 1024;
  private static final List<String> LASTING =
      List.of("engine", "postgresql", "simulator", "intake");

  private final SystemDesk desk;
  private final Map<String, List<Double>> samples = new LinkedHashMap<>();

  SoakMemory(SystemDesk desk) {
    this.desk = desk;
  }

  /** Looks once, of workers at one only. */
  void sample(ManagedProcess worker) throws IOException {
    add(HEAP, LiveHeap.of(worker.pid()));
    resident("worker", worker.pid());
    for (String name : LASTING) {
      resident(name, desk.processes().get(name));
    }
  }

  private void resident(String name, long pid) {
    ProcessUse.of(pid).memoryBytes().ifPresent(bytes -> add(name, bytes));
  }

  private void add(String name, long bytes) {
    samples
        .computeIfAbsent(name, it -> new ArrayList<>())
        .add(Math.round(bytes / MEBIBYTE * 10) / 10.0);
  }

  /** A row for each. */
  List<Row> rows(int positions) {
    return samples.entrySet().stream()
        .map(it -> row(it.getKey(), positions, it.getValue()))
        .toList();
  }

  private static Row row(String name, int positions, List<Double> each) {
    String title = "soak: memory, " + name;
    if (each.size() < Flatness.FEWEST) {
      return Row.skipped(
          title,
          Optional.of(positions),
          "a trend needs %d minutes, the last third of which is judged".formatted(Flatness.FEWEST));
    }
    Flatness flatness = Flatness.of(each);
    boolean isJudged = JUDGED.contains(name);
    return Row.figure(
            title,
            Optional.of(positions),
            Math.round(flatness.rise() * 10) / 10.0,
            "MB more over the last third",
            isJudged
                ? Optional.of(
                    "at most %.0f%% of %.0f MB".formatted(Flatness.MOST * 100, flatness.mean()))
                : Optional.empty(),
            isJudged ? Optional.of(flatness.isFlat()) : Optional.empty())
        .with("mb_by_minute", each);
  }
}
