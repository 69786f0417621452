package org.positionmanager.workflows.replay;

import java.time.Instant;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * One exit that the plan would have made.
 *
 * @param decidedAt when the rule fired
 * @param filledAt the same, or the next quote that could fill it
 * @param rule the name of the rule that decided
 */
public record ReplayExit(
    Instant decidedAt,
    Instant filledAt,
    ExitReason reason,
    String rule,
    Quantity quantity,
    Price price,
    Money profit) {}
