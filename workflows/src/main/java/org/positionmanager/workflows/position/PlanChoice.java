package org.positionmanager.workflows.position;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import org.positionmanager.workflows.activity.FailureReason;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.plan.ChosenPlan;
import org.positionmanager.workflows.plan.PlanRanges;
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
              + FailureReason.of(failure));
      return shipped;
    }
  }

  /**
   * A second look at ranges that could not be read at the fill: their levels are unknown until
   * then. What is read makes the next version, which the watch is told of. Only plans of the plan
   * file have such levels.
   */
  void readMissingRanges() {
    PositionState state = cell.get();
    ChosenPlan chosen =
        new ChosenPlan(state.plan().orElseThrow(), state.shadow().map(Shadow::plan));
    if (PlanRanges.missing(chosen).isEmpty()) {
      return;
    }
    try {
      ChosenPlan read =
          Steps.plans("read average true ranges")
              .readRanges(state.id(), chosen, state.basis().orElseThrow());
      if (cell.get().plan().equals(state.plan()) && !read.equals(chosen)) {
        cell.update(
            change ->
                change
                    .plan(chosen.plan().changedTo(read.plan().rules()))
                    .shadow(
                        cell.get().shadow().flatMap(beside -> read.shadow().map(beside::goingBy))));
      }
    } catch (ActivityFailure failure) {
      Workflow.getLogger(PlanChoice.class)
          .warn("{}: ranges cannot be read yet: {}", state.id(), FailureReason.of(failure));
    }
  }
}
