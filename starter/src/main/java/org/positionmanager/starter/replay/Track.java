package org.positionmanager.starter.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.replay.Sessions;

/**
 * The mids of a path, for plots only: where the market is open and the quote is neither crossed nor
 * empty.
 */
final class Track {
  private final Sessions sessions;
  private long[] millis = new long[1024];
  private double[] mids = new double[1024];
  private int size;
  private Optional<Instant> first = Optional.empty();
  private Optional<Instant> last = Optional.empty();

  Track(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Where the line goes. */
  record Point(Instant at, double mid) {}

  void see(SeenQuote seen) {
    Quote quote = seen.quote();
    if (quote.isCrossed() || quote.ask().isZero() || !sessions.moment(seen.seenAt()).isOpen()) {
      return;
    }
    if (size == mids.length) {
      millis = Arrays.copyOf(millis, size * 2);
      mids = Arrays.copyOf(mids, size * 2);
    }
    millis[size] = seen.seenAt().toEpochMilli();
    mids[size++] = quote.mid().value().doubleValue();
    first = first.or(() -> Optional.of(seen.seenAt()));
    last = Optional.of(seen.seenAt());
  }

  boolean isEmpty() {
    return size == 0;
  }

  Instant first() {
    return first.orElseThrow();
  }

  Instant last() {
    return last.orElseThrow();
  }

  Sessions sessions() {
    return sessions;
  }

  /** At most about twice as many points as asked for, with every high and low kept. */
  List<Point> points(int about) {
    int step = Math.max(1, size / about);
    List<Point> points = new ArrayList<>();
    for (int from = 0; from < size; from += step) {
      int to = Math.min(size, from + step);
      int low = from;
      int high = from;
      for (int i = from; i < to; i++) {
        low = mids[i] < mids[low] ? i : low;
        high = mids[i] > mids[high] ? i : high;
      }
      points.add(point(Math.min(low, high)));
      if (low != high) {
        points.add(point(Math.max(low, high)));
      }
    }
    return points;
  }

  private Point point(int i) {
    return new Point(Instant.ofEpochMilli(millis[i]), mids[i]);
  }
}
