package org.positionmanager.workflows.position;

import org.positionmanager.workflows.plan.PlanChange;

/** A person's change to the plan. */
public record AdjustCommand(String commandId, PlanChange change, String by) {}
