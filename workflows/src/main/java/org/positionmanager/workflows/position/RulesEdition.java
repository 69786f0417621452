package org.positionmanager.workflows.position;

import io.temporal.workflow.Workflow;
import java.util.List;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.Confirmed;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Judge;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.RuleKind;
import org.positionmanager.workflows.rules.Why;

/** Runs that began under earlier rules go on as they did: their histories have to replay. */
final class RulesEdition {
  private RulesEdition() {}

  /** Asked only where it makes a difference, so that other histories stay as they are. */
  static boolean isCurrent() {
    return Workflow.getVersion("sound-rules", Workflow.DEFAULT_VERSION, 1) == 1;
  }

  /** What a judge says; a graded close that had to be confirmed once waited at its last stage. */
  static Judge.Look look(Judge judge, Observation seen) {
    Judge.Look look = judge.look(seen);
    return look.decision() instanceof Decision.Exit exit
            && isConfirmedAtItsLastStage(judge.plan(), exit)
            && !isCurrent()
        ? new Judge.Look(look.judge(), withoutGradedClose(look.judge()).judge(seen), look.price())
        : look;
  }

  private static boolean isConfirmedAtItsLastStage(Plan plan, Decision.Exit exit) {
    return exit.reason() == ExitReason.END_OF_DAY
        && exit.rule().why() == Why.MOMENT_HAS_COME
        && plan.rule(RuleKind.GRADED_CLOSE).filter(Confirmed.class::isInstance).isPresent();
  }

  private static Judge withoutGradedClose(Judge judge) {
    List<ExitRule> others =
        judge.plan().rules().stream().filter(rule -> rule.kind() != RuleKind.GRADED_CLOSE).toList();
    return Judge.of(judge.plan().changedTo(others), judge.basis());
  }
}
