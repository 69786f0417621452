/**
 * Alpaca behind the broker ports: {@link AlpacaConnection} opens one account. All calls of an
 * account share one {@link RateBudget}; {@link SubmitOutcomes} alone decides what became of a
 * submission.
 */
package org.positionmanager.activities.alpaca;
