package org.positionmanager.workflows.activity;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;

/** Why an activity failed, for people. */
public final class FailureReason {
  private FailureReason() {}

  /** What the activity said last, in its own words. */
  public static String of(ActivityFailure failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
      if (deepest instanceof ApplicationFailure said) {
        return said.getOriginalMessage();
      }
    }
    return String.valueOf(deepest.getMessage());
  }
}
