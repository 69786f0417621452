/**
 * The hot path as workflows speak of it: permission given in advance ({@link
 * org.positionmanager.workflows.watch.ArmedExit}), what the watch did with it ({@link
 * org.positionmanager.workflows.watch.ExitSent}), and the workflow that keeps one watch per account
 * alive.
 */
package org.positionmanager.workflows.watch;
