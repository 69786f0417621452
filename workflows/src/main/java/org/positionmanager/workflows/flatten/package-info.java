/**
 * Closing all that an account holds: {@link org.positionmanager.workflows.flatten.FlattenWorkflow}
 * halts the intake, asks each position's workflow to close in {@link
 * org.positionmanager.workflows.flatten.RiskOrder}, has what nobody watches looked after and closed
 * the same way, and ends when two good reads, the broker's lag apart, find nothing left. It sends
 * no order itself.
 */
package org.positionmanager.workflows.flatten;
