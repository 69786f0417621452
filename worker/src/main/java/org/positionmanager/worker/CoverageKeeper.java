package org.positionmanager.worker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.positionmanager.activities.alert.Rounds;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.activities.ledger.SyncLedger;
import org.positionmanager.activities.sync.AccountSides;
import org.positionmanager.activities.sync.ReviewNotes;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.sync.Coverage;

/**
 * Proves an account's coverage every few seconds and keeps the proof where people, alerts and
 * meters find it. A proof that fails is not made: the last one grows old, which is an alert.
 */
final class CoverageKeeper implements AutoCloseable {
  private static final Duration EACH = Duration.ofSeconds(15);

  private final AccountSides sides;
  private final SyncLedger ledger;
  private final ReviewNotes reviews;
  private final ExchangeCalendar calendar;
  private final InstantSource clock;
  private final AccountName account;
  private final AtomicReference<Optional<Coverage>> last = new AtomicReference<>(Optional.empty());

  private Optional<Rounds> rounds = Optional.empty();

  /** What was not covered the last time: a gap is believed when two proofs have it. */
  private Optional<Coverage> before = Optional.empty();

  CoverageKeeper(
      AccountName account,
      AccountSides sides,
      SyncLedger ledger,
      ReviewNotes reviews,
      ExchangeCalendar calendar,
      InstantSource clock,
      MeterRegistry meters) {
    this.sides = sides;
    this.ledger = ledger;
    this.reviews = reviews;
    this.calendar = calendar;
    this.clock = clock;
    this.account = account;
    measure(
        meters,
        account,
        "coverage.gaps",
        "what is held and not watched, or watched and not held",
        it -> it.count(proof -> proof.gaps().size()));
    measure(
        meters, account, "coverage.held", "holdings at the broker", it -> it.count(Coverage::held));
    measure(
        meters,
        account,
        "coverage.open",
        "positions that are not over",
        it -> it.count(Coverage::open));
    measure(
        meters,
        account,
        "coverage.age.seconds",
        "since the last proof",
        CoverageKeeper::ageSeconds);
  }

  private void measure(
      MeterRegistry meters,
      AccountName account,
      String name,
      String description,
      ToDoubleFunction<CoverageKeeper> value) {
    Gauge.builder(name, this, value)
        .description(description)
        .tag("account", account.value())
        .register(meters);
  }

  void begin() {
    rounds = Optional.of(Rounds.start("coverage: account " + account, EACH, this::proveOnce));
  }

  private double count(ToIntFunction<Coverage> of) {
    return last.get().map(proof -> (double) of.applyAsInt(proof)).orElse(Double.NaN);
  }

  private double ageSeconds() {
    return last.get()
        .map(proof -> Duration.between(proof.provedAt(), clock.instant()).toMillis() / 1000.0)
        .orElse(Double.NaN);
  }

  private void proveOnce() {
    reviews.writeTo(ledger::reviewed);
    Coverage now = Coverage.of(sides.readWithoutPast(), openSince());
    Optional<Coverage> earlier = before;
    before = Optional.of(now);
    if (now.isComplete() || earlier.isPresent()) {
      Coverage believed = earlier.map(now::confirmedBy).orElse(now);
      last.set(Optional.of(believed));
      ledger.record(believed);
    }
  }

  /** Real time since when the market is open; empty while it is closed. */
  private Optional<Instant> openSince() {
    MarketMoment moment = calendar.moment();
    return moment
        .current()
        .map(session -> Duration.between(session.openInclusive(), moment.now()))
        .map(open -> Duration.ofMillis((long) (open.toMillis() / moment.speed())))
        .map(open -> clock.instant().minus(open));
  }

  @Override
  public void close() {
    rounds.ifPresent(Rounds::close);
  }
}
