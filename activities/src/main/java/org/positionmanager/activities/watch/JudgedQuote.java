package org.positionmanager.activities.watch;

import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.replay.KeptQuote;

/** A quote by which the watch judged a position and that is worth recording. */
public record JudgedQuote(PositionId position, KeptQuote kept) {}
