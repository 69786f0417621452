package org.positionmanager.workflows.position;

import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.Judge;
import org.positionmanager.workflows.rules.JudgedPrice;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.Reading;
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
      recorder.alert(
          "blind/" + cell.get().id(),
          Alert.Severity.CRITICAL,
          Blindness.of(judge, seen, decision.trace()));
    }
    tellOfUnjudged(judge, seen, decision);
    List<String> before =
        decidedBefore.stream().flatMap(it -> it.proposals().stream()).map(RuleTrace::rule).toList();
    for (RuleTrace proposal : decision.proposals()) {
      propose(proposal, before.contains(proposal.rule()));
    }
  }

  /** Lives that were blind before people were told of it replay without the alert. */
  private static boolean knowsNotices() {
    return Workflow.getVersion("blind-alert", Workflow.DEFAULT_VERSION, 1) == 1;
  }

  /** Rules that have no answer for another reason than the price of what is held. */
  private void tellOfUnjudged(Judge judge, Observation seen, Decision decision) {
    Told told = cell.get().told().seeing(judge.plan(), seen, decision.trace());
    if (!told.equals(cell.get().told())) {
      cell.update(change -> change.told(told));
    }
    List<Told.Unjudged> due =
        seen.moment().isOpen() ? told.due(judge.plan(), seen.moment().now()) : List.of();
    if (due.isEmpty() || !RulesEdition.isCurrent()) {
      return;
    }
    for (Told.Unjudged one : due) {
      cell.update(change -> change.told(cell.get().told().telling(one)));
      recorder.alert(
          "blind/%s/%s".formatted(one.rule().replace(' ', '-'), cell.get().id()),
          Alert.Severity.CRITICAL,
          "%s: %s since %s; %s"
              .formatted(
                  one.rule(), one.why().sentence(), one.since(), instead(one, seen, decision)));
    }
  }

  private static String instead(Told.Unjudged one, Observation seen, Decision decision) {
    RuleTrace answer =
        decision.trace().stream()
            .filter(it -> it.rule().equals(one.rule()))
            .findFirst()
            .orElseThrow();
    return JudgedPrice.isUnderlyingByTrade(seen)
            && answer.observed() instanceof Reading.OfUnderlying
        ? "it is judged by the underlying's latest trade, " + answer.observed()
        : "it cannot be judged: " + answer.because();
  }

  /** Once for each level: a price that goes to and fro around it tells nothing new. */
  private void propose(RuleTrace proposal, boolean wasProposed) {
    boolean known = cell.get().told().knows(proposal);
    if (!known) {
      cell.update(change -> change.told(cell.get().told().proposing(proposal)));
    }
    if (wasProposed || known && RulesEdition.isCurrent()) {
      return;
    }
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
