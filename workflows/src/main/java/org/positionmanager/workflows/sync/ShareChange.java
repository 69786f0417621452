package org.positionmanager.workflows.sync;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.instrument.Instrument;

/**
 * A split, or a change of symbol; that comes twice, as what left the one and as what came to the
 * other, with opposite signs.
 *
 * @param activity the broker's id of it
 * @param change shares more or fewer, signed as the holding is (a short grows by a negative number)
 * @param to the new symbol; empty for a split
 * @param at when it was booked: trades before it were in old shares
 */
public record ShareChange(
    String activity,
    Instrument instrument,
    BigDecimal change,
    Optional<Instrument> to,
    Instant at) {}
