package org.positionmanager.activities.standing;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.broker.AccountFunds;
import org.positionmanager.activities.broker.HoldingValue;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.value.Money;

/**
 * How an account stood at a moment.
 *
 * @param at exchange time
 * @param recordedAt real time, by the ledger's clock
 * @param funds by the broker
 * @param risk what open positions would lose at their stops
 * @param realised by real fills of the exchange's day
 * @param unrealised of everything held, by the broker's prices; empty where it has none of
 *     something
 */
public record AccountStanding(
    AccountName account,
    Instant at,
    Instant recordedAt,
    AccountFunds funds,
    OpenRisk.Total risk,
    Money realised,
    Optional<Money> unrealised,
    Counts counts) {
  /**
   * Positions and alerts.
   *
   * @param awaiting their entry
   * @param open protected, no exit under way
   * @param closing an exit is under way
   * @param closedToday on the exchange's day
   * @param alerts that are open
   */
  public record Counts(int awaiting, int open, int closing, int closedToday, int alerts) {}

  /** Realised and unrealised; empty where the second is not known. */
  @JsonIgnore
  public Optional<Money> dayProfit() {
    return unrealised.map(realised::plus);
  }

  /** All of them together; empty where the broker has no figure for one. */
  public static Optional<Money> unrealisedOf(List<HoldingValue> values) {
    Money sum = Money.ZERO;
    for (HoldingValue value : values) {
      if (value.unrealised().isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(value.unrealised().get());
    }
    return Optional.of(sum);
  }
}
