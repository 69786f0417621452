package org.positionmanager.activities.alpaca;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How streams are reached and kept up; every duration above 0.
 *
 * @param base replaces the host of all streams, with scheme ws, wss, http or https; where empty
 *     they are at Alpaca's, or at the host that replaces Alpaca's for requests
 * @param pingEach how often a ping has to be answered; one that is not ends the connection
 * @param answerWithin how long authentication or a change of subscription may take
 * @param silentAfter how long a stream may tell nothing while the market is open
 * @param lookEach how often silence and late answers are looked for
 * @param firstRetry about how long after a break it is tried again; doubles each time
 * @param longestRetry about the longest wait for a new try; a connection that lasted so long counts
 *     as sound
 * @param refusedRetry the wait after keys or rights were refused, which only a person mends
 * @param symbols how many each data stream may follow
 */
public record StreamSettings(
    Optional<URI> base,
    Duration pingEach,
    Duration answerWithin,
    Duration silentAfter,
    Duration lookEach,
    Duration firstRetry,
    Duration longestRetry,
    Duration refusedRetry,
    SymbolLimits symbols) {
  public static final StreamSettings DEFAULT =
      new StreamSettings(
          Optional.empty(),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMillis(250),
          Duration.ofMillis(250),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          SymbolLimits.UNKNOWN);

  public StreamSettings {
    positive("pingEach", pingEach);
    positive("answerWithin", answerWithin);
    positive("silentAfter", silentAfter);
    positive("lookEach", lookEach);
    positive("firstRetry", firstRetry);
    positive("longestRetry", longestRetry);
    positive("refusedRetry", refusedRetry);
    if (longestRetry.compareTo(firstRetry) < 0) {
      throw new IllegalArgumentException(
          "longestRetry %s must not be shorter than firstRetry %s"
              .formatted(longestRetry, firstRetry));
    }
  }

  /** Without limits that are known. */
  public StreamSettings(
      Optional<URI> base,
      Duration pingEach,
      Duration answerWithin,
      Duration silentAfter,
      Duration lookEach,
      Duration firstRetry,
      Duration longestRetry,
      Duration refusedRetry) {
    this(
        base,
        pingEach,
        answerWithin,
        silentAfter,
        lookEach,
        firstRetry,
        longestRetry,
        refusedRetry,
        SymbolLimits.UNKNOWN);
  }

  private static void positive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("streams: " + name + " must be above 0, got: " + value);
    }
  }
}
