package org.positionmanager.workflows.activity;

import io.temporal.activity.ActivityInterface;
import java.time.Duration;
import org.positionmanager.workflows.identity.AccountName;

/** The live watch of one account. */
@ActivityInterface
public interface WatchActivities {
  /**
   * Protects what is armed, by every quote, until another worker takes over, the worker stops or
   * the term is over. Beats two and a half times within its heartbeat timeout.
   *
   * @param term how long at most, so that the workflow's history grows a little and can be begun
   *     anew
   */
  void watchAccount(AccountName account, Duration term);
}
