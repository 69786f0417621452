package org.positionmanager.workflows.rules;

/** One rule's answer. */
public enum Verdict {
  /** The rule wants the position closed, or the part of it that it names. */
  FIRED,
  /** The rule was judged and does not fire. */
  HELD,
  /** The rule would fire, but a minimum hold or a missing confirmation forbids it for now. */
  SUPPRESSED,
  /** The rule does not apply to this position, or not now. */
  SKIPPED,
  /** The rule could not be judged: something it needs is missing or stale. */
  UNKNOWN,
  /** The rule proposes what a person has to decide; it never exits by itself. */
  PROPOSED
}
