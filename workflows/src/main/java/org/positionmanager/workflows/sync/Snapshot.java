package org.positionmanager.workflows.sync;

import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.positionmanager.workflows.identity.AccountName;

/** All four sides of one account, each read successfully. */
public record Snapshot(
    AccountName account, BrokerView broker, LedgerView ledger, EngineView engine, WatchView watch) {
  /** Real time before the first read. */
  Instant begunAt() {
    return reads().min(Comparator.naturalOrder()).orElseThrow();
  }

  /** Real time before the last read. */
  Instant endedAt() {
    return reads().max(Comparator.naturalOrder()).orElseThrow();
  }

  private Stream<Instant> reads() {
    return Stream.of(broker.readAt(), ledger.readAt(), engine.readAt(), watch.readAt());
  }
}
