package org.positionmanager.workflows.activity;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/**
 * Activities that are tried again by the engine for as long as the caller has patience; each says
 * in the Temporal UI what it is for.
 */
public final class Persistent {
  private static final RetryOptions KEEP_TRYING =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofMillis(250))
          .setBackoffCoefficient(2)
          .setMaximumInterval(Duration.ofSeconds(10))
          .build();

  private Persistent() {}

  /** What is left to be said is for how long. */
  public static ActivityOptions.Builder options(String summary) {
    return ActivityOptions.newBuilder().setRetryOptions(KEEP_TRYING).setSummary(summary);
  }
}
