package org.positionmanager.activities.watch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.watch.ArmedExit;
import org.positionmanager.workflows.watch.ExitSent;

/**
 * A plan that says exit, and the permission that is used for it.
 *
 * @param quotes of the position that the ledger may not have yet, the breach's own included
 * @param quantity what the rule wants closed
 * @param peak the best mid seen until then
 * @param at exchange time
 * @param noticedAtNanos when the quote arrived, by the monotonic clock
 */
record Breach(
    ArmedExit armed,
    Decision.Exit decision,
    Optional<Quote> quote,
    List<KeptQuote> quotes,
    Quantity quantity,
    Price peak,
    Instant at,
    long noticedAtNanos) {
  /** For the workflow: what was done with its permission. */
  ExitSent sent(Optional<SubmitOutcome> outcome) {
    return new ExitSent(
        armed.arming(),
        armed.exit(),
        decision.reason(),
        decision.rule(),
        quote,
        quantity,
        outcome,
        peak,
        at,
        quotes);
  }
}
