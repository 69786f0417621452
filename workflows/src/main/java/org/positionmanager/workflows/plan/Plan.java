package org.positionmanager.workflows.plan;

import java.time.Duration;
import java.util.List;
import org.positionmanager.workflows.rules.ExitRule;

/**
 * What a position is judged by; fixed at open from the real fill, changed only by an adjust
 * command.
 *
 * @param version from 1, one more with each adjustment
 * @param rules in order of precedence: the first that fires decides
 * @param reviewEvery exchange time between reviews while the market is open
 * @param staleAfter exchange age from which a quote is unknown
 */
public record Plan(
    int version, List<ExitRule> rules, ExitStyle style, Duration reviewEvery, Duration staleAfter) {
  public Plan {
    rules = List.copyOf(rules);
  }
}
