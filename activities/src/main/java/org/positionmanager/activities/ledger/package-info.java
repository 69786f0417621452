/**
 * The ledger in PostgreSQL: {@link org.positionmanager.activities.ledger.LedgerDatabase} opens it,
 * {@link org.positionmanager.activities.ledger.PostgresLedger} writes one account's story, {@link
 * org.positionmanager.activities.ledger.ExecutionInbox} reads what dispatchers wrote and remembers
 * what became of each row. Row level security holds each account to its own rows, the tables' owner
 * sees all.
 */
package org.positionmanager.activities.ledger;
