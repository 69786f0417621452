package org.positionmanager.activities.watch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.SplitSign;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a breach may come of a split that its workflow has not heard of: then it is none. What
 * the account was last seen to hold is compared with all that is tracked of the share together, and
 * with what it held before.
 */
final class UntoldSplits {
  private static final Logger log = LoggerFactory.getLogger(UntoldSplits.class);

  private final WatchList list;
  private final WatchedHoldings holdings;
  private final UnarmedHeld unarmed;

  /**
   * Positions that looked split, with the entry that they had then: with another one they have been
   * told. While they have the same it stays so, for as long as not all of the holding is tracked:
   * positions that share it are told one after the other.
   */
  private final Map<PositionId, Price> split = new ConcurrentHashMap<>();

  UntoldSplits(WatchList list, WatchedHoldings holdings, UnarmedHeld unarmed) {
    this.list = list;
    this.holdings = holdings;
    this.unarmed = unarmed;
  }

  /** What cannot be compared is no split: another position's fault keeps none from its exit. */
  boolean isSeen(Guarded one, Breach breach) {
    PositionId position = one.position();
    Basis basis = breach.armed().basis();
    try {
      return holdings
          .newest(position.instrument(), basis.direction())
          .filter(now -> isSplit(one, basis, now))
          .isPresent();
    } catch (RuntimeException e) {
      log.error("{}: cannot be compared with what is held", position, e);
      return false;
    }
  }

  private boolean isSplit(Guarded one, Basis basis, Holding now) {
    PositionId position = one.position();
    List<Part> parts = parts(now);
    Quantity tracked = parts.stream().map(Part::held).reduce(Quantity.ZERO, Quantity::plus);
    if (tracked.equals(now.quantity())) {
      split.remove(position);
      return false;
    }
    Price suspected = split.get(position);
    if (suspected != null) {
      return suspected.equals(basis.entry());
    }
    Money cost =
        parts.stream().map(it -> it.entry().times(it.held(), 1)).reduce(Money.ZERO, Money::plus);
    boolean isSplit =
        SplitSign.ratio(now, tracked, cost).isPresent()
            || !one.isScaled()
                && holdings
                    .before(now.instrument(), now.direction())
                    .flatMap(it -> SplitSign.ratio(now, it.quantity(), it.averageEntry()))
                    .isPresent();
    if (isSplit) {
      split.put(position, basis.entry());
      log.warn("{}: the shares look split, what breaches is left to the sync", position);
    }
    return isSplit;
  }

  /** What one position has of a holding. */
  private record Part(PositionId position, Quantity held, Price entry) {}

  /** Of all that is tracked of it: by what is armed, or else by what the ledger has. */
  private List<Part> parts(Holding now) {
    List<Part> armed =
        list.concernedBy(now.instrument()).stream()
            .filter(it -> it.position().instrument().equals(now.instrument()))
            .flatMap(
                it ->
                    it
                        .basis()
                        .filter(basis -> basis.direction() == now.direction())
                        .map(basis -> new Part(it.position(), basis.held(), basis.entry()))
                        .stream())
            .toList();
    return Stream.concat(
            armed.stream(),
            unarmed.of(now.instrument()).stream()
                .filter(it -> it.direction() == now.direction())
                .filter(it -> armed.stream().noneMatch(own -> own.position().equals(it.position())))
                .map(it -> new Part(it.position(), it.held(), it.entry())))
        .toList();
  }
}
