/**
 * The harness of system tests: {@code aDesk().withAccounts("large", "tiny").start()} gives a real
 * engine, a real database, the simulator, and worker processes that can be killed.
 */
package org.positionmanager.e2e;
