package org.positionmanager.starter.replay;

import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.replay.Opening;
import org.positionmanager.workflows.replay.ReplayResult;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Percent;

/** The answer for machines. */
record ReplayAnswer(String source, Opening opening, Optional<String> really, List<Row> plans) {
  /**
   * One plan's.
   *
   * @param profit realised and unrealised together
   * @param wants what rules needed and nobody told
   */
  record Row(
      String name,
      Plan plan,
      Money profit,
      Percent gain,
      Money unrealised,
      List<Want> wants,
      ReplayResult result) {
    private static Row of(ReplayReport.Outcome outcome) {
      ReplayResult result = outcome.result();
      return new Row(
          outcome.name(),
          outcome.plan(),
          result.profit(),
          result.gain(),
          result.unrealised(),
          Want.of(outcome),
          result);
    }
  }

  static ReplayAnswer of(ReplayReport report) {
    return new ReplayAnswer(
        report.source(),
        report.opening(),
        report.really(),
        report.outcomes().stream().map(Row::of).toList());
  }
}
