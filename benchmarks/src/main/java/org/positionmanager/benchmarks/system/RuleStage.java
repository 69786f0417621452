package org.positionmanager.benchmarks.system;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.positionmanager.benchmarks.RuleEvaluation;

/** Rule evaluation, by JMH in a process of its own. */
final class RuleStage {
  static final String RULES = "rule evaluation";

  private static final double AT_LEAST = 2_000_000;

  private RuleStage() {}

  /**
   * Positions that one thread judges in a second, by the shipped plans.
   *
   * @param iterations of two seconds, after as many to warm up
   */
  static List<Row> run(int iterations) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("\\." + RuleEvaluation.class.getSimpleName() + "\\.")
                    .param("judging", "SHIPPED_CALM", "SHIPPED_RISING")
                    .forks(1)
                    .jvmArgs("-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow")
                    .warmupIterations(iterations)
                    .measurementIterations(iterations)
                    .warmupTime(TimeValue.milliseconds(Duration.ofSeconds(2).toMillis()))
                    .measurementTime(TimeValue.milliseconds(Duration.ofSeconds(2).toMillis()))
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .run();
    return results.stream().map(RuleStage::row).toList();
  }

  private static Row row(RunResult result) {
    double perSecond = result.getPrimaryResult().getScore();
    String judging = result.getParams().getParam("judging");
    return Row.figure(
        RULES + ", " + judging.toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
        Optional.empty(),
        Math.round(perSecond / 1e4) / 100.0,
        "million positions a second a core",
        Optional.of("at least 2"),
        Optional.of(perSecond >= AT_LEAST));
  }
}
