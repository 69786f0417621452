package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.alert.AccountLimits;
import org.positionmanager.activities.alert.AccountLiveness;
import org.positionmanager.activities.alert.AccountSnapshot;
import org.positionmanager.activities.alert.AlertBounds;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.alert.AlertRules;
import org.positionmanager.activities.alert.AlertSweep;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.NyseCalendar;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;

/** What alerts are judged by is read from real rows, and a sweep keeps the alerts in line. */
class AlertInputsTest extends LedgerOnPostgres {
  private static final TradingSession SESSION =
      NyseCalendar.on(LocalDate.of(2026, 2, 11)).orElseThrow();

  private PostgresAlertInputs inputs;
  private PostgresAlerts alerts;
  private AlertSweep sweep;

  @BeforeEach
  void ready() {
    migrated();
    inputs = new PostgresAlertInputs(desk, Optional.of(Duration.ofMinutes(5)));
    alerts = new PostgresAlerts(desk);
    sweep = new AlertSweep(inputs, alerts);
  }

  private static Optional<MarketMoment> market(Instant now) {
    return Optional.of(
        new MarketMoment(
            now,
            Optional.of(SESSION),
            NyseCalendar.on(LocalDate.of(2026, 2, 12)).orElseThrow(),
            1));
  }

  private AccountSnapshot seen() {
    return inputs.account(LARGE, market(AT));
  }

  private static PositionState exiting(PositionId id) {
    return holding(
        id, Plans.defaultsFor(terms(), basis(id, Price.parse("8"))), Price.parse("8"), List.of());
  }

  private static AlertRules rules(int positions) {
    return new AlertRules(
        AlertBounds.DEFAULT,
        new AccountLimits(
            Optional.of(positions), Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void anOpenPositionIsReadWithItsPhasesBegin() {
    PositionId id = position(LARGE);
    new PostgresLedger(large, LARGE).record(exiting(id));
    AccountSnapshot.Open open = seen().open().getFirst();
    assertThat(open.id()).isEqualTo(id);
    assertThat(open.since()).isEqualTo(open.recordedAt());
    assertThat(open.openedAt()).contains(AT);
    assertThat(open.entry()).contains(Price.parse("4.80"));
    assertThat(open.evaluatedAt()).isEmpty();
    assertThat(seen().recorded()).containsExactly(open.recordedAt());
    new PostgresLedger(large, LARGE).record(exiting(id));
    assertThat(seen().open().getFirst().since()).as("the same phase").isEqualTo(open.since());
    execute("update positions set phase = 'PROTECTED'");
    assertThat(seen().open().getFirst().since()).as("another phase").isAfter(open.since());
    assertThat(seen().open().getFirst().recordedAt()).isEqualTo(open.recordedAt());
  }

  @Test
  void theDaysProfitIsOfClosesAndPartsOfThatExchangeDay() {
    new PostgresLedger(large, LARGE).record(closed(position(LARGE), Price.parse("3.80")));
    assertThat(seen().realisedToday()).contains(Money.parse("-1000"));
    assertThat(seen().lastCloses()).containsExactly(Money.parse("-1000"));
    PositionId part = position(LARGE);
    new PostgresLedger(large, LARGE).record(exiting(part));
    execute(
        """
        insert into position_events (account, symbol, execution_id, sequence, type, at, text,
          details)
        values ('large', '%s', '%s', 90, 'FILLED', '%s', 'a part',
          '{"quantity": "2", "price": "4.30", "order": "o-1"}')
        """
            .formatted(part.instrument().symbol(), part.execution(), AT));
    assertThat(seen().realisedToday()).contains(Money.parse("-1100"));
    Instant nextDay = AT.plus(Duration.ofDays(1));
    TradingSession tomorrow = NyseCalendar.on(LocalDate.of(2026, 2, 12)).orElseThrow();
    assertThat(
            inputs
                .account(
                    LARGE,
                    Optional.of(new MarketMoment(nextDay, Optional.of(tomorrow), tomorrow, 1)))
                .realisedToday())
        .contains(Money.ZERO);
    assertThat(inputs.account(LARGE, Optional.empty()).realisedToday()).isEmpty();
    assertThat(inputs.account(TINY, market(AT)).realisedToday()).contains(Money.ZERO);
  }

  @Test
  @DisplayName("incident 8: limits count by registered account, whatever alias the row carried")
  void limitsCountByRegisteredAccountWhateverAliasTheRowCarried() {
    for (String name : List.of("large", "large-100k", "large-100k")) {
      insert(
          UUID.randomUUID(),
          "'NOW', 'PUT', 'swing_trade', 'NOW260220P00110000', 10, null, null, null,"
              + " 'ALPACA_PAPER', '%s'".formatted(name));
    }
    for (InboxRow row : inbox.unread(10)) {
      new PostgresLedger(large, LARGE).record(exiting(((InboxRow.Execution) row).position()));
    }
    sweep.account(LARGE, rules(3), () -> market(AT));
    assertThat(alerts.open()).isEmpty();
    sweep.account(LARGE, rules(2), () -> market(AT));
    assertThat(alerts.open())
        .extracting(AlertRecord::message)
        .containsExactly("3 positions are open, the limit is 2");
    sweep.account(TINY, rules(0), () -> market(AT));
    assertThat(alerts.open()).as("none of them is tiny's").hasSize(1);
  }

  @Test
  void alertsEndWithTheirConditionAndStayWhileItCannotBeTold() {
    PositionId id = position(LARGE);
    new PostgresLedger(large, LARGE).record(exiting(id));
    execute("insert into watches values ('large', 'w', now(), now())");
    execute("update positions set phase_since = now() - interval '3 minutes'");
    sweep.account(LARGE, rules(9), () -> market(AT));
    assertThat(alerts.open())
        .extracting(AlertRecord::kind, AlertRecord::position)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(AlertKind.STUCK_EXIT, Optional.of(id)));
    execute("update positions set phase_since = now()");
    sweep.account(LARGE, rules(9), Optional::empty);
    assertThat(alerts.open()).as("nobody knows whether the market is open").hasSize(1);
    sweep.account(LARGE, rules(9), () -> market(AT));
    assertThat(alerts.open()).isEmpty();
  }

  @Test
  @DisplayName("incident 2: an account without a live watcher is an alert, and the others are not")
  void anAccountWithoutALiveWatcherIsAnAlert() {
    new PostgresLedger(large, LARGE).record(exiting(position(LARGE)));
    new PostgresLedger(tiny, TINY).record(exiting(position(TINY)));
    execute("update positions set recorded_at = now() - interval '1 hour'");
    WatchLedger ofLarge = new WatchLedger(large, LARGE);
    WatchLedger ofTiny = new WatchLedger(tiny, TINY);
    beat(ofLarge);
    beat(ofTiny);
    sweep.liveness(rules(9));
    assertThat(alerts.open()).isEmpty();
    execute("update watches set heard_at = now() - interval '31 seconds' where account = 'tiny'");
    sweep.liveness(rules(9));
    assertThat(alerts.open())
        .extracting(AlertRecord::kind, AlertRecord::account)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(AlertKind.NO_LIVE_WORKER, Optional.of(TINY)));
    beat(ofTiny);
    sweep.liveness(rules(9));
    assertThat(alerts.open()).as("heard of again").isEmpty();
  }

  private static void beat(WatchLedger watch) {
    try {
      watch.beat("worker", AT);
    } catch (org.positionmanager.activities.watch.PermissionsUnreadable e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aWatchThatWasGivenUpWasHeardOfUntilThen() throws Exception {
    WatchLedger watch = new WatchLedger(large, LARGE);
    watch.beat("worker", AT);
    execute("update watches set heard_at = now() - interval '1 hour'");
    watch.giveUp("worker", AT);
    AccountSnapshot seen = seen();
    assertThat(Duration.between(seen.watch().orElseThrow().at(), seen.now()))
        .isLessThan(Duration.ofSeconds(5));
  }

  @Test
  @DisplayName("incident 2: a row that no worker has begun with is something to watch")
  void aRowThatNoWorkerHasBegunWithIsSomethingToWatch() {
    insert(
        UUID.randomUUID(),
        "'NOW', 'PUT', 'swing_trade', 'NOW260220P00110000', 10, null, null, null,"
            + " 'ALPACA_PAPER', 'large'");
    InboxRow.Execution row = (InboxRow.Execution) inbox.unread(1).getFirst();
    inbox.taken(row);
    AccountLiveness waiting = liveness(LARGE);
    assertThat(waiting.waiting()).isOne();
    assertThat(waiting.open()).isZero();
    assertThat(waiting.busySince()).isPresent();
    assertThat(liveness(TINY).busySince()).isEmpty();
    new PostgresLedger(large, LARGE).record(exiting(row.position()));
    assertThat(liveness(LARGE).waiting()).isZero();
    assertThat(liveness(LARGE).open()).isOne();
  }

  private AccountLiveness liveness(AccountName account) {
    return inputs.liveness().stream()
        .filter(it -> it.account().equals(account))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anAccountThatIsServedWithoutAWatchIsNotMissedAndHasNoWatch() throws Exception {
    new PostgresLedger(large, LARGE).record(exiting(position(LARGE)));
    execute("update positions set recorded_at = now() - interval '1 hour'");
    sweep.liveness(rules(9));
    assertThat(alerts.open()).hasSize(1);
    sweep.unwatched(LARGE, rules(9), () -> market(AT), "worker");
    sweep.liveness(rules(9));
    assertThat(alerts.open()).isEmpty();
    assertThat(new WatchLedger(large, LARGE).holder()).as("nobody acts at once").isEmpty();
  }

  @Test
  void theLastSyncIsTheLastThatCouldCompare() {
    AccountSnapshot.Sync never = seen().sync().orElseThrow();
    assertThat(never.since().toString())
        .isEqualTo(
            value(
                    "select to_char(registered_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                        + " from accounts where name = 'large'")
                .orElseThrow());
    execute(
        """
        insert into sync_runs (account, run, started_at, ended_at, unsure, failure) values
          ('large', 'r1', '2026-02-11T15:00:00Z', '2026-02-11T15:00:10Z', 0, null),
          ('large', 'r2', '2026-02-11T15:05:00Z', '2026-02-11T15:05:10Z', 0, 'nothing was read'),
          ('tiny', 'r3', '2026-02-11T15:05:00Z', '2026-02-11T15:05:10Z', 0, null)
        """);
    assertThat(seen().sync())
        .contains(
            new AccountSnapshot.Sync(Instant.parse("2026-02-11T15:00:10Z"), Duration.ofMinutes(5)));
  }
}
