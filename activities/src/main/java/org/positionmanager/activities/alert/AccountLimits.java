package org.positionmanager.activities.alert;

import java.time.Duration;
import java.util.Optional;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Quantity;

/**
 * What an account should not exceed, all its open positions together; exceeding it is an alert.
 * Each is empty where there is no limit.
 *
 * @param positions open at once
 * @param notional what they cost at entry, multiplier included
 * @param contracts option contracts held
 * @param dailyLoss above zero: what may be lost on one exchange day; reaching it is an alert
 * @param rapidCreation instead of the desk's own; reaching it is an alert
 * @param gate whether {@link IntakeGate rows are kept out} that would exceed one of them
 */
public record AccountLimits(
    Optional<Integer> positions,
    Optional<Money> notional,
    Optional<Quantity> contracts,
    Optional<Money> dailyLoss,
    Optional<RapidCreation> rapidCreation,
    boolean gate) {
  public static final AccountLimits NONE =
      new AccountLimits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** That tell and keep nothing out. */
  public AccountLimits(
      Optional<Integer> positions,
      Optional<Money> notional,
      Optional<Quantity> contracts,
      Optional<Money> dailyLoss) {
    this(positions, notional, contracts, dailyLoss, Optional.empty(), false);
  }

  /**
   * So many positions within a time are too rapid.
   *
   * @param positions from 2
   * @param within above zero, real time
   */
  public record RapidCreation(int positions, Duration within) {}

  /** The same that also keep rows out. */
  public AccountLimits asGate() {
    return new AccountLimits(positions, notional, contracts, dailyLoss, rapidCreation, true);
  }
}
