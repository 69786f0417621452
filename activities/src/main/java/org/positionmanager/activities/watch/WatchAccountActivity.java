package org.positionmanager.activities.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.ActivityNotExistsException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.trading.ActivityScope;
import org.positionmanager.activities.trading.ContractExpiry;
import org.positionmanager.activities.trading.WrongAccount;
import org.positionmanager.workflows.activity.WatchActivities;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.watch.AccountWatchWorkflowImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the account's watch in this process for as long as the engine leaves it here. The thread
 * that beats only beats: whatever may take longer has threads of its own.
 */
public final class WatchAccountActivity implements WatchActivities, LiveSights, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WatchAccountActivity.class);

  /** Two and a half beats to a timeout: one that is lost, or late, loses no watch. */
  private static final int BEATS_IN_TWO_TIMEOUTS = 5;

  /** Until the engine has seen that this worker's polls have ended: sooner, it would be asked. */
  private static final Duration NEXT_HOLDER_AFTER = Duration.ofMillis(50);

  private final Broker broker;
  private final ContractExpiry expiries;
  private final Permissions permissions;
  private final LiveInputs.Opener inputs;
  private final Outbox outbox;
  private final String holder;
  private final ActivityScope scope;
  private final InstantSource clock;
  private final WatchMeters meters;
  private final ExitsUnderWay underWay;
  private final Runnable disowned;
  private final CountDownLatch stopping = new CountDownLatch(1);

  private final ReentrantLock changing = new ReentrantLock();
  private final Condition changed = changing.newCondition();

  /** The attempt that the engine handed out last, until it says that it is another's. */
  private final AtomicReference<Optional<Object>> leftTo = new AtomicReference<>(Optional.empty());

  /** Empty while another process holds the watch, or nobody. */
  private volatile Optional<HeldWatch> held = Optional.empty();

  /**
   * @param broker for work that closes something
   * @param holder who holds the watch, for people: the worker's identity
   * @param underWay of all watches of this process
   * @param disowned told where the engine no longer knows an attempt: it may have lost the
   *     account's watch altogether, which then has to be handed out again; returns at once
   */
  public WatchAccountActivity(
      Broker broker,
      ContractExpiry expiries,
      Permissions permissions,
      LiveInputs.Opener inputs,
      WorkflowSignals signals,
      String holder,
      ActivityScope scope,
      InstantSource clock,
      MeterRegistry meters,
      ExitsUnderWay underWay,
      Runnable disowned) {
    this.broker = broker;
    this.expiries = expiries;
    this.permissions = permissions;
    this.inputs = inputs;
    this.outbox = new Outbox(signals, permissions, underWay, "outbox-" + broker.name());
    this.holder = holder;
    this.scope = scope;
    this.clock = clock;
    this.meters = new WatchMeters(meters, broker.name(), System::nanoTime);
    this.underWay = underWay;
    this.disowned = disowned;
  }

  @Override
  public Optional<Quote> quote(Instrument instrument) {
    return held.flatMap(it -> it.watch().quote(instrument));
  }

  @Override
  public Optional<Holding> steady(Instrument instrument, Direction direction) {
    return held.flatMap(it -> it.watch().steady(instrument, direction));
  }

  @Override
  public void watchAccount(AccountName account, Duration term) {
    WrongAccount.refuse("the watch of account " + account, account, broker.name());
    if (stopping.getCount() == 0) {
      // the account's only connection to its stream is the next holder's
      throw stops();
    }
    Object attempt = new Object();
    HeldWatch watch = take(attempt);
    try {
      leftTo.set(Optional.of(attempt));
      beat(watch, clock.instant().plus(term));
    } catch (ActivityNotExistsException timedOut) {
      takenFrom(attempt);
      log.info("{}: {} no longer beats for the watch: {}", account, holder, timedOut.getMessage());
      disowned.run();
      keepUntilAnotherHasIt(attempt);
      throw timedOut;
    } finally {
      takenFrom(attempt);
      release(attempt);
    }
  }

  /**
   * Whether the engine, as far as it has said, leaves the account's watch to this process: then the
   * workflow that hands it out runs.
   */
  public boolean isLeftHere() {
    return leftTo.get().isPresent();
  }

  private void takenFrom(Object attempt) {
    leftTo.updateAndGet(last -> last.filter(it -> it != attempt));
  }

  /** The watch that this process holds already, or else a new one. */
  private HeldWatch take(Object attempt) {
    changing.lock();
    try {
      HeldWatch watch = held.orElseGet(this::begin);
      watch.handTo(attempt);
      held = Optional.of(watch);
      changed.signalAll();
      return watch;
    } finally {
      changing.unlock();
    }
  }

  private HeldWatch begin() {
    log.info("{}: the watch is held by {}", broker.name(), holder);
    return HeldWatch.begin(inputs, this::watch, meters, permissions, holder, clock.instant());
  }

  private AccountWatch watch(LiveInputs live) {
    return new AccountWatch(
        new AccountWatch.Parts(
            broker,
            permissions,
            expiries,
            live.quotes(),
            outbox,
            System::nanoTime,
            Pauses.real(),
            AccountWatchWorkflowImpl.HEARTBEAT_TIMEOUT,
            meters,
            underWay));
  }

  /**
   * The engine begins the next attempt at once. It may be given to this process, which then has
   * nothing to load, or to another, whose watch says in the ledger that it is alive. But an engine
   * that was away gives it to nobody for up to a minute, and one that lost all it had for longer:
   * until somebody is known to have it, this process goes on protecting. Two that do so for a
   * moment are harmless, by the client order ids.
   */
  private void keepUntilAnotherHasIt(Object attempt) {
    AtomicBoolean taken = new AtomicBoolean();
    changing.lock();
    try {
      if (isHeldBy(attempt)) {
        held.orElseThrow().disown(() -> isTaken(taken));
      }
      while (!taken.get() && stopping.getCount() > 0 && isHeldBy(attempt)) {
        changed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      changing.unlock();
    }
  }

  private void isTaken(AtomicBoolean taken) {
    taken.set(true);
    signal();
  }

  private void signal() {
    changing.lock();
    try {
      changed.signalAll();
    } finally {
      changing.unlock();
    }
  }

  private boolean isHeldBy(Object attempt) {
    return held.filter(it -> it.isHeldBy(attempt)).isPresent();
  }

  private void release(Object attempt) {
    changing.lock();
    try {
      if (isHeldBy(attempt)) {
        HeldWatch watch = held.orElseThrow();
        held = Optional.empty();
        watch.close();
        giveUp(watch.since());
        watch.watch().notes().recordTheLastQuotes();
      }
    } finally {
      changing.unlock();
    }
  }

  /** In a thread of the system: where twenty watches begin at once, the others are late. */
  private void beat(HeldWatch watch, Instant end) {
    Duration each = scope.heartbeatTimeout().multipliedBy(2).dividedBy(BEATS_IN_TWO_TIMEOUTS);
    Consumer<String> heart = scope.heart();
    SystemThread.runIn("beat-" + broker.name(), () -> beat(watch, heart, each, end));
  }

  private void beat(HeldWatch watch, Consumer<String> heart, Duration each, Instant end)
      throws InterruptedException {
    while (clock.instant().isBefore(end)) {
      heart.accept(watch.watch().armed() + " armed");
      watch.beats();
      if (stopping.await(each.toMillis(), TimeUnit.MILLISECONDS)) {
        throw stops();
      }
    }
  }

  private ApplicationFailure stops() {
    return ApplicationFailure.newBuilder()
        .setMessage(holder + " stops: another may take over")
        .setType("STOPPING")
        .setNextRetryDelay(NEXT_HOLDER_AFTER)
        .build();
  }

  /** The worker stops: the watch is given up now, and not taken again. */
  @Override
  public void close() {
    stopping.countDown();
    signal();
  }

  /**
   * Tells workflows what is still to be told, for at most that time; to be called once no attempt
   * runs any more. What is not told is found by the workflows, under the orders' ids.
   */
  public void tellTheRest(Duration most) {
    try {
      if (!outbox.drain(most)) {
        log.warn("{}: {} exits could not be told", broker.name(), outbox.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    outbox.close();
  }

  private void giveUp(Instant since) {
    try {
      permissions.giveUp(holder, since);
    } catch (PermissionsUnreadable e) {
      log.debug("{}: the ledger does not know yet that the watch is given up", holder, e);
    }
  }
}
