/**
 * The ledger in PostgreSQL: {@link org.positionmanager.activities.ledger.LedgerDatabase} opens it,
 * {@link org.positionmanager.activities.ledger.PostgresLedger} writes one account's story, {@link
 * org.positionmanager.activities.ledger.ExecutionInbox} reads what dispatchers wrote.
 */
package org.positionmanager.activities.ledger;
