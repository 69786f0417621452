package org.positionmanager.workflows.replay;

import java.time.Instant;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Quantity;

/** An exit that was decided while no quote could fill it, and none came up to the path's end. */
public record UnfilledExit(Instant decidedAt, ExitReason reason, String rule, Quantity quantity) {}
