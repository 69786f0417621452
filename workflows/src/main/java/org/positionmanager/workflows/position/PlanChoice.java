package org.positionmanager.workflows.position;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.plan.ChosenPlan;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.rules.Basis;

/** What a position that has just been seen to be filled will be judged by. */
final class PlanChoice {
  private final StateCell cell;
  private final Recorder recorder;

  PlanChoice(StateCell cell, Recorder recorder) {
    this.cell = cell;
    this.recorder = recorder;
  }

  /**
   * The plan file's choice. Where it cannot be had soon, the plans that need no file protect, and
   * people are told. Lives that began before there was a plan file have always had those.
   */
  ChosenPlan choose(Basis basis) {
    PositionState state = cell.get();
    ChosenPlan shipped = new ChosenPlan(Plans.defaultsFor(state.terms(), basis), Optional.empty());
    if (Workflow.getVersion("plan-file", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
      return shipped;
    }
    try {
      return Steps.plans("choose the plan").choosePlan(state.id(), state.terms(), basis);
    } catch (ActivityFailure failure) {
      recorder.alert(
          "plan/" + state.id(),
          Alert.Severity.WARNING,
          "the plan file's plan could not be had, built-in rules protect: "
              + Steps.reason(failure));
      return shipped;
    }
  }
}
