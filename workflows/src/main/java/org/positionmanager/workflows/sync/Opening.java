package org.positionmanager.workflows.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;

/**
 * Something that made a holding larger.
 *
 * @param evidence the broker's id of the order, or {@code activity:} and that of the activity
 * @param at exchange time
 */
public record Opening(Instrument instrument, Direction direction, String evidence, Instant at) {
  /** What was opened longer ago need not be known: a holding so old is of an unknown order. */
  public static final Duration REACH = Duration.ofDays(30);

  /** The last that may have opened what is held; empty where none is known. */
  public static Optional<Opening> last(
      List<Opening> openings, Instrument instrument, Direction direction, Instant exchangeTime) {
    return openings.stream()
        .filter(it -> it.instrument().equals(instrument) && it.direction() == direction)
        .filter(it -> !it.at().isBefore(exchangeTime.minus(REACH)))
        .max(Comparator.comparing(Opening::at).thenComparing(Opening::evidence));
  }
}
