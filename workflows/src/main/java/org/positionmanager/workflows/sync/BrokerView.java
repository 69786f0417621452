package org.positionmanager.workflows.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.instrument.Instrument;

/**
 * What the broker says of an account. Exists only where every part of it was read.
 *
 * @param readAt real time before the first read
 * @param exchangeTime the exchange's time then
 * @param closings what was closed, of instruments that do not agree with the ledger
 * @param openings what was opened, likewise
 * @param changes splits and changes of symbol, likewise
 */
public record BrokerView(
    Instant readAt,
    Instant exchangeTime,
    List<Holding> holdings,
    List<OrderView> openOrders,
    List<Closing> closings,
    List<Opening> openings,
    List<ShareChange> changes) {
  public BrokerView {
    holdings = List.copyOf(holdings);
    openOrders = List.copyOf(openOrders);
    closings = List.copyOf(closings);
    openings = List.copyOf(openings);
    changes = List.copyOf(changes);
  }

  /** What is held of an instrument; empty where nothing is. */
  public Optional<Holding> holding(Instrument instrument) {
    return holdings.stream()
        .filter(it -> it.instrument().equals(instrument) && !it.quantity().isZero())
        .findFirst();
  }
}
