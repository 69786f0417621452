package org.positionmanager.activities.sync;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.positionmanager.activities.broker.AccountActivity;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.ExchangeClock;
import org.positionmanager.activities.ledger.SyncLedger;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.sync.BrokerView;
import org.positionmanager.workflows.sync.Comparison;
import org.positionmanager.workflows.sync.EngineView;
import org.positionmanager.workflows.sync.LedgerView;
import org.positionmanager.workflows.sync.Snapshot;
import org.positionmanager.workflows.sync.WatchView;

/** Reads all sides of one account. Where one cannot be read there is no snapshot. */
public final class AccountSides {
  private final Broker broker;
  private final ExchangeClock exchange;
  private final SyncLedger ledger;
  private final SyncEngine engine;
  private final InstantSource clock;

  public AccountSides(
      Broker broker,
      ExchangeClock exchange,
      SyncLedger ledger,
      SyncEngine engine,
      InstantSource clock) {
    this.broker = broker;
    this.exchange = exchange;
    this.ledger = ledger;
    this.engine = engine;
    this.clock = clock;
  }

  /** All of it, with what opened, closed and changed the holdings that do not agree. */
  Snapshot read() {
    return read(true);
  }

  /** Without what explains a difference: enough to say whether there is one. */
  public Snapshot readWithoutPast() {
    return read(false);
  }

  private Snapshot read(boolean withPast) {
    WatchView watch = ledger.watch();
    LedgerView rows = withPast ? ledger.positions() : ledger.openPositions();
    Instant readAt = clock.instant();
    List<Holding> holdings = broker.holdings();
    List<OrderView> orders = withPast ? broker.openOrders() : List.of();
    Instant now = exchange.now();
    Past past = withPast ? past(holdings, rows, now) : Past.NONE;
    return new Snapshot(
        broker.name(),
        new BrokerView(
            readAt, now, holdings, orders, past.closings(), past.openings(), past.changes()),
        rows,
        lives(rows),
        watch);
  }

  /**
   * What the account's activities tell is read of everything that is tracked, for a split may be
   * hidden by trades; orders are read only of what does not agree.
   */
  private Past past(List<Holding> holdings, LedgerView rows, Instant now) {
    List<AccountActivity> activities = Past.activities(broker, since(rows, row -> true, now));
    Set<Instrument> differing =
        Comparison.disagreeing(holdings, rows, Past.changes(activities, instrument -> true));
    return differing.isEmpty()
        ? Past.NONE
        : Past.read(
            broker,
            activities,
            differing,
            since(rows, row -> differing.contains(row.id().instrument()), now));
  }

  private EngineView lives(LedgerView rows) {
    Instant readAt = clock.instant();
    List<PositionId> open = new ArrayList<>();
    rows.rows().stream().filter(row -> !row.phase().isFinal()).forEach(row -> open.add(row.id()));
    return new EngineView(readAt, engine.lives(broker.name(), open));
  }

  /** Since the oldest of those positions was opened, and as far back as any look goes. */
  private static Instant since(LedgerView rows, Predicate<LedgerView.Row> which, Instant now) {
    return rows.rows().stream()
        .filter(row -> row.isTracking() && which.test(row))
        .map(row -> row.openedAt().orElse(now))
        .min(Comparator.naturalOrder())
        .filter(oldest -> oldest.isBefore(now.minus(Past.LEAST)))
        .orElse(now.minus(Past.LEAST));
  }
}
