package org.positionmanager.workflows.replay;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * What is to be opened on a path; what is not said is taken from the first quote that can tell.
 *
 * @param price average fill price; empty for the mid of the first usable quote
 * @param at moment of the fill; empty for that of the quote
 */
public record EntryWish(
    Instrument instrument,
    Direction direction,
    Quantity quantity,
    Optional<Price> price,
    Optional<Instant> at) {
  /**
   * The opening, where this quote settles it; to be asked quote by quote until it does.
   *
   * @param planFor the plan by whose limits a quote is usable
   */
  public Optional<Opening> on(SeenQuote seen, Sessions sessions, Function<Opening, Plan> planFor) {
    if (price.isPresent() && at.isPresent()) {
      return Optional.of(opening(price.get(), at.get()));
    }
    boolean early = at.filter(seen.seenAt()::isBefore).isPresent();
    if (early || !sessions.moment(seen.seenAt()).isOpen()) {
      return Optional.empty();
    }
    if (price.isPresent()) {
      return Optional.of(opening(price.get(), seen.seenAt()));
    }
    if (seen.quote().mid().isZero()) {
      return Optional.empty();
    }
    Opening atMid = opening(seen.quote().mid(), seen.seenAt());
    Observation observation =
        new Observation(
            sessions.moment(seen.seenAt()),
            Optional.of(seen.quote()),
            Optional.empty(),
            sessions.expiryOf(instrument));
    return PlanJudging.usable(planFor.apply(atMid).sight(), instrument, observation)
        .map(mid -> atMid);
  }

  private Opening opening(Price entry, Instant moment) {
    return new Opening(instrument, direction, quantity, entry, moment);
  }
}
