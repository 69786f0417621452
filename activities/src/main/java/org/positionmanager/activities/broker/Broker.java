package org.positionmanager.activities.broker;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.instrument.Instrument;

/**
 * One account at the broker. Every method throws {@link BrokerException} where the broker could not
 * be read; an empty answer means that the broker said "none".
 */
public interface Broker {
  AccountName name();

  /**
   * The same account for work that closes something: its reads go before all ordinary reads where
   * requests are scarce. Orders and cancellations go before any read either way.
   */
  Broker forExits();

  BrokerAccount account();

  /** What the account is worth; a figure that the broker leaves out is no zero but unreadable. */
  AccountFunds funds();

  /** Every stock and contract held. */
  List<Holding> holdings();

  /** What every stock and contract held is worth. */
  List<HoldingValue> values();

  /** Every order that may still fill, bracket legs included. */
  List<OrderView> openOrders();

  /** Orders in any state submitted after a moment, oldest first; of one instrument if given. */
  List<OrderView> ordersSubmittedAfter(Instant after, Optional<Instrument> only);

  /** Empty only where the broker says that it has no such order. */
  Optional<OrderView> orderByClientId(ClientOrderId id);

  /** Empty only where the broker says that it has no such order. */
  Optional<OrderView> order(BrokerOrderId id);

  /** Sends exactly one request; whatever leaves its effect open is {@code Unknown}. */
  default SubmitOutcome submit(ExitOrder order) {
    return submit(order, () -> true).orElseThrow();
  }

  /**
   * Likewise, where it is still wanted when its turn has come: it may have to wait for the
   * account's rate of requests.
   *
   * @param stillWanted asked right before the request goes
   * @return empty where it was no longer wanted: nothing was sent
   */
  Optional<SubmitOutcome> submit(ExitOrder order, BooleanSupplier stillWanted);

  CancelResult cancel(BrokerOrderId id);

  /** Fills after a moment, oldest first. */
  List<Fill> fillsAfter(Instant after);

  /** Activities other than fills after a moment, oldest first. */
  List<AccountActivity> activitiesAfter(Set<String> types, Instant after);
}
