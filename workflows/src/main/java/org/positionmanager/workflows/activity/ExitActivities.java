package org.positionmanager.workflows.activity;

import io.temporal.activity.ActivityInterface;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.broker.ExitReadiness;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;

/** The steps of the exit protocol that touch the broker. */
@ActivityInterface
public interface ExitActivities {
  /**
   * Looks up the exit's order, then reads holdings and open orders.
   *
   * @param wanted the most that the exit may close
   */
  ExitReadiness prepareExit(
      PositionId position, ClientOrderId clientOrderId, Direction direction, Quantity wanted);

  /**
   * Asks for cancellation and waits until each order is known to be terminal.
   *
   * @return the orders as they ended; an order that filled meanwhile says so
   */
  List<OrderView> cancelOrders(PositionId position, List<BrokerOrderId> orders);

  /** Sends the order once; what is found under its id already counts as accepted. */
  SubmitOutcome submitExit(ExitOrder order);

  /**
   * Watches an order until it is terminal or the patience is over, in real time.
   *
   * @return the order as last read
   */
  OrderView followOrder(PositionId position, BrokerOrderId order, Duration patience);

  /**
   * The fills that closed the position since its entry, whoever sent the orders, other positions'
   * exits left out; oldest first.
   */
  List<ClosingFill> findClosingFills(
      PositionId position, Direction direction, Instant since, Quantity atMost);
}
