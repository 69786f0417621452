package org.positionmanager.workflows.rules;

import java.time.Instant;

/**
 * All that one rule may look at, read once for the whole plan.
 *
 * @param price by which targets are judged: a usable quote or none
 * @param protective by which rules that protect are judged: the same, or the plan's fallback where
 *     quotes have been unusable for too long
 * @param shown the price as traces show it
 * @param shownProtective likewise
 * @param now exchange time as traces show it
 */
public record Sight(
    Observation seen,
    JudgedPrice price,
    JudgedPrice protective,
    Reading shown,
    Reading shownProtective,
    Reading now) {
  static Sight of(Observation seen, JudgedPrice price, JudgedPrice protective) {
    Reading shown = reading(price);
    return new Sight(
        seen,
        price,
        protective,
        shown,
        protective == price ? shown : reading(protective),
        new Reading.OfMoment(seen.moment().now()));
  }

  Instant time() {
    return seen.moment().now();
  }

  private static Reading reading(JudgedPrice price) {
    return switch (price) {
      case JudgedPrice.Usable usable -> new Reading.OfPrice(usable.mid());
      case JudgedPrice.Unusable unusable -> new Reading.Words(unusable.flaw().name());
    };
  }
}
