package org.positionmanager.workflows.position;

import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.replay.QuoteThinning;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.Judge;
import org.positionmanager.workflows.rules.Observation;

/**
 * Keeps the quotes that a position is judged by, thinned, so that other plans can be tried: pure.
 */
final class QuoteRecords {
  private QuoteRecords() {}

  static StateChange keep(
      StateChange change, PositionState before, Judge judge, Observation seen, Decision decision) {
    return seen.quote()
        .map(
            quote ->
                change.keptQuotes(
                    QuoteThinning.STANDARD.next(
                        before.quotes(),
                        judge.basis(),
                        new SeenQuote(seen.moment().now(), quote),
                        Plans.isPriceKnown(judge.plan(), judge.basis(), seen),
                        decision,
                        judge.plan().version())))
        .orElse(change);
  }

  /** The last of them, once nothing more will be judged. */
  static StateChange end(StateChange change, PositionState before) {
    return change.keptQuotes(
        new QuoteThinning.Thinned(
            QuoteThinning.STANDARD.end(before.quotes()), QuoteThinning.Memory.NOTHING));
  }
}
