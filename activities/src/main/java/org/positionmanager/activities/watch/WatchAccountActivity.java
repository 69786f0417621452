package org.positionmanager.activities.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.positionmanager.activities.broker.Broker;
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

  private final Broker broker;
  private final ContractExpiry expiries;
  private final Permissions permissions;
  private final LiveInputs.Opener inputs;
  private final WorkflowSignals signals;
  private final String holder;
  private final InstantSource clock;
  private final WatchMeters meters;
  private final ExitsUnderWay underWay;
  private final CountDownLatch stopping = new CountDownLatch(1);

  /** Null while another process holds the watch, or nobody. */
  private final AtomicReference<AccountWatch> held = new AtomicReference<>();

  /**
   * @param broker for work that closes something
   * @param holder who holds the watch, for people: the worker's identity
   * @param underWay of all watches of this process
   */
  public WatchAccountActivity(
      Broker broker,
      ContractExpiry expiries,
      Permissions permissions,
      LiveInputs.Opener inputs,
      WorkflowSignals signals,
      String holder,
      InstantSource clock,
      MeterRegistry meters,
      ExitsUnderWay underWay) {
    this.broker = broker;
    this.expiries = expiries;
    this.permissions = permissions;
    this.inputs = inputs;
    this.signals = signals;
    this.holder = holder;
    this.clock = clock;
    this.meters = new WatchMeters(meters, broker.name(), System::nanoTime);
    this.underWay = underWay;
  }

  @Override
  public Optional<Quote> quote(Instrument instrument) {
    return Optional.ofNullable(held.get()).flatMap(watch -> watch.quote(instrument));
  }

  @Override
  public Optional<Holding> steady(Instrument instrument, Direction direction) {
    return Optional.ofNullable(held.get()).flatMap(watch -> watch.steady(instrument, direction));
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
    ActivityExecutionContext context = Activity.getExecutionContext();
    Instant since = clock.instant();
    log.info("{}: the watch is held by {}", account, holder);
    try (LiveInputs live = inputs.open(meters::onEvent);
        AccountWatch watch =
            new AccountWatch(
                new AccountWatch.Parts(
                    broker,
                    permissions,
                    expiries,
                    live.quotes(),
                    signals,
                    System::nanoTime,
                    Pauses.real(),
                    AccountWatchWorkflowImpl.HEARTBEAT_TIMEOUT,
                    meters,
                    underWay));
        WatchMeters.Holding measured = meters.holds(watch);
        PeakGap gaps = watch.fillGaps(live.bars());
        WatchKeeper keeper = new WatchKeeper(watch, permissions, holder, since)) {
      live.orders().start(keeper.orders());
      held.set(watch);
      try {
        beat(context, watch, measured, since.plus(term));
      } finally {
        held.compareAndSet(watch, null);
      }
    } catch (ActivityCompletionException over) {
      log.info("{}: {} lets go of the watch: {}", account, holder, over.getMessage());
      throw over;
    } finally {
      giveUp(since);
    }
  }

  private void beat(
      ActivityExecutionContext context,
      AccountWatch watch,
      WatchMeters.Holding measured,
      Instant end) {
    while (clock.instant().isBefore(end)) {
      context.heartbeat(watch.armed());
      measured.beats();
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
    return ApplicationFailure.newFailure(holder + " stops: another may take over", "STOPPING");
  }

  /** The worker stops: the watch is given up now, and not taken again. */
  @Override
  public void close() {
    stopping.countDown();
  }

  private void giveUp(Instant since) {
    try {
      permissions.giveUp(holder, since);
    } catch (PermissionsUnreadable e) {
      log.debug("{}: the ledger does not know yet that the watch is given up", holder, e);
    }
  }
}
