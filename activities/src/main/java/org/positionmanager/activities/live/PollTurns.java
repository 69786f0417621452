package org.positionmanager.activities.live;

import java.time.Duration;
import java.util.Optional;
import org.positionmanager.activities.broker.BrokerException;

/**
 * When quotes may be polled again, and whether polls fail now. Of the thread that polls; moments
 * are monotonic nanoseconds.
 */
final class PollTurns {
  /** Keys that were refused are mended by a person only. */
  private static final Duration UNAUTHORIZED_WAIT = Duration.ofSeconds(30);

  /** A turn that comes so small a part of it early is no reason to leave it out. */
  private static final int TOLERATED_PART = 10;

  private final Duration each;
  private long nextAt;
  private Optional<BrokerException.Kind> failing = Optional.empty();

  /**
   * @param each from one request to the next
   * @param now the first may be made from then on
   */
  PollTurns(Duration each, long now) {
    this.each = each;
    this.nextAt = now;
  }

  boolean isDue(long now) {
    return now - nextAt >= 0;
  }

  /** A poll of so many requests begins, zero or more. */
  void begins(long now, int requests) {
    nextAt = now + each.toNanos() * Math.max(1, requests) - each.toNanos() / TOLERATED_PART;
  }

  /** It was answered; the event says so where polls failed before. */
  Optional<FeedEvent> answered() {
    Optional<FeedEvent> mended = failing.map(kind -> new FeedEvent.PollMended());
    failing = Optional.empty();
    return mended;
  }

  /** The one that began then failed; the event says so unless the last failed in the same way. */
  Optional<FeedEvent> failed(BrokerException e, long begun) {
    boolean isRefused = e.kind() == BrokerException.Kind.UNAUTHORIZED;
    Duration wait = isRefused ? UNAUTHORIZED_WAIT : e.retryAfter().orElse(Duration.ZERO);
    if (wait.compareTo(each) > 0) {
      nextAt = begun + wait.toNanos();
    }
    boolean isNews = failing.filter(kind -> kind == e.kind()).isEmpty();
    failing = Optional.of(e.kind());
    return isNews
        ? Optional.of(new FeedEvent.PollFailed(e.kind(), e.getMessage()))
        : Optional.empty();
  }
}
