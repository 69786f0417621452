package org.positionmanager.workflows.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.UnderlyingPrice;

/**
 * What a dispatcher (or a person, by {@code pm open}) said that it opened; the broker has the last
 * word on what really was.
 *
 * @param quantity announced shares or contracts; the real fill replaces it
 * @param announcedAt when the row was written, exchange time
 * @param brokerOrderId the entry order, where it is known
 * @param stop stored stop for stocks; empty where none is known
 * @param target stored target for stocks
 * @param underlyingStop stored level of an option's underlying: shown, never compared with a
 *     premium
 * @param underlyingTarget likewise
 * @param adoptHolding manage what is held already: no entry order is looked for
 * @param ourSince exchange time since when a holding of another system is looked after here: what
 *     that one closed before is no end of this position; empty where nobody did before
 */
public record EntryTerms(
    Strategy strategy,
    Direction direction,
    Quantity quantity,
    Instant announcedAt,
    Optional<BrokerOrderId> brokerOrderId,
    Optional<Price> expectedPrice,
    Optional<Price> stop,
    Optional<Price> target,
    Optional<UnderlyingPrice> underlyingStop,
    Optional<UnderlyingPrice> underlyingTarget,
    Optional<Duration> maxHold,
    boolean adoptHolding,
    Optional<Instant> ourSince) {
  /** Terms from before holdings were taken over from another system are read without a moment. */
  @JsonCreator
  public EntryTerms {}

  /** Of what no other system looked after before. */
  public EntryTerms(
      Strategy strategy,
      Direction direction,
      Quantity quantity,
      Instant announcedAt,
      Optional<BrokerOrderId> brokerOrderId,
      Optional<Price> expectedPrice,
      Optional<Price> stop,
      Optional<Price> target,
      Optional<UnderlyingPrice> underlyingStop,
      Optional<UnderlyingPrice> underlyingTarget,
      Optional<Duration> maxHold,
      boolean adoptHolding) {
    this(
        strategy,
        direction,
        quantity,
        announcedAt,
        brokerOrderId,
        expectedPrice,
        stop,
        target,
        underlyingStop,
        underlyingTarget,
        maxHold,
        adoptHolding,
        Optional.empty());
  }

  /** Of which nothing is known but what was opened, and when. */
  public static EntryTerms of(
      Strategy strategy, Direction direction, Quantity quantity, Instant announcedAt) {
    return bare(strategy, direction, quantity, announcedAt, false);
  }

  /**
   * Of a holding that is there already and of which no more is known: no order is looked for.
   *
   * @param quantity zero for all that is held
   */
  public static EntryTerms ofHolding(
      Strategy strategy, Direction direction, Quantity quantity, Instant announcedAt) {
    return bare(strategy, direction, quantity, announcedAt, true);
  }

  private static EntryTerms bare(
      Strategy strategy,
      Direction direction,
      Quantity quantity,
      Instant announcedAt,
      boolean adoptHolding) {
    return new EntryTerms(
        strategy,
        direction,
        quantity,
        announcedAt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        adoptHolding);
  }

  /** The same of so much. */
  public EntryTerms withQuantity(Quantity of) {
    return new EntryTerms(
        strategy,
        direction,
        of,
        announcedAt,
        brokerOrderId,
        expectedPrice,
        stop,
        target,
        underlyingStop,
        underlyingTarget,
        maxHold,
        adoptHolding,
        ourSince);
  }

  /** The same with other stored levels of the instrument held. */
  EntryTerms withLevels(Optional<Price> otherStop, Optional<Price> otherTarget) {
    return withLevels(otherStop, otherTarget, underlyingStop, underlyingTarget);
  }

  /** The same without levels that were stored: built-in ones take their place. */
  public EntryTerms withoutLevels() {
    return withLevels(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private EntryTerms withLevels(
      Optional<Price> otherStop,
      Optional<Price> otherTarget,
      Optional<UnderlyingPrice> otherUnderlyingStop,
      Optional<UnderlyingPrice> otherUnderlyingTarget) {
    return new EntryTerms(
        strategy,
        direction,
        quantity,
        announcedAt,
        brokerOrderId,
        expectedPrice,
        otherStop,
        otherTarget,
        otherUnderlyingStop,
        otherUnderlyingTarget,
        maxHold,
        adoptHolding,
        ourSince);
  }

  /**
   * The same of a holding that another system looked after.
   *
   * @param entry what it was entered at
   * @param since exchange time; what was closed before is none of its end
   */
  public EntryTerms takingOver(Price entry, Instant since) {
    return takingOver(entry, Optional.of(since));
  }

  /**
   * The same of a holding that is there already: no order is looked for.
   *
   * @param entry what it was entered at
   */
  public EntryTerms takingOver(Price entry) {
    return takingOver(entry, ourSince);
  }

  private EntryTerms takingOver(Price entry, Optional<Instant> since) {
    return new EntryTerms(
        strategy,
        direction,
        quantity,
        announcedAt,
        Optional.empty(),
        Optional.of(entry),
        stop,
        target,
        underlyingStop,
        underlyingTarget,
        maxHold,
        true,
        since);
  }

  /**
   * Since when the broker's fills may have closed it.
   *
   * @param filledAt exchange time of its entry
   */
  public Instant closableSince(Instant filledAt) {
    return ourSince.filter(since -> since.isAfter(filledAt)).orElse(filledAt);
  }
}
