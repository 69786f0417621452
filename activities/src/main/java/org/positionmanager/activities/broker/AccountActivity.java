package org.positionmanager.activities.broker;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Price;

/**
 * Something that happened in the account other than a fill: expiry, exercise, assignment, split.
 *
 * @param type the broker's word, such as OPEXP, OPEXC, OPASN, SPLIT
 * @param quantity signed as the broker gives it: negative where a long is removed
 * @param date the exchange's date; the broker gives no time of day
 */
public record AccountActivity(
    String id,
    String type,
    Optional<Instrument> instrument,
    BigDecimal quantity,
    Optional<Price> price,
    LocalDate date) {}
