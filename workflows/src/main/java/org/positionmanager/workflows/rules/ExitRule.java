package org.positionmanager.workflows.rules;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.value.Price;

/** One rule that can close a position. A record of its parameters, judged without side effects. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = MaxHold.class, name = "maxHold")})
public sealed interface ExitRule permits MaxHold {
  /** Stable name, shown to people and kept in traces. */
  String name();

  /** What it means when the rule fires. */
  ExitReason reason();

  /** Judges the rule at one moment. */
  RuleTrace judge(Basis basis, Observation seen);

  /** The price at which the rule fires, where it has one. */
  Optional<Price> level(Basis basis);

  /**
   * The next moment after {@code seen} at which time alone can change the rule's answer; empty
   * where time cannot.
   */
  Optional<Instant> nextChange(Basis basis, Observation seen);
}
