package org.positionmanager.activities.broker;

/**
 * Whose account it is, as the broker tells of it; what it is worth is in {@link AccountFunds}.
 *
 * @param number the broker's account number, to be compared with the registered one
 * @param blocked whether the broker refuses trading
 */
public record BrokerAccount(String number, String status, boolean blocked) {}
