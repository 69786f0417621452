package org.positionmanager.workflows.sync;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.positionmanager.workflows.identity.AccountName;

/** What a sync asks of the world, for one account. */
@ActivityInterface
public interface SyncActivities {
  /**
   * Reads all four sides and compares them. Fails where any of them cannot be read: a read that
   * failed says nothing about what is there. Its name is its own: a worker knows the look of a
   * flatten, too.
   */
  @ActivityMethod(name = "CompareAccount")
  Look look(AccountName account);

  /**
   * Carries a finding's remedy out. Repeating it has no second effect.
   *
   * @return what was done, in words for people
   */
  String putRight(AccountName account, Finding finding);

  /** Keeps a run and what it found where people can read it; repeating it changes nothing. */
  void recordRun(SyncReport report);
}
