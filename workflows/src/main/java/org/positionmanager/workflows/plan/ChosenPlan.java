package org.positionmanager.workflows.plan;

import java.util.Optional;

/**
 * What the plan file has for a position.
 *
 * @param plan by which it is judged
 * @param shadow evaluated and recorded beside it, and never acted on; empty where there is none
 */
public record ChosenPlan(Plan plan, Optional<Plan> shadow) {}
