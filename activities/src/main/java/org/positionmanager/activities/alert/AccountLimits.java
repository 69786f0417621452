package org.positionmanager.activities.alert;

import java.util.Optional;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Quantity;

/**
 * What an account should not exceed, all its open positions together; exceeding it is an alert and
 * stops nothing. Each is empty where there is no limit.
 *
 * @param positions open at once
 * @param notional what they cost at entry, multiplier included
 * @param contracts option contracts held
 * @param dailyLoss above zero: what may be lost on one exchange day; reaching it is an alert
 */
public record AccountLimits(
    Optional<Integer> positions,
    Optional<Money> notional,
    Optional<Quantity> contracts,
    Optional<Money> dailyLoss) {
  public static final AccountLimits NONE =
      new AccountLimits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
