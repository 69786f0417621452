package org.positionmanager.workflows.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Moments so long before the real close of the session that runs, early closes included. */
final class BeforeClose {
  private BeforeClose() {}

  /** Empty while the market is closed. */
  static Optional<Instant> moment(Observation seen, Duration beforeClose) {
    return seen.moment().current().map(session -> session.closeExclusive().minus(beforeClose));
  }

  static boolean hasCome(Observation seen, Duration beforeClose) {
    return moment(seen, beforeClose).filter(due -> !seen.moment().now().isBefore(due)).isPresent();
  }

  /** The moment, where it is still ahead. */
  static Optional<Instant> ahead(Observation seen, Duration beforeClose) {
    return moment(seen, beforeClose).filter(due -> seen.moment().now().isBefore(due));
  }
}
