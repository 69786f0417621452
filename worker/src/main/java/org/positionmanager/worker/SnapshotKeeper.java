package org.positionmanager.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.positionmanager.activities.alert.Rounds;
import org.positionmanager.activities.standing.AccountStanding;
import org.positionmanager.activities.standing.StandingTaker;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.value.Money;

/**
 * Looks again and again how an account stands, and shows the newest snapshot to meters. One that
 * fails is not made: the last one grows old, and failures are counted.
 */
final class SnapshotKeeper implements AutoCloseable {
  /** How often it is looked whether it is time. */
  private static final Duration EACH = Duration.ofSeconds(5);

  private final AccountName account;
  private final StandingTaker taker;
  private final InstantSource clock;
  private final Counter failures;
  private final AtomicReference<Optional<AccountStanding>> last =
      new AtomicReference<>(Optional.empty());
  private Optional<Rounds> rounds = Optional.empty();

  SnapshotKeeper(
      AccountName account, StandingTaker taker, InstantSource clock, MeterRegistry meters) {
    this.account = account;
    this.taker = taker;
    this.clock = clock;
    Tags tags = Tags.of("account", account.value());
    failures =
        Counter.builder("account.snapshot.failures")
            .description("Looks at the account that failed and kept nothing")
            .tags(tags)
            .register(meters);
    measure(meters, tags);
  }

  private void measure(MeterRegistry meters, Tags tags) {
    dollars(meters, "account.equity.usd", tags, it -> Optional.of(it.funds().equity()));
    dollars(meters, "account.cash.usd", tags, it -> Optional.of(it.funds().cash()));
    dollars(meters, "account.buying.power.usd", tags, it -> Optional.of(it.funds().buyingPower()));
    dollars(
        meters,
        "account.exposure.usd",
        tags.and("side", "long"),
        it -> Optional.of(it.funds().longValue()));
    dollars(
        meters,
        "account.exposure.usd",
        tags.and("side", "short"),
        it -> Optional.of(it.funds().shortValue()));
    dollars(meters, "account.open.risk.usd", tags, it -> Optional.of(it.risk().amount()));
    dollars(
        meters,
        "account.day.pnl.usd",
        tags.and("kind", "realised"),
        it -> Optional.of(it.realised()));
    dollars(
        meters, "account.day.pnl.usd", tags.and("kind", "unrealised"), AccountStanding::unrealised);
    count(meters, "account.risk.unknown", tags, it -> it.risk().unknown());
    Map<String, ToIntFunction<AccountStanding.Counts>> phases =
        Map.of(
            "awaiting", AccountStanding.Counts::awaiting,
            "open", AccountStanding.Counts::open,
            "closing", AccountStanding.Counts::closing,
            "closed_today", AccountStanding.Counts::closedToday);
    phases.forEach(
        (phase, of) ->
            count(
                meters,
                "account.positions",
                tags.and("phase", phase),
                it -> of.applyAsInt(it.counts())));
    Gauge.builder("account.snapshot.age.seconds", this, SnapshotKeeper::ageSeconds)
        .tags(tags)
        .register(meters);
  }

  private void dollars(
      MeterRegistry meters,
      String name,
      Tags tags,
      Function<AccountStanding, Optional<Money>> value) {
    gauge(meters, name, tags, it -> value.apply(it).map(money -> money.amount().doubleValue()));
  }

  private void count(
      MeterRegistry meters, String name, Tags tags, ToIntFunction<AccountStanding> value) {
    gauge(meters, name, tags, it -> Optional.of((double) value.applyAsInt(it)));
  }

  private void gauge(
      MeterRegistry meters,
      String name,
      Tags tags,
      Function<AccountStanding, Optional<Double>> value) {
    Gauge.builder(name, this, keeper -> keeper.last.get().flatMap(value).orElse(Double.NaN))
        .tags(tags)
        .register(meters);
  }

  private double ageSeconds() {
    return last.get()
        .map(it -> Duration.between(it.recordedAt(), clock.instant()).toMillis() / 1000.0)
        .orElse(Double.NaN);
  }

  void begin() {
    rounds = Optional.of(Rounds.start("snapshot: account " + account, EACH, this::lookOnce));
  }

  private void lookOnce() {
    try {
      last.set(Optional.of(taker.look()));
    } catch (RuntimeException e) {
      failures.increment();
      throw e;
    }
  }

  @Override
  public void close() {
    rounds.ifPresent(Rounds::close);
  }
}
