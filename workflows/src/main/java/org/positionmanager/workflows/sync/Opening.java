package org.positionmanager.workflows.sync;

import java.time.Instant;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;

/**
 * Something that made a holding larger.
 *
 * @param evidence the broker's id of the order, or {@code activity:} and that of the activity
 * @param at exchange time
 */
public record Opening(Instrument instrument, Direction direction, String evidence, Instant at) {}
