/**
 * How an account stands: {@link org.positionmanager.activities.standing.StandingTaker} reads broker
 * and ledger and makes an {@link org.positionmanager.activities.standing.AccountStanding} of them,
 * {@link org.positionmanager.activities.standing.OpenRisk} says what open positions may lose.
 */
package org.positionmanager.activities.standing;
