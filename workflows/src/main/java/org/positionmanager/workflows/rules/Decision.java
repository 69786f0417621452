package org.positionmanager.workflows.rules;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** The answer of a whole plan, with the trace of every rule in the plan's order of precedence. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Decision.Hold.class, name = "hold"),
  @JsonSubTypes.Type(value = Decision.Exit.class, name = "exit"),
  @JsonSubTypes.Type(value = Decision.Unknown.class, name = "unknown")
})
public sealed interface Decision {
  /** Every rule, judged, suppressed or skipped. */
  List<RuleTrace> trace();

  /** Nothing to do. */
  record Hold(List<RuleTrace> trace) implements Decision {}

  /**
   * Close all of it.
   *
   * @param rule the trace of the rule that decided
   */
  record Exit(ExitReason reason, RuleTrace rule, List<RuleTrace> trace) implements Decision {}

  /** Some price rule could not be judged and no rule fired: neither safe nor an exit. */
  record Unknown(String why, List<RuleTrace> trace) implements Decision {}
}
