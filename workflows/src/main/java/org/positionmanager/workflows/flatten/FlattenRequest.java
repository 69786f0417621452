package org.positionmanager.workflows.flatten;

import java.util.Optional;
import org.positionmanager.workflows.plan.Strategy;

/**
 * Somebody wants an account flat.
 *
 * @param id sent again, the same id has no second effect
 * @param by who asks, for people
 * @param reason why, for people
 * @param strategy only positions of this strategy; empty for all that the account holds
 */
public record FlattenRequest(String id, String by, String reason, Optional<Strategy> strategy) {
  /**
   * @throws IllegalArgumentException naming what is missing
   */
  public FlattenRequest {
    requireText("id", id);
    requireText("by", by);
    requireText("reason", reason);
    strategy = strategy == null ? Optional.empty() : strategy;
  }

  private static void requireText(String field, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("a flatten's " + field + " must not be empty");
    }
  }
}
