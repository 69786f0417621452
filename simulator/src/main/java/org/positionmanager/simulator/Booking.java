package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A change of an account that no order made: what Alpaca lists as a non-trade activity.
 *
 * @param type OPEXP, OPEXC, OPASN, OPTRD, OPCA, SPLIT or NC
 * @param quantity added to what is held; negative where a long is removed
 * @param price dollars a share, of a stock leg; the entry price that shares received then have
 * @param cash dollars received; negative where paid
 * @param date of the event, in New York
 * @param postedAt when clients can see it; on paper that is the next day
 * @param group what siblings of one event have in common
 */
record Booking(
    String id,
    String type,
    String symbol,
    BigDecimal quantity,
    Optional<BigDecimal> price,
    BigDecimal cash,
    LocalDate date,
    Instant at,
    Instant postedAt,
    String group) {}
