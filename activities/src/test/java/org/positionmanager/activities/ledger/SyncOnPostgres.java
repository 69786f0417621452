package org.positionmanager.activities.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.positionmanager.activities.broker.ExchangeClock;
import org.positionmanager.activities.sync.AccountSides;
import org.positionmanager.activities.sync.AccountSyncActivities;
import org.positionmanager.activities.sync.SyncEngine;
import org.positionmanager.activities.trading.FakeBroker;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.sync.Adopting;
import org.positionmanager.workflows.sync.EngineView;
import org.positionmanager.workflows.sync.SyncNotice;
import org.positionmanager.workflows.sync.SyncRules;

/** An account's sync over a real ledger, with a broker and an engine that say what a test wants. */
abstract class SyncOnPostgres extends LedgerOnPostgres {
  static final Instant NOW = AT.plusSeconds(3600);
  static final ExchangeClock CLOCK =
      new ExchangeClock() {
        @Override
        public Instant now() {
          return NOW;
        }

        @Override
        public double speed() {
          return 1;
        }
      };

  final PositionId id = new PositionId(TINY, Instrument.parse("DE"), UUID.randomUUID());
  FakeBroker broker;
  Engine engine;
  SyncLedger ledger;
  AccountSyncActivities sync;

  /** All that is asked for runs; what is started and told is kept. */
  static final class Engine implements SyncEngine {
    final List<PositionState> started = new ArrayList<>();
    final List<SyncNotice> told = new ArrayList<>();

    /** Whoever starts one more is lost before it can do anything else. */
    boolean lostAfterStart;

    @Override
    public Map<PositionId, EngineView.Life> lives(
        AccountName account, Collection<PositionId> asked) {
      return asked.stream().collect(Collectors.toMap(it -> it, it -> EngineView.Life.RUNNING));
    }

    @Override
    public boolean start(PositionState state, Before before) {
      started.add(state);
      if (lostAfterStart) {
        throw new IllegalStateException("the worker is lost");
      }
      return true;
    }

    @Override
    public boolean tell(PositionId position, SyncNotice notice) {
      return told.add(notice);
    }

    @Override
    public Optional<PositionState> state(PositionId position) {
      return Optional.empty();
    }
  }

  @BeforeEach
  void ready() {
    migrated();
    broker = new FakeBroker();
    engine = new Engine();
    ledger = new SyncLedger(tiny, TINY, InstantSource.fixed(NOW));
    sync = sync(Adopting.WATCH);
  }

  AccountSyncActivities sync(Adopting adopting) {
    return new AccountSyncActivities(
        new AccountSides(broker, CLOCK, ledger, engine, InstantSource.fixed(NOW)),
        broker,
        CLOCK,
        ledger,
        new PostgresLedger(tiny, TINY),
        new ArmedExits(tiny, TINY),
        engine,
        new SyncRules(Duration.ofMinutes(1), adopting));
  }
}
