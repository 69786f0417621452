package org.positionmanager.workflows.rules;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.value.Price;

/** One rule that can close a position: a record of its parameters, judged without side effects. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CatastrophicStop.class, name = "catastrophicStop"),
  @JsonSubTypes.Type(value = Expiry.class, name = "expiry"),
  @JsonSubTypes.Type(value = DayTradeClose.class, name = "dayTradeClose"),
  @JsonSubTypes.Type(value = MaxHold.class, name = "maxHold"),
  @JsonSubTypes.Type(value = StopLoss.class, name = "stopLoss"),
  @JsonSubTypes.Type(value = TrailingStop.class, name = "trailingStop"),
  @JsonSubTypes.Type(value = ProfitTarget.class, name = "profitTarget")
})
public sealed interface ExitRule
    permits CatastrophicStop, Expiry, DayTradeClose, MaxHold, StopLoss, TrailingStop, ProfitTarget {
  /** Stable name, shown to people and kept in traces. */
  String name();

  /** What it means when the rule fires. */
  ExitReason reason();

  /** Judges the rule at one moment, without regard to other rules. */
  RuleTrace judge(Sight sight);

  /** The price at which the rule fires, where it has one. */
  default Optional<Price> level(Basis basis) {
    return Optional.empty();
  }

  /**
   * The next moment after the observation at which time alone can change the rule's answer; empty
   * where time cannot.
   */
  default Optional<Instant> nextChange(Basis basis, Observation seen) {
    return Optional.empty();
  }

  /** Whether a minimum hold forbids the rule. */
  default boolean waitsForMinimumHold() {
    return false;
  }
}
