package org.positionmanager.activities.broker;

import java.time.Instant;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/**
 * One execution of an order.
 *
 * @param id the broker's id of the activity
 * @param price of one unit, as filled
 */
public record Fill(
    String id,
    BrokerOrderId order,
    Instrument instrument,
    Side side,
    Quantity quantity,
    Price price,
    Instant at) {}
