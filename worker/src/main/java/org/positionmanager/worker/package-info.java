/**
 * The worker process and what every process of the system shares: {@code process} runs children,
 * {@code engine} finds Temporal, {@code database} finds PostgreSQL.
 */
package org.positionmanager.worker;
