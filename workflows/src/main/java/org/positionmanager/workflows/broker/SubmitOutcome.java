package org.positionmanager.workflows.broker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What became of a submission. "Unknown" is never "failed". */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SubmitOutcome.Accepted.class, name = "accepted"),
  @JsonSubTypes.Type(value = SubmitOutcome.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = SubmitOutcome.Unknown.class, name = "unknown")
})
public sealed interface SubmitOutcome {
  /** The order is at the broker under our id, from this request or an earlier one. */
  record Accepted(OrderView order) implements SubmitOutcome {}

  /** The broker refused it; no order came into being. */
  record Refused(Refusal refusal) implements SubmitOutcome {}

  /**
   * The request may have had its effect, now or later: the same order may only go again under the
   * same client order id.
   */
  record Unknown(String why) implements SubmitOutcome {}
}
