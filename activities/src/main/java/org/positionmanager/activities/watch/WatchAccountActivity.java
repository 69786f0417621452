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
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.trading.ActivityScope;
import org.positionmanager.activities.trading.ContractExpiry;
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
 * Holds the account's watch in this process for as long as the engine leaves it here. This thread
 * only beats: whatever may take longer has threads of its own.
 */
public final class WatchAccountActivity implements WatchActivities, LiveSights, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WatchAccountActivity.class);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration NEXT_ATTEMPT_WITHIN = Duration.ofMillis(300);

  /** After an outage of the engine a worker may ask it for work only a minute later. */
  private static final Duration NEXT_ATTEMPT_OF_A_LOST_ONE_WITHIN = Duration.ofSeconds(75);

  private static final Duration NEXT_HOLDER_AFTER = Duration.ofMillis(10);

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
  private final BooleanSupplier lost;
  private final CountDownLatch stopping = new CountDownLatch(1);

  private final ReentrantLock changing = new ReentrantLock();
  private final Condition handedOn = changing.newCondition();

  /** Empty while another process holds the watch, or nobody. */
  private volatile Optional<HeldWatch> held = Optional.empty();

  /**
   * @param broker for work that closes something
   * @param holder who holds the watch, for people: the worker's identity
   * @param underWay of all watches of this process
   * @param lost asked where the engine no longer knows an attempt: whether it has lost the
   *     account's watch altogether, so that nobody else holds it; has it handed out again then
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
      BooleanSupplier lost) {
    this.broker = broker;
    this.expiries = expiries;
    this.permissions = permissions;
    this.inputs = inputs;
    this.outbox = new Outbox(signals, underWay, "outbox-" + broker.name());
    this.holder = holder;
    this.scope = scope;
    this.clock = clock;
    this.meters = new WatchMeters(meters, broker.name(), System::nanoTime);
    this.underWay = underWay;
    this.lost = lost;
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
    if (!account.equals(broker.name())) {
      throw ApplicationFailure.newNonRetryableFailure(
          "the watch of %s was asked of a worker of %s".formatted(account, broker.name()),
          "WRONG_ACCOUNT");
    }
    if (stopping.getCount() == 0) {
      // the account's only connection to its stream is the next holder's
      throw stops();
    }
    Object attempt = new Object();
    HeldWatch watch = take(attempt);
    try {
      beat(watch, clock.instant().plus(term));
    } catch (ActivityNotExistsException timedOut) {
      letNextAttemptGoOn(attempt, timeForTheNext());
      log.info("{}: {} no longer beats for the watch: {}", account, holder, timedOut.getMessage());
      throw timedOut;
    } finally {
      release(attempt);
    }
  }

  /** The watch that this process holds already, or else a new one. */
  private HeldWatch take(Object attempt) {
    changing.lock();
    try {
      HeldWatch watch = held.orElseGet(this::begin);
      watch.handTo(attempt);
      held = Optional.of(watch);
      handedOn.signalAll();
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
   * The engine begins the next attempt at once, and may have given it to this process. Where it is
   * another's, that one needs the account's streams soon. An engine that has lost all it had gave
   * it to nobody: until it does, this process goes on protecting.
   */
  private Duration timeForTheNext() {
    if (!lost.getAsBoolean()) {
      return NEXT_ATTEMPT_WITHIN;
    }
    log.warn("{}: the engine has lost the watch, {} keeps it", broker.name(), holder);
    return NEXT_ATTEMPT_OF_A_LOST_ONE_WITHIN;
  }

  private void letNextAttemptGoOn(Object attempt, Duration most) {
    changing.lock();
    try {
      long left = most.toNanos();
      while (left > 0 && stopping.getCount() > 0 && isHeldBy(attempt)) {
        left = handedOn.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
      }
    } finally {
      changing.unlock();
    }
  }

  private void beat(HeldWatch watch, Instant end) {
    while (clock.instant().isBefore(end)) {
      scope.heartbeat(watch.watch().armed() + " armed");
      watch.beats();
      try {
        if (stopping.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
          throw stops();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
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
    changing.lock();
    try {
      handedOn.signalAll();
    } finally {
      changing.unlock();
    }
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
