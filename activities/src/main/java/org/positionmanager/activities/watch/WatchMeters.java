package org.positionmanager.activities.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.positionmanager.activities.live.FeedEvent;
import org.positionmanager.activities.live.OrderUpdate;
import org.positionmanager.activities.live.Unserved;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.ClientOrderId;

/**
 * What can be measured of one account's watch in this process, whichever watch holds it at the
 * moment: one of these for each account and registry. Recording costs well below a microsecond.
 */
public final class WatchMeters {
  private final MeterRegistry registry;
  private final AccountName account;
  private final LongSupplier nanoClock;
  private final Timer exchangeAge;
  private final Timer arrivedToJudged;
  private final Timer breachToSent;
  private final Timer sentToAnswered;
  private final FillTimes fills;
  private final Counter takeovers;
  private final Counter streamGaps;

  /** What is measured of one watch. */
  private record Held(AccountWatch watch, AtomicLong beatenAt) {}

  /** Empty while another process holds the watch, or nobody. */
  private final AtomicReference<Optional<Held>> held = new AtomicReference<>(Optional.empty());

  private final AtomicLong polledNanos = new AtomicLong();

  /**
   * Registers all there is.
   *
   * @param nanoClock monotonic, in nanoseconds
   */
  public WatchMeters(MeterRegistry registry, AccountName account, LongSupplier nanoClock) {
    this.registry = registry;
    this.account = account;
    this.nanoClock = nanoClock;
    exchangeAge =
        timer(
            "watch.quote.exchange.age",
            "Age of a quote when it was judged, by the exchange's stamp and clock");
    arrivedToJudged =
        timer("watch.quote.arrived.to.judged", "From a quote's arrival to its being judged");
    breachToSent =
        timer("watch.breach.to.sent", "From the arrival of what breached to sending the exit");
    sentToAnswered = timer("watch.sent.to.answered", "From sending an exit to the broker's answer");
    fills =
        new FillTimes(
            timer(
                "watch.accepted.to.filled",
                "From an exit's acceptance to the order update that it is filled"));
    takeovers =
        counter("watch.takeovers", "How often this process began to hold the account's watch");
    streamGaps =
        counter("watch.stream.gaps", "How often instruments ceased to come by their stream");
    FunctionCounter.builder("watch.stream.polled", polledNanos, nanos -> nanos.get() / 1e9)
        .description("Time for which anything was polled that should come by a stream")
        .baseUnit("seconds")
        .tag("account", account.value())
        .register(registry);
    gauge("watch.holder", "1 where this process holds the account's watch, otherwise 0", one -> 1);
    gauge("watch.positions", "Positions under watch here", AccountWatch::positions);
    gauge("watch.armed", "Positions under watch here that may be exited", AccountWatch::armed);
    gauge(
        "watch.stream.unserved",
        "Instruments under watch here that do not come by their stream now",
        AccountWatch::unserved);
    age(
        "watch.heartbeat.age",
        "Time since the last heartbeat was handed to the engine's client; NaN without a watch",
        one -> since(one.beatenAt.get()));
    age(
        "watch.pulse.age",
        "Time since the watch's process was last known to run; NaN without a watch",
        one -> one.watch.sincePulse().toNanos());
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .tag("account", account.value())
        .publishPercentiles(0.5, 0.99)
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name)
        .description(description)
        .tag("account", account.value())
        .register(registry);
  }

  private void gauge(String name, String description, ToDoubleFunction<AccountWatch> value) {
    Gauge.builder(
            name, held, now -> now.get().map(one -> value.applyAsDouble(one.watch)).orElse(0.0))
        .description(description)
        .tag("account", account.value())
        .register(registry);
  }

  private void age(String name, String description, ToDoubleFunction<Held> nanos) {
    TimeGauge.builder(
            name,
            held,
            TimeUnit.NANOSECONDS,
            now -> now.get().map(nanos::applyAsDouble).orElse(Double.NaN))
        .description(description)
        .tag("account", account.value())
        .register(registry);
  }

  private double since(long nanos) {
    return nanoClock.getAsLong() - nanos;
  }

  /** Ends what {@link #holds} began. */
  interface Holding extends AutoCloseable {
    /** A heartbeat was handed to the engine's client. */
    void beats();

    @Override
    void close();
  }

  /** This watch is the account's from now on; where another of this process ends later, too. */
  Holding holds(AccountWatch watch) {
    Held begun = new Held(watch, new AtomicLong(nanoClock.getAsLong()));
    Optional<Held> mine = Optional.of(begun);
    held.set(mine);
    takeovers.increment();
    return new Holding() {
      @Override
      public void beats() {
        begun.beatenAt.set(nanoClock.getAsLong());
      }

      @Override
      public void close() {
        held.compareAndSet(mine, Optional.empty());
      }
    };
  }

  /** A quote was judged; a clock that is behind the exchange's leaves its age out. */
  void judged(Duration age, long sinceArrivalNanos) {
    if (!age.isNegative()) {
      exchangeAge.record(age);
    }
    arrivedToJudged.record(sinceArrivalNanos, TimeUnit.NANOSECONDS);
  }

  /** An exit goes out. */
  void sent(ClientOrderId id, long sinceBreachNanos) {
    fills.sent(id);
    breachToSent.record(sinceBreachNanos, TimeUnit.NANOSECONDS);
  }

  /** The broker has answered it. */
  void answered(ClientOrderId id, long sentAtNanos, SubmitOutcome outcome) {
    long now = nanoClock.getAsLong();
    sentToAnswered.record(now - sentAtNanos, TimeUnit.NANOSECONDS);
    fills.answered(id, outcome, now);
  }

  /** The broker told of an order. */
  void updated(OrderUpdate update) {
    fills.updated(update);
  }

  /** For so long something was polled that should have come by a stream. */
  void polledFor(long nanos) {
    polledNanos.addAndGet(nanos);
  }

  /** Counts what breaks; what is followed anew has to be confirmed first, and is no gap. */
  void onEvent(FeedEvent event) {
    if (event instanceof FeedEvent.GapBegun(var instruments)
        && instruments.values().stream().anyMatch(why -> why != Unserved.PENDING)) {
      streamGaps.increment();
    }
  }
}
