package org.positionmanager.activities.alert;

import static org.positionmanager.workflows.alert.AlertKind.POSITION_LIMIT;

import java.util.ArrayList;
import java.util.List;
import org.positionmanager.activities.alert.AccountSnapshot.Open;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Quantity;

/** What an account's open positions amount to together, against its limits. */
final class PositionLimits {
  private PositionLimits() {}

  /** An alert for each limit that is exceeded; a limit itself is allowed. */
  static List<NewAlert> exceeded(AccountSnapshot seen, AccountLimits limits) {
    List<Open> held = seen.open().stream().filter(PositionLimits::isHeld).toList();
    Money notional = held.stream().map(PositionLimits::notional).reduce(Money.ZERO, Money::plus);
    Quantity contracts =
        held.stream()
            .filter(it -> it.id().instrument() instanceof OptionContract)
            .map(Open::held)
            .reduce(Quantity.ZERO, Quantity::plus);
    List<NewAlert> exceeded = new ArrayList<>();
    limits
        .positions()
        .filter(limit -> held.size() > limit)
        .ifPresent(
            limit ->
                exceeded.add(
                    alert(
                        seen,
                        "positions",
                        "%d positions are open, the limit is %d".formatted(held.size(), limit))));
    limits
        .notional()
        .filter(limit -> notional.compareTo(limit) > 0)
        .ifPresent(
            limit ->
                exceeded.add(
                    alert(
                        seen,
                        "notional",
                        "open positions cost %s, the limit is %s".formatted(notional, limit))));
    limits
        .contracts()
        .filter(limit -> contracts.compareTo(limit) > 0)
        .ifPresent(
            limit ->
                exceeded.add(
                    alert(
                        seen,
                        "contracts",
                        "%s contracts are held, the limit is %s".formatted(contracts, limit))));
    return exceeded;
  }

  private static NewAlert alert(AccountSnapshot seen, String what, String message) {
    return NewAlert.of(POSITION_LIMIT, seen.account(), what, message);
  }

  private static boolean isHeld(Open position) {
    return switch (position.phase()) {
      case PROTECTED, EXITING -> !position.held().isZero();
      case AWAITING_ENTRY, CLOSED, NEVER_OPENED -> false;
    };
  }

  private static Money notional(Open position) {
    return position
        .entry()
        .map(entry -> entry.times(position.held(), position.id().instrument().multiplier()))
        .orElse(Money.ZERO);
  }
}
