package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.position.ExitRecord;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionEvent;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.value.Price;

/** What is written, by whom, and how often. */
class LedgerTest extends LedgerOnPostgres {
  @Test
  @DisplayName("incident 1: rows of another account cannot be read or written, even unfiltered")
  void rowLevelSecurityKeepsAccountsApart() {
    migrated();
    new PostgresLedger(large, LARGE).record(closed(position(LARGE)));

    assertThat(count(tiny, "positions")).isZero();
    assertThat(count(tiny, "position_history")).isZero();
    assertThat(count(large, "positions")).isOne();
    assertThatThrownBy(
            () ->
                tiny.jdbi()
                    .useTransaction(
                        handle ->
                            handle.execute(
                                "insert into alerts (account, key, severity, message, raised_at)"
                                    + " values ('large', 'k', 'INFO', 'm', now())")))
        .hasMessageContaining("row-level security");
    assertThatThrownBy(() -> new PostgresLedger(tiny, TINY).record(closed(position(LARGE))))
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContaining("came to the worker of account tiny");
  }

  @Test
  void aRepeatedWriteChangesNothing() {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    PositionState state = closed(position(LARGE));
    ledger.record(state);
    ledger.record(state);

    for (String table : List.of("positions", "position_events", "exits", "position_history")) {
      assertThat(count(desk, table)).as(table).isOne();
    }
    assertThat(ledger.recall(state.id()).orElseThrow().phase()).isEqualTo(Phase.CLOSED);
    assertThat(ledger.recall(state.id()).orElseThrow().exits()).isOne();
    assertThat(ledger.recall(position(LARGE))).isEmpty();
  }

  @Test
  @DisplayName("incident 11: the peak and the plan are recalled as they were recorded")
  void peakAndPlanAreRecalled() {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    PositionState state = closed(position(LARGE));
    ledger.record(state);
    assertThat(ledger.recall(state.id()).orElseThrow().peak()).contains(Price.parse("8"));
    assertThat(ledger.recall(state.id()).orElseThrow().plan()).isEqualTo(state.plan());

    PositionState announced = PositionState.announced(position(LARGE), state.terms());
    ledger.record(announced);
    assertThat(ledger.recall(announced.id()).orElseThrow().peak()).isEmpty();
    assertThat(ledger.recall(announced.id()).orElseThrow().plan()).isEmpty();
  }

  @Test
  void thatPeoplePausedIsRecalled() {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    PositionId id = position(LARGE);
    ledger.record(paused(id, "earnings (ann)"));
    assertThat(ledger.recall(id).orElseThrow().pausedBecause()).contains("earnings (ann)");
    ledger.record(keeping(id, List.of()));
    assertThat(ledger.recall(id).orElseThrow().pausedBecause()).isEmpty();
  }

  @Test
  @DisplayName("incident 17: history has the fill's price and the multiplied profit")
  void historyHasTheFillsPrice() {
    migrated();
    new PostgresLedger(large, LARGE).record(closed(position(LARGE)));
    String history =
        desk.jdbi()
            .inTransaction(
                handle ->
                    handle
                        .createQuery(
                            "select exit_price || ' ' || realised || ' ' || multiplier"
                                + " from position_history")
                        .mapTo(String.class)
                        .one());
    assertThat(history).isEqualTo("7.2 2400 100");
  }

  @Test
  void eventsCannotBeChangedAfterwards() {
    migrated();
    new PostgresLedger(large, LARGE).record(closed(position(LARGE)));
    assertThatThrownBy(
            () ->
                desk.jdbi()
                    .useTransaction(
                        handle -> handle.execute("update position_events set text = 'x'")))
        .hasMessageContaining("append-only");
  }

  @Test
  @DisplayName("incident 12: a missing column stops the start and is never swallowed")
  void aMissingColumnIsLoud() {
    migrated();
    desk.jdbi()
        .useTransaction(
            handle -> handle.execute("alter table position_history drop column exit_price"));
    assertThatThrownBy(desk::verify)
        .hasMessageContaining("it lacks column position_history.exit_price");
    assertThatThrownBy(() -> new PostgresLedger(large, LARGE).record(closed(position(LARGE))))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("LEDGER_SCHEMA");
              assertThat(failure.isNonRetryable()).isFalse();
            });
    assertThat(count(desk, "positions")).as("nothing half written").isZero();
  }

  @Test
  @DisplayName("incident 8: an alias is the same account")
  void anAliasIsTheSameAccount() {
    migrated();
    assertThat(registry.resolve("large-100k")).contains(LARGE);
    assertThat(registry.resolve("large")).contains(LARGE);
    assertThat(registry.resolve("unknown")).isEmpty();
  }

  @Test
  void anAlertIsRaisedOnceWhileItIsOpen() {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    Alert alert = new Alert(position(LARGE), "key", Alert.Severity.WARNING, "look", AT);
    ledger.raise(alert);
    ledger.raise(alert);
    assertThat(count(desk, "alerts")).isOne();
  }

  @Test
  void anExistingTableOfTheReplacedSystemIsTakenAsFound() {
    desk.jdbi()
        .useTransaction(
            handle ->
                handle.execute(
                    """
                    create table dispatch_executions (
                      execution_id uuid primary key, recommendation_id bigint, ticker text,
                      action text, instrument_type text default 'STOCK', strategy_type text,
                      side text default 'long', option_symbol text, strike_price numeric(10,2),
                      premium_paid numeric(10,2), expiration_date date, contracts int,
                      entry_price numeric(18,8), qty numeric(18,8), notional numeric(18,8),
                      stop_loss_price numeric(18,8), take_profit_price numeric(18,8),
                      max_hold_minutes int, execution_mode text default 'SIMULATED',
                      simulated_ts timestamptz default now(), executed_at timestamptz,
                      status text default 'PENDING', broker_order_id text, sim_json jsonb,
                      explain_json jsonb, risk_json jsonb, account_name varchar(50) default 'large',
                      their_own_column text)
                    """));
    insert(
        UUID.randomUUID(),
        "'DE', 'STOCK', 'stock', null, null, 40, 600, 640, 'ALPACA_PAPER', 'large'");

    migrated();

    assertThat(inbox.unread(10)).hasSize(1);
  }

  @Test
  void tablesOfTheReplacedSystemWithTheSameNamesAreLeftAlone() {
    desk.jdbi()
        .useTransaction(
            handle ->
                handle.execute(
                    "create table public.position_history (id int); create table"
                        + " public.position_events (id int, payload jsonb)"));
    migrated();
    new PostgresLedger(large, LARGE).record(closed(position(LARGE)));
    assertThat(count(desk, "public.position_history")).isZero();
    assertThat(count(desk, "pm.position_history")).isOne();
  }

  @Test
  @DisplayName("incident 8: a name can never come to mean another account")
  void aNameNeverMeansTwoAccounts() {
    migrated();
    for (String taken : List.of("large-100k", "large")) {
      assertThatThrownBy(
              () ->
                  registry.register(
                      new AccountRegistry.Registered(TINY, List.of(taken), "PA2TINY", false)))
          .hasMessageContaining("of account large")
          .hasMessageContaining("give each account names of its own");
    }
    assertThat(registry.resolve("large-100k")).contains(LARGE);
  }

  @Test
  @DisplayName("incident 15: an account is never rebound to another broker account")
  void anAccountIsNeverReboundToAnotherBrokerAccount() {
    migrated();
    assertThatThrownBy(
            () ->
                registry.register(
                    new AccountRegistry.Registered(LARGE, List.of(), "PA9OTHER", false)))
        .hasMessageContaining("account large is registered with broker account PA1LARGE");
  }

  @Test
  void aLateOlderWriteTurnsNothingBack() {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    PositionState now = closed(position(LARGE));
    ledger.record(now);
    PositionState older =
        holding(
            now.id(),
            now.plan().orElseThrow(),
            Price.parse("8"),
            List.of(),
            exit(now.id(), ExitRecord.Status.SENT));
    ledger.record(older);
    assertThat(ledger.recall(now.id()).orElseThrow().exitRecords())
        .singleElement()
        .extracting(ExitRecord::status)
        .isEqualTo(ExitRecord.Status.FILLED);
  }

  @Test
  @DisplayName("incident 17: a second, different close is refused and never overwrites the first")
  void aSecondDifferentCloseIsRefusedAndTold() {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    PositionId id = position(LARGE);
    ledger.record(closed(id));

    assertThatThrownBy(() -> ledger.record(closed(id, Price.parse("7.10"))))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("LEDGER_REFUSED");
              assertThat(failure.getOriginalMessage())
                  .contains(id.toString())
                  .contains("exit_price 7.2, now 7.1")
                  .contains("realised 2400, now 2300")
                  .contains("compare both with the broker's fills")
                  .doesNotContain("quantity");
            });
    assertThat(value("select exit_price from position_history")).contains("7.2");
    assertThat(value("select message from alerts where resolved_at is null"))
        .get()
        .asString()
        .contains("exit_price 7.2, now 7.1");
  }

  @Test
  void aLateDifferentCloseIsRefusedToo() {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    PositionId id = position(LARGE);
    ledger.record(closed(id));
    execute("update positions set last_event = 9");
    assertThatThrownBy(() -> ledger.record(closed(id, Price.parse("7.10"))))
        .hasMessageContaining("exit_price 7.2, now 7.1");
    ledger.record(closed(id));
  }

  @Test
  void theSameCloseIsRecognisedWhateverItsFractionsOfASecond() {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    PositionState closed = closed(position(LARGE));
    ClosingFill fill = closed.fills().getFirst();
    PositionState precise =
        state(
            closed.id(),
            Phase.CLOSED,
            closed.plan(),
            closed.basis(),
            List.of(
                new ClosingFill(
                    fill.order(),
                    fill.clientOrderId(),
                    fill.quantity(),
                    fill.averagePrice(),
                    Instant.parse("2026-02-11T15:00:00.123456789Z"))),
            closed.unrecorded(),
            closed.unrecordedExits());
    ledger.record(precise);
    ledger.record(precise);
    assertThat(count(desk, "position_history")).isOne();
  }

  @Test
  void aRebuiltWorkflowThatFindsItsPositionClosedAddsToTheTimelineOnly() {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    PositionId id = position(LARGE);
    ledger.record(closed(id));
    PositionState found =
        state(
            id,
            Phase.CLOSED,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(new PositionEvent(2, PositionEvent.Type.STARTED, AT, "again", Map.of())),
            List.of());
    ledger.record(found);
    ledger.record(found);
    assertThat(value("select realised || ' ' || entry_price || ' ' || peak from positions"))
        .contains("2400 4.8 8");
    assertThat(count(desk, "position_events")).isEqualTo(2);
    assertThat(count(desk, "alerts")).isZero();
    assertThat(ledger.recall(id).orElseThrow().lastEvent()).isEqualTo(2);
  }

  @Test
  void aRowThatCannotBeReadBackIsNamed() {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    PositionId id = position(LARGE);
    ledger.record(closed(id));
    execute("update exits set reason = 'HUNCH'");
    assertThatThrownBy(() -> ledger.recall(id))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("LEDGER_REFUSED");
              assertThat(failure.getOriginalMessage()).contains(id.toString()).contains("HUNCH");
            });
  }

  @Test
  void anExitThatIsArmedAgainHasItsNewPlanAndPeakAndKeepsThemOnceItIsSent() {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    PositionId id = position(LARGE);
    Plan first = Plans.defaultsFor(terms(), basis(id, Price.parse("8")));
    ExitRecord armed = exit(id, ExitRecord.Status.ARMED);
    ledger.record(holding(id, first, Price.parse("8"), List.of(), armed));
    assertThat(planAndPeak()).contains("1 8");
    ledger.record(holding(id, atVersion(first, 2), Price.parse("9"), List.of(), armed));
    assertThat(planAndPeak()).contains("2 9");

    ExitRecord sent = exit(id, ExitRecord.Status.SENT);
    ledger.record(holding(id, atVersion(first, 3), Price.parse("10"), List.of(), sent));
    assertThat(planAndPeak()).as("what the order was decided by").contains("2 9");
  }

  private Optional<String> planAndPeak() {
    return value("select plan_version || ' ' || peak from exits");
  }

  private static Plan atVersion(Plan plan, int version) {
    return new Plan(
        version, plan.name(), plan.rules(), plan.style(), plan.reviewEvery(), plan.sight());
  }
}
