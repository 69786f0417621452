/**
 * Plans: the rules and parameters that a position is judged by, versioned. A {@link
 * org.positionmanager.workflows.plan.PlanBook} chooses a {@link
 * org.positionmanager.workflows.plan.PlanTemplate}, of which the {@link
 * org.positionmanager.workflows.plan.Plan} of one position is made.
 */
package org.positionmanager.workflows.plan;
