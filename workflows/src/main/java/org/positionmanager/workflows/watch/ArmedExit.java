package org.positionmanager.workflows.watch;

import java.util.Optional;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.position.ExitPricing;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.value.Quantity;

/**
 * Permission, given in advance by the workflow, to send one exact order if the plan says so. The
 * watch sends attempt 1 of the exit and nothing else; everything after it is the workflow's.
 *
 * @param arming counts from 1 within the position; a higher one replaces all lower ones
 * @param exit the number k of the exit that may be sent
 * @param plan by which the watch judges
 * @param basis with the peak as the workflow knows it; the watch raises it
 */
public record ArmedExit(PositionId position, int arming, int exit, Plan plan, Basis basis) {
  /** The id under which the order goes, whoever sends it. */
  public ClientOrderId clientOrderId() {
    return ClientOrderId.of(position, exit, 1);
  }

  /**
   * The order that is permitted, priced as the plan says for a first attempt.
   *
   * @param quantity what the rule wants closed; never more than the position holds is sent
   * @param quote the newest; empty where there is none
   */
  public ExitOrder order(Quantity quantity, Optional<Quote> quote) {
    return new ExitOrder(
        position,
        clientOrderId(),
        basis.direction(),
        Quantity.min(quantity, basis.held()),
        ExitPricing.next(plan.style(), 0, position.instrument(), basis.direction(), quote));
  }
}
