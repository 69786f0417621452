package org.positionmanager.workflows.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * What a position is judged from: the real fill, what is left of it, and what was seen since.
 *
 * @param entry average fill price
 * @param opened quantity filled at the entry
 * @param peak the best mid seen since the entry, for the position's direction: never worse than
 *     entry
 * @param filledAt exchange time of the fill
 * @param closed how much of it is closed already
 * @param track what rules remember from look to look
 */
public record Basis(
    Instrument instrument,
    Direction direction,
    Price entry,
    Quantity opened,
    Price peak,
    Instant filledAt,
    Quantity closed,
    Track track) {
  /** A record written before there was more than the peak has no more than the peak. */
  @JsonCreator
  public Basis {
    closed = closed == null ? Quantity.ZERO : closed;
    track = track == null ? Track.NONE : track;
  }

  /** Nothing closed, nothing seen but the peak. */
  public Basis(
      Instrument instrument,
      Direction direction,
      Price entry,
      Quantity opened,
      Price peak,
      Instant filledAt) {
    this(instrument, direction, entry, opened, peak, filledAt, Quantity.ZERO, Track.NONE);
  }

  /** What is still held by this position. */
  public Quantity held() {
    return opened.lessAtMost(closed);
  }

  /** The worst mid seen since the entry: never better than the entry. */
  public Price trough() {
    return track.trough().orElse(entry);
  }

  /** Gain at the peak, in percent of the entry; 0 or more. */
  public Percent bestGain() {
    return direction.gain(entry, peak);
  }

  /** Gain at the trough, in percent of the entry; 0 or less. */
  public Percent worstGain() {
    return direction.gain(entry, trough());
  }

  /** The same with peak and trough moved where the price is better or worse than they are. */
  public Basis seeing(Price mid) {
    Basis seen = direction.isBetter(mid, peak) ? withPeak(mid) : this;
    return direction.isBetter(trough(), mid) ? seen.with(track.withTrough(mid)) : seen;
  }

  /** The same with so much of it closed. */
  public Basis closing(Quantity soFar) {
    return soFar.equals(closed)
        ? this
        : new Basis(instrument, direction, entry, opened, peak, filledAt, soFar, track);
  }

  /**
   * The same after a split: prices are changed, quantities are given; what rules waited for begins
   * anew.
   *
   * @param opened quantity opened, in new shares
   * @param closed quantity closed, in new shares
   */
  public Basis split(UnaryOperator<Price> change, Quantity opened, Quantity closed) {
    return new Basis(
        instrument,
        direction,
        change.apply(entry),
        opened,
        change.apply(peak),
        filledAt,
        closed,
        new Track(track.trough().map(change), track.unknownSince(), List.of()));
  }

  /** The same holding under another symbol, with nothing of it closed. */
  public Basis movedTo(Instrument to) {
    return new Basis(to, direction, entry, held(), peak, filledAt, Quantity.ZERO, track);
  }

  /** The same as if less had been opened; never less than is closed. */
  public Basis opening(Quantity less) {
    Quantity opening = less.compareTo(closed) < 0 ? closed : less;
    return new Basis(instrument, direction, entry, opening, peak, filledAt, closed, track);
  }

  /** The same without a usable quote since then, where none has been missed for longer. */
  public Basis blindSince(Instant since) {
    boolean missedBefore = track.unknownSince().filter(known -> !since.isBefore(known)).isPresent();
    return missedBefore ? this : with(track.unknownSince(Optional.of(since)));
  }

  private Basis withPeak(Price mid) {
    return new Basis(instrument, direction, entry, opened, mid, filledAt, closed, track);
  }

  Basis with(Track now) {
    return now.equals(track)
        ? this
        : new Basis(instrument, direction, entry, opened, peak, filledAt, closed, now);
  }
}
