package org.positionmanager.activities.broker;

import java.util.Optional;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;

/**
 * What a holding is worth by the broker's own price.
 *
 * @param price of one unit; empty where the broker has none
 * @param unrealised profit since the entry, US dollars; empty where the broker has none
 */
public record HoldingValue(
    Instrument instrument, Optional<Price> price, Optional<Money> unrealised) {}
