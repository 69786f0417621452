package org.positionmanager.workflows.watch;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.positionmanager.workflows.identity.AccountName;

/**
 * Keeps one watch per account alive, whichever worker holds it; workflow id {@code
 * watch/{account}}. Lives until the account is taken away.
 */
@WorkflowInterface
public interface AccountWatchWorkflow {
  @WorkflowMethod
  void keep(AccountName account);

  /** The id of an account's watch. */
  static String id(AccountName account) {
    return "watch/" + account;
  }
}
