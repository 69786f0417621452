package org.positionmanager.activities.alert.delivery;

import java.time.Duration;
import java.util.Optional;

/** What became of a message. */
public sealed interface Outcome {
  /** The endpoint has it. */
  record Accepted() implements Outcome {}

  /**
   * It does not, or it cannot be told.
   *
   * @param why in words for people, without secrets
   * @param retryAfter what the endpoint asked for
   */
  record NotAccepted(String why, Optional<Duration> retryAfter) implements Outcome {}
}
