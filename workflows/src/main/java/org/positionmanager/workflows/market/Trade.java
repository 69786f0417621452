package org.positionmanager.workflows.market;

import java.time.Instant;
import org.positionmanager.workflows.value.Price;

/**
 * The latest trade of one instrument.
 *
 * @param at when it was made, by the exchange's clock
 */
public record Trade(Price price, Instant at) {}
