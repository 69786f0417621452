package org.positionmanager.workflows.sync;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.positionmanager.workflows.identity.AccountName;

/**
 * One comparison of an account, short-lived, started by its schedule {@code sync/{account}} or by a
 * person. Looks twice, at least the broker's lag apart, where the first look finds anything; puts
 * right what both found.
 */
@WorkflowInterface
public interface AccountSyncWorkflow {
  /** Runs once. */
  @WorkflowMethod
  SyncReport sync(AccountName account);

  /** The id of an account's schedule, and of the workflows that it starts. */
  static String id(AccountName account) {
    return "sync/" + account;
  }
}
