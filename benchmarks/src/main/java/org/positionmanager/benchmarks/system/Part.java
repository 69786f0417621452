package org.positionmanager.benchmarks.system;

import java.util.Locale;

/** What can be measured by itself. */
enum Part {
  /** Rule evaluation in one thread. */
  RULES,
  /** Engine actions of a quiet position. */
  ACTIONS,
  /** From a dispatcher's row to armed. */
  ARMING,
  /** Requests to the broker while nothing happens. */
  CALLS,
  /** From a quote that breaches to the order, one at a time, beside the polling loop. */
  BREACH,
  /** From the death of the watch's worker to protected again. */
  TAKEOVER,
  /** The first breach after a start. */
  COLD,
  /** All at once, by watch and by polling loop. */
  BATCH,
  /** All at once without a watch. */
  REVIEW;

  /** As written on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
