package org.positionmanager.workflows.rules;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.value.Price;

/**
 * What rules remember from look to look, besides the peak.
 *
 * @param trough the worst mid seen since the entry; empty until a quote was usable
 * @param unknownSince exchange time since when no quote was usable while the market was open; empty
 *     while quotes are usable
 * @param streaks rules that fire and wait for their confirmation
 */
public record Track(Optional<Price> trough, Optional<Instant> unknownSince, List<Streak> streaks) {
  /** Nothing was seen yet. */
  public static final Track NONE = new Track(Optional.empty(), Optional.empty(), List.of());

  public Track {
    streaks = List.copyOf(streaks);
  }

  /** The streak of a rule; empty where it does not fire. */
  Optional<Streak> streakOf(String rule) {
    return streaks.stream().filter(streak -> streak.rule().equals(rule)).findFirst();
  }

  Track withTrough(Price price) {
    return new Track(Optional.of(price), unknownSince, streaks);
  }

  Track unknownSince(Optional<Instant> since) {
    return since.equals(unknownSince) ? this : new Track(trough, since, streaks);
  }

  Track withStreaks(List<Streak> now) {
    return now.equals(streaks) ? this : new Track(trough, unknownSince, now);
  }
}
