package org.positionmanager.activities.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.positionmanager.workflows.instrument.Instrument;

/**
 * Which instruments come by their stream and since when, from the streams' reports. Not safe for
 * several threads at once. Moments are monotonic nanoseconds.
 */
final class Gaps {
  /**
   * @param since when this began
   * @param asked when a poll that answered for it was begun; before the beginning where none was
   */
  private record Track(boolean served, long since, boolean asked, long askedAt) {}

  private final Map<Instrument, Track> tracks = new HashMap<>();
  private final Map<String, Set<Instrument>> overLimit = new HashMap<>();

  /** Replaces what is followed; what is new is a gap until its stream confirms it. */
  List<FeedEvent> follow(Set<Instrument> instruments, long now) {
    tracks.keySet().retainAll(instruments);
    Map<Instrument, Unserved> begun = new HashMap<>();
    for (Instrument one : instruments) {
      if (tracks.putIfAbsent(one, new Track(false, now, false, 0)) == null) {
        begun.put(one, Unserved.PENDING);
      }
    }
    return begun.isEmpty() ? List.of() : List.of(new FeedEvent.GapBegun(begun));
  }

  /** Takes a stream's report. */
  List<FeedEvent> take(StreamReport report, long now) {
    Map<Instrument, Unserved> begun = new HashMap<>();
    Set<Instrument> ended = new HashSet<>();
    Duration longest = Duration.ZERO;
    for (Instrument one : report.served()) {
      Track track = tracks.get(one);
      if (track != null && !track.served) {
        ended.add(one);
        Duration gap = Duration.ofNanos(now - track.since);
        longest = gap.compareTo(longest) > 0 ? gap : longest;
        tracks.put(one, new Track(true, now, track.asked, track.askedAt));
      }
    }
    report
        .unserved()
        .forEach(
            (one, why) -> {
              Track track = tracks.get(one);
              if (track != null && track.served) {
                begun.put(one, why);
                tracks.put(one, new Track(false, now, track.asked, track.askedAt));
              }
            });
    List<FeedEvent> events = new ArrayList<>();
    if (!begun.isEmpty()) {
      events.add(new FeedEvent.GapBegun(begun));
    }
    if (!ended.isEmpty()) {
      events.add(new FeedEvent.GapEnded(ended, longest));
    }
    newlyOverLimit(report).forEach(events::add);
    return events;
  }

  private List<FeedEvent> newlyOverLimit(StreamReport report) {
    Set<Instrument> over = new HashSet<>();
    report
        .unserved()
        .forEach(
            (one, why) -> {
              if (why == Unserved.OVER_LIMIT) {
                over.add(one);
              }
            });
    Set<Instrument> before = overLimit.put(report.stream(), over);
    return over.isEmpty() || over.equals(before)
        ? List.of()
        : List.of(new FeedEvent.OverLimit(Set.copyOf(over)));
  }

  /**
   * What has to be polled now: what no stream serves, what nobody was asked for since its stream
   * began to serve it, and what was not heard of for long.
   */
  Set<Instrument> due(QuoteBoard board, Duration recheckAfter, long now) {
    Set<Instrument> due = new HashSet<>();
    tracks.forEach(
        (one, track) -> {
          if (!track.served || !isKnownSince(track, board, one, track.since)) {
            due.add(one);
          } else if (!isKnownSince(track, board, one, now - recheckAfter.toNanos())) {
            due.add(one);
          }
        });
    return due;
  }

  private static boolean isKnownSince(
      Track track, QuoteBoard board, Instrument instrument, long moment) {
    return (track.asked && track.askedAt - moment > 0)
        || board
            .standing(instrument)
            .filter(standing -> standing.heardAtNanos() - moment > 0)
            .isPresent();
  }

  /** A poll of these, begun at a moment, was answered. */
  void asked(Set<Instrument> instruments, long begun) {
    for (Instrument one : instruments) {
      tracks.computeIfPresent(
          one, (same, track) -> new Track(track.served, track.since, true, begun));
    }
  }
}
