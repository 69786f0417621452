package org.positionmanager.activities.trading;

import io.temporal.failure.ApplicationFailure;
import org.positionmanager.workflows.identity.AccountName;

/** A task that came to the worker of another account must never reach its broker. */
public final class WrongAccount {
  /** The type of the failure. */
  public static final String TYPE = "WRONG_ACCOUNT";

  private WrongAccount() {}

  /**
   * Lets the account's own tasks pass.
   *
   * @param task in words
   * @param of whose it is
   * @param served by this worker
   * @throws ApplicationFailure of type {@link #TYPE}, which is not tried again
   */
  public static void refuse(String task, AccountName of, AccountName served) {
    if (!of.equals(served)) {
      throw ApplicationFailure.newNonRetryableFailure(
          "%s came to the worker of account %s".formatted(task, served), TYPE);
    }
  }
}
