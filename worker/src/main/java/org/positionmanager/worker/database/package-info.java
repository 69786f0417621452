/** Finds PostgreSQL: {@code DATABASE_URL}, else an embedded server on a folder of our own. */
package org.positionmanager.worker.database;
