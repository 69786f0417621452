package org.positionmanager.workflows.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.util.List;

/**
 * Which prices a plan trusts.
 *
 * @param staleAfter exchange age from which a quote or trade is unknown
 * @param unknownAfter exchange time without a usable quote, while the market is open, after which
 *     people are told and rules that protect are judged by the fallbacks; above zero
 * @param fallbacks what is used then, best first; may be empty
 */
public record PriceSight(Duration staleAfter, Duration unknownAfter, List<PriceSource> fallbacks) {
  /** How long quotes may be unusable before it counts, where a plan does not say. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(2);

  /**
   * @throws IllegalArgumentException naming the field
   */
  @JsonCreator
  public PriceSight {
    fallbacks = List.copyOf(Checks.requireGiven("fallbacks", fallbacks));
    Checks.requireAboveZero("staleAfter", staleAfter);
    Checks.requireAboveZero("unknownAfter", unknownAfter);
    if (fallbacks.contains(PriceSource.MID)) {
      throw new IllegalArgumentException("fallbacks must not contain MID: it is what they replace");
    }
  }

  /** The shipped way: after two minutes without a usable quote, the latest trade. */
  public static PriceSight of(Duration staleAfter) {
    return new PriceSight(staleAfter, DEFAULT_PATIENCE, List.of(PriceSource.LAST_TRADE));
  }
}
