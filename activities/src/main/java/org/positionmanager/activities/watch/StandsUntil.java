package org.positionmanager.activities.watch;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.rules.Judge;
import org.positionmanager.workflows.rules.Observation;

/**
 * How long a judgement stands while no other quote comes: until time alone can change the decision,
 * or the quote is too old to go by. To judge 10,000 positions anew each second would cost some
 * hundredths of a core.
 *
 * @param judge who judged; one that has learnt something has to look again
 * @param session in which; another one has moments of its own
 * @param until exchange time
 */
record StandsUntil(Judge judge, Optional<TradingSession> session, Instant until) {
  /** For what a judge said of what it saw. */
  static StandsUntil of(Judge judge, Observation seen) {
    Instant until =
        Stream.concat(judge.nextChange(seen).stream(), quoteCounts(judge, seen).stream())
            .min(Instant::compareTo)
            .orElse(Instant.MAX);
    return new StandsUntil(judge, seen.moment().current(), until);
  }

  /** When the quote begins or ceases to count; a judge that goes by none waits for another. */
  private static Optional<Instant> quoteCounts(Judge judge, Observation seen) {
    Instant now = seen.moment().now();
    return seen.quote()
        .map(Quote::at)
        .map(at -> at.isAfter(now) ? now : at.plus(judge.plan().sight().staleAfter()))
        .filter(moment -> !moment.isBefore(now));
  }

  boolean stands(Judge now, MarketMoment moment) {
    return now == judge && moment.now().isBefore(until) && moment.current().equals(session);
  }
}
