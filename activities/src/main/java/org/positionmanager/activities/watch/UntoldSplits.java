package org.positionmanager.activities.watch;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.positionmanager.workflows.broker.SplitSign;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Quantity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a breach may come of a split that its workflow has not heard of: then it is none. All
 * that is watched of the share together is compared with what the account was last seen to hold.
 */
final class UntoldSplits {
  private static final Logger log = LoggerFactory.getLogger(UntoldSplits.class);

  private final WatchList list;
  private final WatchedHoldings holdings;
  private final Set<PositionId> told = ConcurrentHashMap.newKeySet();

  UntoldSplits(WatchList list, WatchedHoldings holdings) {
    this.list = list;
    this.holdings = holdings;
  }

  /** What cannot be compared is no split: another position's fault keeps none from its exit. */
  boolean isSeen(Breach breach) {
    PositionId position = breach.armed().position();
    boolean isSplit;
    try {
      isSplit = compare(position.instrument(), breach.armed().basis().direction());
    } catch (RuntimeException e) {
      log.error("{}: cannot be compared with what is held", position, e);
      return false;
    }
    if (!isSplit) {
      told.remove(position);
    } else if (told.add(position)) {
      log.warn("{}: the shares look split, what breaches is left to the sync", position);
    }
    return isSplit;
  }

  private boolean compare(Instrument instrument, Direction direction) {
    List<Basis> watched =
        list.concernedBy(instrument).stream()
            .filter(it -> it.position().instrument().equals(instrument))
            .flatMap(it -> it.basis().stream())
            .filter(basis -> basis.direction() == direction)
            .toList();
    Quantity before = watched.stream().map(Basis::held).reduce(Quantity.ZERO, Quantity::plus);
    Money cost =
        watched.stream()
            .map(basis -> basis.entry().times(basis.held(), 1))
            .reduce(Money.ZERO, Money::plus);
    return holdings
        .newest(instrument, direction)
        .filter(now -> SplitSign.isSeen(now, before, cost))
        .isPresent();
  }
}
