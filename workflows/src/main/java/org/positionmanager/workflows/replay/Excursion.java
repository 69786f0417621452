package org.positionmanager.workflows.replay;

import java.time.Instant;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/**
 * The best or the worst of a position while any of it was open, by the mid that rules judge.
 *
 * @param price the mid; the entry where it was never better, or never worse
 * @param amount profit of all that was opened at that mid
 * @param percent the same of the entry
 * @param at the first time that it was seen
 */
public record Excursion(Price price, Money amount, Percent percent, Instant at) {
  static Excursion at(Opening opening, Price mid, Instant when) {
    return new Excursion(
        mid,
        opening.profit(mid, opening.quantity()),
        opening.direction().gain(opening.entry(), mid),
        when);
  }
}
