/**
 * Takes over from the system that this one replaces: {@link
 * org.positionmanager.starter.migrate.OldDatabase} reads its tables, {@link
 * org.positionmanager.starter.migrate.Planning} decides for each row what becomes of it, and {@link
 * org.positionmanager.starter.migrate.Takeover} does it in one transaction.
 */
package org.positionmanager.starter.migrate;
