package org.positionmanager.starter.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.replay.Sessions;
import org.positionmanager.workflows.value.Price;

/**
 * The prices of a path that rules judge, for plots only. Where quotes are unusable there is a gap
 * instead of a price that nobody judged.
 */
final class Track {
  private final Sessions sessions;
  private long[] millis = new long[1024];
  private double[] mids = new double[1024];
  private int size;
  private boolean isInGap;
  private Optional<Instant> first = Optional.empty();
  private Optional<Instant> last = Optional.empty();

  Track(Sessions sessions) {
    this.sessions = sessions;
  }

  /**
   * Where the line goes.
   *
   * @param afterGap whether no line leads here from the point before
   */
  record Point(Instant at, double mid, boolean afterGap) {}

  /**
   * The next quote.
   *
   * @param usable the price by which it is judged; empty where it is unusable
   */
  void see(SeenQuote seen, Optional<Price> usable) {
    if (!sessions.moment(seen.seenAt()).isOpen()) {
      return;
    }
    if (usable.isPresent()) {
      add(seen.seenAt(), PriceScale.number(usable.get()));
      isInGap = false;
      first = first.or(() -> Optional.of(seen.seenAt()));
    } else if (!isInGap) {
      add(seen.seenAt(), Double.NaN);
      isInGap = true;
    }
    last = Optional.of(seen.seenAt());
  }

  private void add(Instant at, double mid) {
    if (size == mids.length) {
      millis = Arrays.copyOf(millis, size * 2);
      mids = Arrays.copyOf(mids, size * 2);
    }
    millis[size] = at.toEpochMilli();
    mids[size++] = mid;
  }

  boolean isEmpty() {
    return first.isEmpty();
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
    boolean afterGap = false;
    int from = 0;
    while (from < size) {
      if (Double.isNaN(mids[from])) {
        afterGap = !points.isEmpty();
        from++;
        continue;
      }
      int to = endOfStretch(from, Math.min(size, from + step));
      int low = from;
      int high = from;
      for (int i = from; i < to; i++) {
        low = mids[i] < mids[low] ? i : low;
        high = mids[i] > mids[high] ? i : high;
      }
      points.add(point(Math.min(low, high), afterGap));
      if (low != high) {
        points.add(point(Math.max(low, high), false));
      }
      afterGap = false;
      from = to;
    }
    return points;
  }

  private int endOfStretch(int from, int most) {
    int to = from;
    while (to < most && !Double.isNaN(mids[to])) {
      to++;
    }
    return to;
  }

  private Point point(int i, boolean afterGap) {
    return new Point(Instant.ofEpochMilli(millis[i]), mids[i], afterGap);
  }
}
