/**
 * The comparison of one account's broker, ledger, workflows and watch. {@link
 * org.positionmanager.workflows.sync.Snapshot} is what was read of them, {@link
 * org.positionmanager.workflows.sync.Comparison} names what does not agree as {@link
 * org.positionmanager.workflows.sync.Finding}s, each with its evidence and its one remedy, and
 * believes only what two good reads say. {@link org.positionmanager.workflows.sync.Coverage} proves
 * that all that is held is watched. All of that is pure; {@link
 * org.positionmanager.workflows.sync.AccountSyncWorkflow} carries it out.
 */
package org.positionmanager.workflows.sync;
