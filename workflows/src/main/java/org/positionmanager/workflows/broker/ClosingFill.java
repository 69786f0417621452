package org.positionmanager.workflows.broker;

import java.time.Instant;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * A fill that reduced a position, by its own exit or by another's order (a bracket leg, a person).
 *
 * @param averagePrice as filled, never a quote
 */
public record ClosingFill(
    BrokerOrderId order, String clientOrderId, Quantity quantity, Price averagePrice, Instant at) {}
