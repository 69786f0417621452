package org.positionmanager.workflows.replay;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.market.Quote;

/**
 * A moment at which rules answered otherwise than before; the first one has every rule.
 *
 * @param quote the quote as of then; empty before the first
 * @param rules those whose verdict changed, in the plan's order
 */
public record TraceChange(Instant at, Optional<Quote> quote, List<RuleAnswer> rules) {
  public TraceChange {
    rules = List.copyOf(rules);
  }
}
