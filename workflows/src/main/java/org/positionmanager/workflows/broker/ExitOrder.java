package org.positionmanager.workflows.broker;

import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;

/**
 * One exact order that closes (part of) a position. It always states its intent: {@code
 * sell_to_close} for a long position, {@code buy_to_close} for a short one.
 */
public record ExitOrder(
    PositionId position,
    ClientOrderId clientOrderId,
    Direction closes,
    Quantity quantity,
    OrderPricing pricing) {
  public ExitOrder {
    if (quantity.isZero()) {
      throw new IllegalArgumentException("an exit order needs a quantity above zero");
    }
  }
}
