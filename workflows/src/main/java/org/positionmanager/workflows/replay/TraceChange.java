package org.positionmanager.workflows.replay;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.value.Price;

/**
 * A moment at which rules answered otherwise than before; the first one has every rule.
 *
 * @param quote the quote as of then; empty before the first
 * @param mid the price that was judged; empty where none was usable
 * @param rules those whose verdict, reason or stage changed, in the plan's order
 */
public record TraceChange(
    Instant at, Optional<Quote> quote, Optional<Price> mid, List<RuleAnswer> rules) {
  public TraceChange {
    rules = List.copyOf(rules);
  }
}
