package org.positionmanager.benchmarks.system;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.positionmanager.worker.process.ParentWatch;
import org.positionmanager.worker.process.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pm bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "Measures the whole system on this machine: engine, PostgreSQL, simulator and workers, each"
            + " in a process of its own, against reviews alone and a plain polling loop.",
    footer = {
      "",
      "Parts: rules, actions, arming, calls, breach, takeover, cold, batch, review.",
      "",
      "Examples:",
      "  pm bench --quick                     80 positions, under five minutes",
      "  pm bench --json > rows.jsonl         1,000 and 10,000 positions, about an hour",
      "  pm bench --only breach,cold          these parts only",
      "  pm bench --positions 1000 --quick    with so many open positions",
      "  pm bench --soak 30m                  1,000 positions with random faults; is memory flat?",
      "",
      "Exit codes: 0 every target met; 1 one missed, or it could not run; 2 bad usage;",
      "130 stopped by a signal."
    })
public final class BenchCommand implements Callable<Integer> {
  private static final int STOPPED = 130;
  private static final int FEW = 80;
  private static final int THOUSAND = 1_000;
  private static final int TEN_THOUSAND = 10_000;
  private static final int QUICK_RULE_ITERATIONS = 2;
  private static final int RULE_ITERATIONS = 5;

  @Option(names = "--quick", description = "Fewer samples, 80 positions only: under 5 minutes.")
  private boolean quick;

  @Option(
      names = "--json",
      description = "One row of JSON a line on standard output, nothing else.")
  private boolean json;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description = "Only these parts: ${COMPLETION-CANDIDATES}.")
  private Set<Part> only = EnumSet.noneOf(Part.class);

  @Option(
      names = "--positions",
      paramLabel = "N",
      description =
          "Open positions, 1 to 20000; 1,000 and then 10,000 where left out, 80 with --quick.")
  private Integer positions;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Breaches one at a time, 1 or more; 300 where left out, 30 with --quick.")
  private Integer samples;

  @Option(
      names = "--soak",
      paramLabel = "TIME",
      converter = TimeReader.class,
      description = "Instead: so long with random faults, breaches and kills, such as 30m.")
  private Duration soak;

  @Option(
      names = "--seed",
      defaultValue = "7",
      description = "Of everything random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--jvm",
      paramLabel = "OPTION",
      description = "An option of the workers' JVM, such as one that records a profile.")
  private List<String> jvmOptions = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    ParentWatch.startIfAsked();
    if (positions != null && (positions < 1 || positions > 2 * TEN_THOUSAND)) {
      throw new ParameterException(
          spec.commandLine(), "--positions must be from 1 to 20000, not " + positions);
    }
    if (samples != null && samples < 1) {
      throw new ParameterException(
          spec.commandLine(), "--samples must be 1 or more, not " + samples);
    }
    Report report = new Report(json, System.out);
    Progress progress = new Progress(System.err, InstantSource.system());
    try (StopSignal stop = StopSignal.install()) {
      return measure(report, progress, stop);
    }
  }

  private int measure(Report report, Progress progress, StopSignal stop) throws Exception {
    try {
      if (soak != null) {
        int held = Optional.ofNullable(positions).orElse(THOUSAND);
        Soak.run(held, soak, seed, progress, report::add);
        return report.end() ? 0 : 1;
      }
      Set<Part> parts = only.isEmpty() ? EnumSet.allOf(Part.class) : only;
      if (parts.contains(Part.RULES)) {
        progress.tell("rule evaluation, by JMH");
        RuleStage.run(quick ? QUICK_RULE_ITERATIONS : RULE_ITERATIONS).forEach(report::add);
      }
      if (parts.stream().anyMatch(it -> it != Part.RULES)) {
        int first = Optional.ofNullable(positions).orElse(quick ? FEW : THOUSAND);
        run(first, scale(first), parts, progress, report);
        if (positions == null) {
          tenThousand(parts, progress, report);
        }
      }
      return report.end() ? 0 : 1;
    } catch (InterruptedException | IOException | IllegalStateException e) {
      if (stop.isAsked()) {
        progress.tell("stopped");
        return STOPPED;
      }
      throw e;
    }
  }

  private void tenThousand(Set<Part> parts, Progress progress, Report report) throws Exception {
    Set<Part> wanted = EnumSet.copyOf(parts);
    wanted.retainAll(Set.of(Part.ARMING, Part.CALLS, Part.BREACH, Part.TAKEOVER));
    if (quick) {
      if (wanted.contains(Part.BREACH)) {
        for (int many : List.of(THOUSAND, TEN_THOUSAND)) {
          report.add(
              Row.skipped(
                  BreachStage.WATCH,
                  Optional.of(many),
                  "opening and closing so many takes longer than --quick lasts; run without it"));
        }
      }
    } else if (!wanted.isEmpty()) {
      run(TEN_THOUSAND, scale(TEN_THOUSAND), wanted, progress, report);
    }
  }

  private Scale scale(int size) {
    Scale usual = quick ? Scale.quick(size) : Scale.full(size);
    return samples == null ? usual : usual.sampling(samples);
  }

  private void run(int size, Scale scale, Set<Part> parts, Progress progress, Report report)
      throws Exception {
    new SystemBench(
            new SystemBench.Settings(size, scale, parts, seed, jvmOptions), progress, report::add)
        .run();
  }
}
