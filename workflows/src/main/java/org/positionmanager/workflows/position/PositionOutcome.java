package org.positionmanager.workflows.position;

import java.util.Optional;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;

/** How a position's life ended. */
public record PositionOutcome(
    Phase phase, Optional<ExitReason> reason, Optional<Price> averageExit, Money realised) {}
