package org.positionmanager.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * So many requests a minute of real time for each account, as Alpaca counts them; it tells where it
 * stands in the headers of every answer.
 */
final class RateLimit {
  /** What Alpaca allows; told, but not held against accounts that have no limit here. */
  private static final int USUAL = 200;

  private static final long WINDOW_SECONDS = 60;

  private final InstantSource wall;
  private final Map<Counted, Window> windows = new HashMap<>();

  /** Alpaca counts requests to its two hosts by themselves. */
  enum Side {
    TRADING,
    DATA;

    static Side of(String path) {
      return path.startsWith("/v2/stocks") || path.startsWith("/v1beta1/") ? DATA : TRADING;
    }
  }

  private record Counted(String account, Side side) {}

  private static final class Window {
    long minute;
    int used;
  }

  RateLimit(InstantSource wall) {
    this.wall = wall;
  }

  /**
   * Where an account stands after a request.
   *
   * @param resetAt epoch seconds
   */
  record Standing(int limit, int remaining, long resetAt, boolean exceeded) {
    Map<String, String> headers() {
      return Map.of(
          "X-Ratelimit-Limit", Integer.toString(limit),
          "X-Ratelimit-Remaining", Integer.toString(remaining),
          "X-Ratelimit-Reset", Long.toString(resetAt));
    }
  }

  /** What a caller without an account is told: Alpaca's limit, of which it has used nothing. */
  Standing ofNobody() {
    long minute = Math.floorDiv(wall.instant().getEpochSecond(), WINDOW_SECONDS);
    return new Standing(USUAL, USUAL, (minute + 1) * WINDOW_SECONDS, false);
  }

  /**
   * Counts a request.
   *
   * @param limit a minute; 0 for none
   */
  synchronized Standing count(String account, Side side, int limit) {
    Instant now = wall.instant();
    long minute = Math.floorDiv(now.getEpochSecond(), WINDOW_SECONDS);
    Window window = windows.computeIfAbsent(new Counted(account, side), it -> new Window());
    if (window.minute != minute) {
      window.minute = minute;
      window.used = 0;
    }
    window.used++;
    long resetAt = (minute + 1) * WINDOW_SECONDS;
    return limit == 0
        ? new Standing(USUAL, USUAL, resetAt, false)
        : new Standing(limit, Math.max(0, limit - window.used), resetAt, window.used > limit);
  }
}
