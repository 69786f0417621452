package org.positionmanager.workflows.position;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.activity.FailureReason;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.plan.ChosenPlan;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.LevelsAtFill;
import org.positionmanager.workflows.plan.Plan;
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
   * What a position is judged by.
   *
   * @param standsIn until the plan file's plan can be had
   */
  record Choice(ChosenPlan chosen, boolean standsIn) {
    Plan plan() {
      return chosen.plan();
    }

    Optional<Plan> shadow() {
      return chosen.shadow();
    }
  }

  /**
   * The plan file's choice. Where it cannot be had soon, the plans that need no file protect, and
   * people are told. Lives that began before there was a plan file have always had those.
   */
  Choice choose(Basis basis) {
    PositionState state = cell.get();
    if (Workflow.getVersion("plan-file", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
      return new Choice(alone(Plans.earlierDefaultsFor(state.terms(), basis)), false);
    }
    try {
      return new Choice(chosen("choose the plan", basis), false);
    } catch (ActivityFailure failure) {
      recorder.alert(
          key(state),
          Alert.Severity.WARNING,
          "the plan file's plan could not be had, built-in rules protect: "
              + FailureReason.of(failure));
      EntryTerms terms = LevelsAtFill.sound(state.terms(), basis);
      // lives from before it was asked for again, and from before built-in rules were as many as
      // the shipped plans', replay with what they had
      Plan builtIn =
          RulesEdition.isCurrent()
              ? Plans.defaultsFor(terms, basis)
              : Plans.earlierDefaultsFor(state.terms(), basis);
      return new Choice(
          alone(builtIn),
          Workflow.getVersion("plan-asked-again", Workflow.DEFAULT_VERSION, 1) == 1);
    }
  }

  private static ChosenPlan alone(Plan plan) {
    return new ChosenPlan(plan, Optional.empty());
  }

  /** Whether it is what stood in for a plan that could not be had. */
  boolean isBuiltIn(Plan plan, Basis basis) {
    EntryTerms terms = cell.get().terms();
    return plan.equals(Plans.defaultsFor(LevelsAtFill.sound(terms, basis), basis))
        || plan.equals(Plans.earlierDefaultsFor(terms, basis));
  }

  /** Without levels that would close it at once, of which people are told. */
  private ChosenPlan chosen(String summary, Basis basis) {
    PositionState state = cell.get();
    List<String> stored = LevelsAtFill.wrong(state.terms(), basis);
    boolean leavesOut = !stored.isEmpty() && RulesEdition.isCurrent();
    EntryTerms terms = leavesOut ? LevelsAtFill.sound(state.terms(), basis) : state.terms();
    if (leavesOut) {
      tell(stored, "the plan's own takes its place");
    }
    ChosenPlan chosen = Steps.plans(summary).choosePlan(state.id(), terms, basis);
    List<String> fixed = LevelsAtFill.wrong(chosen.plan(), terms, basis);
    if (fixed.isEmpty() || !RulesEdition.isCurrent()) {
      return chosen;
    }
    tell(fixed, "the rule is left out");
    return new ChosenPlan(
        LevelsAtFill.sound(chosen.plan(), terms, basis),
        chosen.shadow().map(beside -> LevelsAtFill.sound(beside, terms, basis)));
  }

  private void tell(List<String> wrong, String instead) {
    recorder.alert(
        "plan/level/" + cell.get().id(),
        Alert.Severity.CRITICAL,
        "%s would close it at once: %s".formatted(String.join(", ", wrong), instead));
  }

  /**
   * Asks again for the plan file's plan where it could not be had at the fill: what overload or an
   * outage took away must not hold for a position's life. It makes the next version, unless a
   * person has adjusted the rules meanwhile: that was a decision.
   */
  void replaceStandIn() {
    PositionState state = cell.get();
    if (!state.standIn()) {
      return;
    }
    Basis basis = state.basis().orElseThrow();
    try {
      ChosenPlan chosen = chosen("choose the plan again", basis);
      if (cell.get().standIn()) {
        Plan next = chosen.plan().asVersion(cell.get().plan().orElseThrow().version() + 1);
        cell.update(
            change ->
                change.plan(next).shadow(chosen.shadow().map(beside -> Shadow.of(beside, basis))));
        recorder.alert(
            key(state),
            Alert.Severity.INFO,
            "plan version %d is in force, %s: it could be had now"
                .formatted(next.version(), next.name().orElse("without a name")));
      }
    } catch (ActivityFailure failure) {
      Workflow.getLogger(PlanChoice.class)
          .warn("{}: the plan cannot be had yet: {}", state.id(), FailureReason.of(failure));
    }
  }

  private static String key(PositionState state) {
    return "plan/" + state.id();
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
