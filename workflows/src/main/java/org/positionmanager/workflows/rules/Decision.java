package org.positionmanager.workflows.rules;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.value.Quantity;

/** The answer of a whole plan, with the trace of every rule in the order of precedence. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Decision.Hold.class, name = "hold"),
  @JsonSubTypes.Type(value = Decision.Exit.class, name = "exit"),
  @JsonSubTypes.Type(value = Decision.Unknown.class, name = "unknown")
})
public sealed interface Decision {
  /** Every rule: fired, held, suppressed, skipped, unknown or proposing. */
  List<RuleTrace> trace();

  /** What the plan proposes to people; empty nearly always. */
  default List<RuleTrace> proposals() {
    return trace().stream().filter(answer -> answer.verdict() == Verdict.PROPOSED).toList();
  }

  /** Nothing to do. */
  record Hold(List<RuleTrace> trace) implements Decision {}

  /**
   * Close it.
   *
   * @param rule the trace of the rule that decided
   * @param part how much of it, less than what is held; empty for all of it
   */
  record Exit(ExitReason reason, RuleTrace rule, List<RuleTrace> trace, Optional<Quantity> part)
      implements Decision {
    public Exit {
      part = part == null ? Optional.empty() : part;
    }
  }

  /** Some price rule could not be judged and no rule fired: neither safe nor an exit. */
  record Unknown(String why, List<RuleTrace> trace) implements Decision {}
}
