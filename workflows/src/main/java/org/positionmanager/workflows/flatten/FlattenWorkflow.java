package org.positionmanager.workflows.flatten;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.positionmanager.workflows.identity.AccountName;

/**
 * Closes what an account holds and takes nothing new in; workflow id {@code flatten/{account}}, on
 * the account's task queue, one at a time for each account.
 */
@WorkflowInterface
public interface FlattenWorkflow {
  /** Lives until the broker is flat, as far as it was asked for; returns how it came to that. */
  @WorkflowMethod
  FlattenState flatten(FlattenState state);

  /**
   * Asks for it, also of one that runs already, which then closes what either asked for. A Signal,
   * so that it can be sent together with the start.
   */
  @SignalMethod
  void ask(FlattenRequest request);

  /** How far it has come. */
  @QueryMethod
  FlattenState progress();

  /** The id of an account's flatten. */
  static String id(AccountName account) {
    return "flatten/" + account;
  }
}
