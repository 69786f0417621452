package org.positionmanager.activities.alert;

import static org.positionmanager.workflows.alert.AlertKind.POSITION_LIMIT;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.positionmanager.activities.alert.AccountSnapshot.Open;
import org.positionmanager.activities.alert.IntakeGate.Limit;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Quantity;

/** What an account's open positions amount to together, against its limits. */
final class PositionLimits {
  private PositionLimits() {}

  /** An alert for each limit that is exceeded, or keeps rows out; a limit itself is allowed. */
  static List<NewAlert> exceeded(AccountSnapshot seen, AccountLimits limits) {
    List<Open> held = seen.open().stream().filter(PositionLimits::isHeld).toList();
    Money notional = held.stream().map(PositionLimits::notional).reduce(Money.ZERO, Money::plus);
    Quantity contracts =
        held.stream()
            .filter(it -> it.id().instrument() instanceof OptionContract)
            .map(Open::held)
            .reduce(Quantity.ZERO, Quantity::plus);
    return Stream.of(
            alert(
                seen,
                "positions",
                Limit.POSITIONS,
                limits
                    .positions()
                    .filter(limit -> held.size() > limit)
                    .map(
                        limit ->
                            "%d positions are open, the limit is %d"
                                .formatted(held.size(), limit))),
            alert(
                seen,
                "notional",
                Limit.NOTIONAL,
                limits
                    .notional()
                    .filter(limit -> notional.compareTo(limit) > 0)
                    .map(
                        limit ->
                            "open positions cost %s, the limit is %s".formatted(notional, limit))),
            alert(
                seen,
                "contracts",
                Limit.CONTRACTS,
                limits
                    .contracts()
                    .filter(limit -> contracts.compareTo(limit) > 0)
                    .map(
                        limit ->
                            "%s contracts are held, the limit is %s".formatted(contracts, limit))))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Where the limit is exceeded, or keeps rows out. */
  private static Optional<NewAlert> alert(
      AccountSnapshot seen, String what, Limit limit, Optional<String> exceeded) {
    Optional<String> waiting =
        seen.limited().stream()
            .filter(it -> it.by() == limit)
            .findFirst()
            .map(AccountSnapshot.Limited::reason);
    return exceeded
        .or(() -> waiting)
        .map(
            why -> NewAlert.of(POSITION_LIMIT, seen.account(), what, why + seen.waitingFor(limit)));
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
