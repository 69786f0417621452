package org.positionmanager.workflows.activity;

import io.temporal.activity.ActivityInterface;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.ChosenPlan;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.rules.Basis;

/** Chooses what a position is judged by. */
@ActivityInterface
public interface PlanActivities {
  /**
   * The plan that the plan file has for account, strategy and instrument, made for the real fill;
   * levels that need an average true range have it where it could be read, and stay unknown where
   * not.
   */
  ChosenPlan choosePlan(PositionId position, EntryTerms terms, Basis basis);

  /**
   * The same plans with the average true ranges that could not be read when they were chosen, as
   * far as they can be now; adjustments stay.
   *
   * @param basis the fill: ranges are made of the days before it
   */
  ChosenPlan readRanges(PositionId position, ChosenPlan chosen, Basis basis);
}
