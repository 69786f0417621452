package org.positionmanager.workflows.rules;

import java.time.Instant;

/**
 * How long a rule that has to be confirmed has been firing without a break.
 *
 * @param rule the rule's stable name
 * @param quotes how many different quotes it fired at, at least 1
 * @param since exchange time of the first of them
 * @param latest exchange time of the latest of them: the same quote seen again does not count
 */
public record Streak(String rule, int quotes, Instant since, Instant latest) {
  static Streak begun(String rule, Instant quoteAt) {
    return new Streak(rule, 1, quoteAt, quoteAt);
  }

  /** One more, where the quote is newer than the latest that counted. */
  Streak seenAgain(Instant quoteAt) {
    return quoteAt.isAfter(latest) ? new Streak(rule, quotes + 1, since, quoteAt) : this;
  }
}
