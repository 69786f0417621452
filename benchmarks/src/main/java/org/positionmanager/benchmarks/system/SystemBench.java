package org.positionmanager.benchmarks.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** All parts in their order, at one number of open positions. */
final class SystemBench {
  private static final Set<Part> WITH_THE_BOOK =
      Set.of(Part.ARMING, Part.CALLS, Part.BREACH, Part.TAKEOVER, Part.COLD, Part.BATCH);

  /** Parts over which the processes are looked at. */
  private static final Set<Part> LOOKED_AT = Set.of(Part.CALLS, Part.BREACH);

  private static final Duration UNTIL_STEADY = Duration.ofSeconds(15);

  private final Settings settings;
  private final Progress progress;
  private final Consumer<Row> rows;

  /**
   * What is measured.
   *
   * @param positions that are open while single ones breach
   * @param jvmOptions of the workers
   */
  record Settings(
      int positions, Scale scale, Set<Part> parts, long seed, List<String> jvmOptions) {}

  SystemBench(Settings settings, Progress progress, Consumer<Row> rows) {
    this.settings = settings;
    this.progress = progress;
    this.rows = rows;
  }

  /** Starts everything, measures, ends everything. */
  void run() throws Exception {
    int accounts = Layout.of(settings.positions(), 0).accounts();
    Layout layout =
        Layout.of(settings.positions(), settings.scale().probes(settings.parts(), accounts));
    progress.tell(
        "%d positions over %d accounts: starting engine, PostgreSQL, simulator"
            .formatted(settings.positions(), layout.accounts()));
    try (SystemDesk desk = SystemDesk.start(layout, settings.jvmOptions(), progress::tell);
        Bench bench = new Bench(desk, settings.scale(), progress, settings.seed())) {
      if (settings.parts().stream().anyMatch(it -> needsWatch(it))) {
        progress.tell("starting worker and intake");
        desk.startIntake();
        watched(bench);
      }
      if (settings.parts().contains(Part.REVIEW)) {
        progress.tell("all breach, reviews alone");
        rows.accept(new BatchStage(bench).reviewed());
      }
      if (settings.parts().contains(Part.BATCH)) {
        progress.tell("all breach, polling loop");
        rows.accept(new BatchStage(bench).polled());
      }
    }
  }

  private static boolean needsWatch(Part part) {
    return switch (part) {
      case ACTIONS, ARMING, CALLS, BREACH, TAKEOVER, COLD, BATCH -> true;
      case RULES, REVIEW -> false;
    };
  }

  private void watched(Bench bench) throws Exception {
    Layout layout = bench.layout();
    List<Holding> probes = new ArrayList<>(layout.probesOf(Layout.Group.WATCHED));
    if (settings.parts().contains(Part.ACTIONS)) {
      progress.tell("engine actions of quiet positions");
      rows.accept(new QuietStage(bench).actions(take(probes, layout.accounts())));
    }
    if (settings.parts().stream().noneMatch(WITH_THE_BOOK::contains)) {
      return;
    }
    bench.startWorker();
    ArmingStage arming = new ArmingStage(bench);
    if (settings.parts().contains(Part.ARMING)) {
      progress.tell("rows one by one");
      rows.accept(arming.alone(take(probes, settings.scale().aloneWithWarmUp())));
    }
    if (!probes.isEmpty()) {
      arming.atOnce(probes);
      bench.addProbes(probes);
    }
    QuietStage quiet = new QuietStage(bench);
    int few = bench.open();
    Optional<Double> ofFew = few == 0 ? Optional.empty() : calls(quiet);
    Row atOnce = arming.atOnce(layout.bookOf(Layout.Group.WATCHED));
    if (settings.parts().contains(Part.ARMING)) {
      rows.accept(atOnce);
    }
    if (settings.parts().contains(Part.CALLS)) {
      // what was opened last is looked at twice before its holding counts as steady
      Thread.sleep(UNTIL_STEADY);
    }
    try (ProcessTable use = new ProcessTable(bench.desk())) {
      Optional<Double> ofMany = calls(quiet);
      if (ofFew.isPresent() && ofMany.isPresent()) {
        rows.accept(quiet.calls(few, ofFew.get(), bench.open(), ofMany.get()));
      }
      breaches(bench);
      if (settings.parts().stream().anyMatch(LOOKED_AT::contains)) {
        use.rows(bench.open()).forEach(rows);
      }
    }
    restarts(bench);
    if (settings.parts().contains(Part.BATCH)) {
      progress.tell("all breach, watch");
      new BatchStage(bench).watched().forEach(rows);
    }
    bench.worker().close();
  }

  private Optional<Double> calls(QuietStage quiet) throws Exception {
    if (!settings.parts().contains(Part.CALLS)) {
      return Optional.empty();
    }
    progress.tell("nothing happens for %d s".formatted(settings.scale().quiet().toSeconds()));
    return Optional.of(quiet.callsPerAccountMinute());
  }

  private void breaches(Bench bench) throws Exception {
    if (settings.parts().contains(Part.BREACH)) {
      progress.tell("breaches one at a time");
      new BreachStage(bench).run().forEach(rows);
    }
  }

  private void restarts(Bench bench) throws Exception {
    RestartStage restart = new RestartStage(bench);
    if (settings.parts().contains(Part.TAKEOVER)) {
      progress.tell("the worker stops");
      rows.accept(restart.handover());
      progress.tell("the worker is killed");
      rows.accept(restart.takeover());
    }
    if (settings.parts().contains(Part.COLD)) {
      progress.tell("first breaches after a start");
      rows.accept(restart.cold());
    }
  }

  private static List<Holding> take(List<Holding> from, int count) {
    List<Holding> taken = new ArrayList<>(from.subList(0, count));
    from.subList(0, count).clear();
    return taken;
  }
}
