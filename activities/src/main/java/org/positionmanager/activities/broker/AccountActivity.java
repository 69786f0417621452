package org.positionmanager.activities.broker;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;

/**
 * Something that happened in the account other than a fill: expiry, exercise, assignment, split,
 * deposit.
 *
 * @param type the broker's word, such as OPEXP, OPEXC, OPASN, SPLIT
 * @param quantity signed as the broker gives it: negative where a long is removed
 * @param date the exchange's date; the broker gives no time of day
 * @param amount US dollars that came into the account, negative for what went; empty where the
 *     broker tells none
 */
public record AccountActivity(
    String id,
    String type,
    Optional<Instrument> instrument,
    BigDecimal quantity,
    Optional<Price> price,
    LocalDate date,
    Optional<Money> amount) {
  /** One that no money is told of. */
  public AccountActivity(
      String id,
      String type,
      Optional<Instrument> instrument,
      BigDecimal quantity,
      Optional<Price> price,
      LocalDate date) {
    this(id, type, instrument, quantity, price, date, Optional.empty());
  }
}
