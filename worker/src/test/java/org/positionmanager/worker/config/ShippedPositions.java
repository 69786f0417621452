package org.positionmanager.worker.config;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.ChosenPlan;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.UnderlyingPrice;

/** Positions of ten units entered at 5.00, and the shipped plans for them. */
final class ShippedPositions {
  private ShippedPositions() {}

  static Plan plan(String account, Strategy strategy, String symbol) {
    return chosen(account, empty(strategy), symbol).plan();
  }

  static ChosenPlan chosen(String account, EntryTerms terms, String symbol) {
    return PlanFile.shipped().planFor(new AccountName(account), terms, basis(terms, symbol));
  }

  static Basis basis(EntryTerms terms, String symbol) {
    Price entry = Price.parse("5");
    return new Basis(
        Instrument.parse(symbol),
        Direction.LONG,
        entry,
        Quantity.of(10),
        entry,
        terms.announcedAt());
  }

  static EntryTerms empty(Strategy strategy) {
    return terms(strategy, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  static EntryTerms stored(Strategy strategy) {
    return terms(
        strategy,
        Optional.of(Price.parse("600")),
        Optional.of(Price.parse("640")),
        Optional.of(UnderlyingPrice.parse("395")),
        Optional.of(Duration.ofMinutes(90)));
  }

  private static EntryTerms terms(
      Strategy strategy,
      Optional<Price> stop,
      Optional<Price> target,
      Optional<UnderlyingPrice> underlying,
      Optional<Duration> maxHold) {
    return new EntryTerms(
        strategy,
        Direction.LONG,
        Quantity.of(10),
        Instant.parse("2026-02-10T15:00:00Z"),
        Optional.empty(),
        Optional.empty(),
        stop,
        target,
        underlying,
        underlying,
        maxHold,
        false);
  }
}
