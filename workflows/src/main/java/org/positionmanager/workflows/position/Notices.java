package org.positionmanager.workflows.position;

import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.Judge;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.RuleTrace;

/** What a review tells people without acting on it: once when it begins, not at each look. */
final class Notices {
  private final StateCell cell;
  private final Recorder recorder;

  Notices(StateCell cell, Recorder recorder) {
    this.cell = cell;
    this.recorder = recorder;
  }

  void tell(
      Judge judge,
      Observation seen,
      Decision decision,
      boolean wasBlind,
      Optional<Decision> decidedBefore) {
    boolean blind = judge.isBlind(seen.moment().now());
    if (blind && !wasBlind && knowsNotices()) {
      tellOfBlindness(judge, decision);
    }
    List<String> before =
        decidedBefore.stream().flatMap(it -> it.proposals().stream()).map(RuleTrace::rule).toList();
    for (RuleTrace proposal : decision.proposals()) {
      if (!before.contains(proposal.rule())) {
        propose(proposal);
      }
    }
  }

  /** Lives that were blind before people were told of it replay without the alert. */
  private static boolean knowsNotices() {
    return Workflow.getVersion("blind-alert", Workflow.DEFAULT_VERSION, 1) == 1;
  }

  private void tellOfBlindness(Judge judge, Decision decision) {
    String instead =
        switch (decision) {
          case Decision.Unknown unknown -> "stops cannot be judged: " + unknown.why();
          case Decision.Hold hold -> "stops are judged by the plan's fallback";
          case Decision.Exit exit -> "stops are judged by the plan's fallback";
        };
    recorder.alert(
        "blind/" + cell.get().id(),
        Alert.Severity.CRITICAL,
        "no usable quote since %s; %s"
            .formatted(judge.basis().track().unknownSince().orElseThrow(), instead));
  }

  private void propose(RuleTrace proposal) {
    cell.update(
        change ->
            change.event(
                PositionEvent.Type.PROPOSED,
                cell.now(),
                proposal.rule() + ": " + proposal.because()));
    recorder.alert(
        "proposal/%s/%s".formatted(proposal.rule().replace(' ', '-'), cell.get().id()),
        Alert.Severity.INFO,
        "%s: %s".formatted(proposal.rule(), proposal.because()));
  }
}
