package org.positionmanager.workflows.rules;

/** One rule's answer. */
public enum Verdict {
  /** The rule wants the position closed. */
  FIRED,
  /** The rule was judged and does not fire. */
  HELD,
  /** The rule would fire, but another rule forbids it for now. */
  SUPPRESSED,
  /** The rule does not apply to this position. */
  SKIPPED,
  /** The rule could not be judged: something it needs is missing or stale. */
  UNKNOWN
}
