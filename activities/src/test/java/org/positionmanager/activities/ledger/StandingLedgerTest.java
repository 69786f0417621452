package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.alert.NewAlert;
import org.positionmanager.activities.broker.AccountFunds;
import org.positionmanager.activities.broker.HoldingValue;
import org.positionmanager.activities.standing.AccountStanding;
import org.positionmanager.activities.standing.OpenRisk;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.NyseCalendar;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;

/** Snapshots of an account, written as the account and read back. */
class StandingLedgerTest extends LedgerOnPostgres {
  private static final Duration LATER = Duration.ofHours(1);

  private StandingLedger ledger;

  @BeforeEach
  void ready() {
    migrated();
    ledger = new StandingLedger(large, LARGE);
  }

  static MarketMoment market(Instant now) {
    return new MarketMoment(
        now,
        NyseCalendar.on(LocalDate.of(2026, 2, 11)).filter(it -> it.contains(now)),
        NyseCalendar.on(LocalDate.of(2026, 2, 12)).orElseThrow(),
        1);
  }

  static AccountFunds funds(String equity) {
    return new AccountFunds(
        Money.parse(equity),
        Money.parse("99000"),
        Money.parse("40000.25"),
        Money.parse("80000.5"),
        Money.parse("61000"),
        Money.parse("-1000"));
  }

  private AccountStanding kept(Instant at, List<HoldingValue> values) {
    return ledger.keep(market(at), funds("100000.25"), values);
  }

  private void holds(PositionId id) {
    new PostgresLedger(large, LARGE)
        .record(
            holding(
                id,
                Plans.defaultsFor(terms(), basis(id, Price.parse("8"))),
                Price.parse("8"),
                List.of()));
  }

  @Test
  void whatWasSeenIsReadBackToTheCent() {
    PositionId id = position(LARGE);
    holds(id);
    new PostgresLedger(large, LARGE).record(closed(position(LARGE), Price.parse("3.80")));
    new PostgresAlerts(desk).raise(NewAlert.of(AlertKind.MISMATCH, LARGE, "a marker"));
    AccountStanding seen =
        kept(
            AT.plus(LATER),
            List.of(
                new HoldingValue(
                    id.instrument(),
                    Optional.of(Price.parse("7.40")),
                    Optional.of(Money.parse("2600")))));
    assertThat(seen.funds()).isEqualTo(funds("100000.25"));
    assertThat(seen.realised()).isEqualTo(Money.parse("-1000"));
    assertThat(seen.unrealised()).contains(Money.parse("2600"));
    assertThat(seen.dayProfit()).contains(Money.parse("1600"));
    assertThat(seen.counts()).isEqualTo(new AccountStanding.Counts(0, 0, 1, 1, 1));
    // 75% of the gain from 4.80 to 8.00 are kept: 7.20, 10 contracts
    assertThat(seen.risk()).isEqualTo(new OpenRisk.Total(Money.parse("200"), 0));
    assertThat(ledger.newest(AT.plus(LATER))).contains(seen);
    assertThat(ledger.newest(AT)).as("before it").isEmpty();
  }

  @Test
  void aPeakThatOnlyTheWatchHasSeenMovesTheStop() {
    PositionId id = position(LARGE);
    holds(id);
    execute(
        """
        insert into armed_exits (account, symbol, execution_id, arming, armed, why, peak, trough)
        values ('large', '%s', '%s', 1, false, 'a test', 8.80, 4.10)
        """
            .formatted(id.instrument().symbol(), id.execution()));
    AccountStanding seen =
        kept(
            AT.plus(LATER),
            List.of(
                new HoldingValue(
                    id.instrument(), Optional.of(Price.parse("8")), Optional.empty())));
    assertThat(seen.risk()).as("7.80").isEqualTo(new OpenRisk.Total(Money.parse("200"), 0));
    assertThat(seen.unrealised()).as("the broker has none").isEmpty();
    assertThat(ledger.newest(AT.plus(LATER)).orElseThrow().unrealised()).isEmpty();
  }

  @Test
  void anAccountOfWhichNothingIsPricedHasUnknownRiskAndNotNone() {
    holds(position(LARGE));
    assertThat(kept(AT.plus(LATER), List.of()).risk()).isEqualTo(new OpenRisk.Total(Money.ZERO, 1));
  }

  @Test
  void rowsAreKeptFor400Days() {
    Instant day = AT.plus(LATER);
    kept(day.minus(StandingLedger.KEPT).minusMillis(1), List.of());
    AccountStanding stays = kept(day.minus(StandingLedger.KEPT), List.of());
    kept(day, List.of());
    assertThat(count(desk, "account_snapshots")).isEqualTo(2);
    assertThat(ledger.newest(day.minusSeconds(1))).contains(stays);
  }

  @Test
  void noAccountSeesOrWritesAnothersRows() {
    kept(AT, List.of());
    assertThat(new StandingLedger(tiny, LARGE).newest(AT)).isEmpty();
    assertThat(count(tiny, "account_snapshots")).isZero();
    assertThat(count(large, "account_snapshots")).isOne();
    assertThatThrownBy(
            () -> new StandingLedger(tiny, LARGE).keep(market(AT), funds("1"), List.of()))
        .hasMessageContaining("row-level security");
  }

  @Test
  void twoProcessesInTheSameMomentLeaveOneRow() {
    kept(AT, List.of());
    kept(AT, List.of());
    assertThat(count(large, "account_snapshots")).isOne();
  }
}
