package org.positionmanager.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.live.OrderUpdate;
import org.positionmanager.activities.live.OrderUpdates;
import org.positionmanager.activities.live.StreamState;
import org.positionmanager.workflows.identity.PositionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a watch supplied: permissions as they change, clock, holdings after each order update and
 * every half minute, and what has to be written down. Whatever fails is tried again a second later,
 * and the watch protects meanwhile.
 */
final class WatchKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WatchKeeper.class);
  private static final Duration TURN = Duration.ofSeconds(1);

  /** Turns between two looks at everything, in case an announcement was lost. */
  private static final int RELOAD_EACH = 30;

  private static final int VOUCH_EACH = 15;
  private static final int BEAT_EACH = 2;

  /** Until who listens has read everything, on a machine that begins a hundred watches. */
  private static final int TURNS_TO_BEGIN = 5;

  /** Where a turn has taken so many, time is judged by beside it. */
  private static final int TURNS_LATE = 2;

  /** An engine that was away may give the watch to nobody for a minute. */
  private static final Duration UNCONFIRMED_FOR = Duration.ofSeconds(75);

  private final AccountWatch watch;
  private final Permissions permissions;
  private final String holder;
  private final Instant since;
  private final Duration turn;
  private final AtomicBoolean failing = new AtomicBoolean();
  private final CountDownLatch listening = new CountDownLatch(1);
  private volatile long turnedAt = System.nanoTime();
  private final Thread listener;
  private final Thread keeper;
  private final Thread pulser;

  /** Told when another has the watch; empty while the engine knows that it is in these hands. */
  private volatile Optional<Runnable> whenTaken = Optional.empty();

  /** When nobody else was known to have it the last time, by the clock of the process. */
  private volatile long aloneSince = System.nanoTime();

  WatchKeeper(AccountWatch watch, Permissions permissions, String holder, Instant since) {
    this(watch, permissions, holder, since, TURN);
  }

  /**
   * @param turn real time from one look at everything to the next
   */
  WatchKeeper(
      AccountWatch watch, Permissions permissions, String holder, Instant since, Duration turn) {
    this.watch = watch;
    this.permissions = permissions;
    this.holder = holder;
    this.since = since;
    this.turn = turn;
    listener = Thread.ofVirtual().name("armed-" + holder).start(this::listen);
    pulser = Thread.ofPlatform().daemon().name("pulse-" + holder).start(this::pulse);
    keeper = Thread.ofVirtual().name("keeper-" + holder).start(this::keep);
  }

  /** Order updates say that holdings have changed. */
  OrderUpdates.Listener orders() {
    return new OrderUpdates.Listener() {
      @Override
      public void onUpdate(OrderUpdate update) {
        watch.onOrder(update);
      }

      @Override
      public void onState(StreamState state) {
        watch.ordersMoved();
      }

      @Override
      public void onUnreadable(String what) {
        watch.ordersMoved();
      }
    };
  }

  private interface Step {
    void run() throws PermissionsUnreadable;
  }

  private void listen() {
    while (!Thread.currentThread().isInterrupted()) {
      attempt(() -> permissions.listen(this::begin, this::reload, turn));
      listening.countDown();
      pause();
    }
  }

  /** What was announced before was not heard. */
  private void begin() {
    reload();
    listening.countDown();
  }

  private void reload() {
    attempt(watch::reload);
  }

  private void reload(PositionId position) {
    attempt(() -> watch.reload(position));
  }

  /**
   * Waits for nobody: a pulse that is late means that the process stood still. Time goes on also
   * where a turn waits for a ledger or a broker that hangs.
   */
  private void pulse() {
    while (!Thread.currentThread().isInterrupted()) {
      watch.pulse();
      if (System.nanoTime() - turnedAt > turn.multipliedBy(TURNS_LATE).toNanos()) {
        judgeByTime();
      }
      pause();
    }
  }

  /** Whatever goes wrong, the pulse goes on: without it nothing would be sent any more. */
  private void judgeByTime() {
    try {
      watch.judgeWhereDue();
    } catch (RuntimeException | Error e) {
      log.error("{}: time is not judged by", holder, e);
    }
  }

  private void keep() {
    awaitListening();
    for (int turn = 1; !Thread.currentThread().isInterrupted(); turn++) {
      int now = turn;
      turnedAt = System.nanoTime();
      attempt(() -> turn(now));
      giveUpWhereNobodyCanBeAsked();
      pause();
    }
  }

  /** Who listens reads everything first; twice would take the others' time in a take-over. */
  private void awaitListening() {
    try {
      if (!listening.await(turn.multipliedBy(TURNS_TO_BEGIN).toNanos(), TimeUnit.NANOSECONDS)) {
        log.debug("{}: reads without being told of changes", holder);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void turn(int turn) throws PermissionsUnreadable {
    if (watch.mustReload() || turn % RELOAD_EACH == 0) {
      watch.reload();
    } else {
      watch.refresh();
    }
    beat(turn);
    // before what was seen is noted: reviews take quotes up to then for recorded
    watch.notes().recordQuotes();
    watch.notes().note(turn % VOUCH_EACH == 0);
  }

  private void beat(int turn) throws PermissionsUnreadable {
    Optional<Runnable> alone = whenTaken;
    if (alone.isEmpty()) {
      if (turn % BEAT_EACH == 1) {
        permissions.beat(holder, since);
      }
    } else if (permissions.beatUnlessTaken(holder, since)) {
      aloneSince = System.nanoTime();
    } else {
      alone.orElseThrow().run();
    }
  }

  /** Without engine and ledger it goes by what may have been withdrawn long since: not for ever. */
  private void giveUpWhereNobodyCanBeAsked() {
    if (System.nanoTime() - aloneSince > UNCONFIRMED_FOR.toNanos()) {
      whenTaken.ifPresent(Runnable::run);
    }
  }

  /**
   * The engine no longer knows that the watch is in these hands: it goes on, and says that it is
   * alive only for as long as nobody else does.
   *
   * @param whenTaken told, perhaps more than once, that another has it
   */
  void disown(Runnable whenTaken) {
    aloneSince = System.nanoTime();
    this.whenTaken = Optional.of(whenTaken);
  }

  /** The engine has given it to these hands again. */
  void own() {
    whenTaken = Optional.empty();
  }

  /** Told once, until it goes well again. */
  private void attempt(Step step) {
    try {
      step.run();
      if (failing.getAndSet(false)) {
        log.info("{}: the watch is supplied again", holder);
      }
    } catch (PermissionsUnreadable | BrokerException e) {
      if (!Thread.currentThread().isInterrupted() && !failing.getAndSet(true)) {
        log.warn("{}: goes on by what it has: {}", holder, e.getMessage());
      }
    } catch (RuntimeException | Error e) {
      // nobody would take over: the attempt that holds the watch goes on beating for it
      log.error("{}: goes on by what it has", holder, e);
    }
  }

  private void pause() {
    try {
      Thread.sleep(turn);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    listener.interrupt();
    keeper.interrupt();
    pulser.interrupt();
  }
}
