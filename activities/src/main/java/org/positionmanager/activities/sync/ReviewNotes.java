package org.positionmanager.activities.sync;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.positionmanager.activities.trading.ReviewLog;
import org.positionmanager.workflows.identity.PositionId;

/**
 * When positions were looked at last, until the ledger has it. A review waits for no ledger: who
 * proves coverage writes all of them at once.
 */
public final class ReviewNotes implements ReviewLog {
  private final InstantSource clock;
  private final Map<PositionId, Instant> noted = new ConcurrentHashMap<>();

  public ReviewNotes(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void reviewed(PositionId position) {
    noted.put(position, clock.instant());
  }

  /**
   * Hands over what was noted and not written yet.
   *
   * @param ledger writes it; where it throws, all of it stays noted and is handed over again
   */
  public void writeTo(Consumer<Map<PositionId, Instant>> ledger) {
    Map<PositionId, Instant> now = Map.copyOf(noted);
    if (!now.isEmpty()) {
      ledger.accept(now);
      // what was looked at again meanwhile stays
      now.forEach(noted::remove);
    }
  }
}
