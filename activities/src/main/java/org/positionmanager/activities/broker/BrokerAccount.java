package org.positionmanager.activities.broker;

import org.positionmanager.workflows.value.Money;

/**
 * The account as the broker tells of it; money in US dollars.
 *
 * @param number the broker's account number, to be compared with the registered one
 * @param lastEquity equity at the previous close
 * @param blocked whether the broker refuses trading
 */
public record BrokerAccount(
    String number,
    String status,
    Money equity,
    Money lastEquity,
    Money cash,
    Money buyingPower,
    boolean blocked) {}
