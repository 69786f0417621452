package org.positionmanager.workflows.flatten;

import java.time.Duration;
import java.util.List;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.market.MarketMoment;

/**
 * One good read of an account.
 *
 * @param moment where in the exchange's day we are
 * @param open what the ledger has open, of all strategies
 * @param holdings what the broker holds; never with a quantity of zero
 * @param openings orders at the broker that may open or enlarge a holding and that no position of
 *     the ledger is known to wait for
 * @param pace time between two closes that the account's budget of requests has room for; zero
 *     where it has no limit
 */
public record FlattenLook(
    MarketMoment moment,
    List<OpenPosition> open,
    List<Holding> holdings,
    List<BrokerOrderId> openings,
    Duration pace) {
  public FlattenLook {
    open = List.copyOf(open);
    holdings = List.copyOf(holdings);
    openings = List.copyOf(openings);
  }
}
