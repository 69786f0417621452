package org.positionmanager.simulator.market;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A print on the tape.
 *
 * @param id unique for its symbol
 * @param price dollars
 * @param size shares or contracts
 */
public record Trade(long id, Instant at, BigDecimal price, int size) {}
