package org.positionmanager.workflows.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.UnderlyingPrice;

/** What a row of a test says; what it does not name is not there. */
record TermsOf(
    Strategy strategy,
    Optional<String> stop,
    Optional<String> target,
    Optional<String> underlyingStop,
    Optional<Duration> maxHold) {
  /** A row that has nothing but a strategy. */
  static TermsOf row(Strategy strategy) {
    return new TermsOf(
        strategy, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  TermsOf stop(String price) {
    return new TermsOf(strategy, Optional.of(price), target, underlyingStop, maxHold);
  }

  TermsOf target(String price) {
    return new TermsOf(strategy, stop, Optional.of(price), underlyingStop, maxHold);
  }

  TermsOf underlyingStop(String price) {
    return new TermsOf(strategy, stop, target, Optional.of(price), maxHold);
  }

  TermsOf maxHold(Duration time) {
    return new TermsOf(strategy, stop, target, underlyingStop, Optional.of(time));
  }

  EntryTerms terms() {
    return new EntryTerms(
        strategy,
        Direction.LONG,
        Quantity.of(1),
        Instant.parse("2026-02-10T15:00:00Z"),
        Optional.empty(),
        Optional.empty(),
        stop.map(Price::parse),
        target.map(Price::parse),
        underlyingStop.map(UnderlyingPrice::parse),
        Optional.empty(),
        maxHold,
        false);
  }
}
