package org.positionmanager.workflows.rules;

import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * A rule bound to one position: its levels are computed, so that judging only compares. Valid for
 * as long as the {@link Basis} that it was bound to.
 */
public interface BoundRule {
  /** Judges the rule at one moment, without regard to other rules. */
  RuleTrace judge(Sight sight);

  /** The price at which the rule fires at a moment, where it has one. */
  default Optional<Price> level(Instant now) {
    return Optional.empty();
  }

  /**
   * The next moment after the observation at which time alone can change the rule's answer; empty
   * where time cannot.
   */
  default Optional<Instant> nextChange(Observation seen) {
    return Optional.empty();
  }

  /** How much the rule wants closed where it fires, above zero; empty for all of it. */
  default Optional<Quantity> part(Sight sight) {
    return Optional.empty();
  }
}
