package org.positionmanager.activities.broker;

import org.positionmanager.workflows.value.Money;

/**
 * What the account is worth and may spend, as the broker tells of it, US dollars.
 *
 * @param lastEquity equity at the previous close
 * @param longValue market value of what is held long, zero or more
 * @param shortValue market value of what is held short, zero or less
 */
public record AccountFunds(
    Money equity,
    Money lastEquity,
    Money cash,
    Money buyingPower,
    Money longValue,
    Money shortValue) {}
