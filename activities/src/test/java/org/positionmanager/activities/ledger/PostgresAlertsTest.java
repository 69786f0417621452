package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.alert.NewAlert;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.activity.LedgerActivities.Alert.Severity;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;

/** Alerts as they are kept: one open per account and key, with what people said of it. */
class PostgresAlertsTest extends LedgerOnPostgres {
  private PostgresAlerts alerts;

  private void ready() {
    migrated();
    alerts = new PostgresAlerts(desk);
  }

  private static NewAlert loss(AccountName account, String message) {
    return NewAlert.of(AlertKind.DAILY_LOSS, account, message);
  }

  private static NewAlert missing(Severity severity) {
    return new NewAlert(
        AlertKind.MISMATCH, severity, Optional.of(LARGE), Optional.empty(), "mismatch/WMT", "look");
  }

  private AlertRecord only() {
    assertThat(alerts.open()).hasSize(1);
    return alerts.open().getFirst();
  }

  @Test
  void theSameAlertAgainIsCountedAndSaysTheLatest() {
    ready();
    alerts.raise(loss(LARGE, "500 USD lost"));
    alerts.raise(loss(LARGE, "600 USD lost"));
    AlertRecord alert = only();
    assertThat(alert.seen()).isEqualTo(2);
    assertThat(alert.message()).isEqualTo("600 USD lost");
    assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alert.firstSeen()).isBefore(alert.lastSeen());
    assertThat(alert.position()).isEmpty();
  }

  @Test
  void anEndedAlertThatComesAgainIsAnother() {
    ready();
    alerts.raise(loss(LARGE, "first"));
    assertThat(alerts.resolve(Optional.of(LARGE), "daily-loss")).isTrue();
    assertThat(alerts.resolve(Optional.of(LARGE), "daily-loss")).isFalse();
    alerts.raise(loss(LARGE, "second"));
    assertThat(only().message()).isEqualTo("second");
    assertThat(alerts.all(10)).extracting(AlertRecord::message).containsExactly("second", "first");
    assertThat(alerts.all(1)).hasSize(1);
  }

  @Test
  void aSweepEndsWhatItJudgedAndNoLongerFinds() {
    ready();
    alerts.raise(loss(LARGE, "mine"));
    alerts.raise(loss(TINY, "another account's"));
    alerts.raise(missing(Severity.WARNING));
    PositionId id = position(LARGE);
    Set<AlertKind> judged = EnumSet.of(AlertKind.DAILY_LOSS, AlertKind.STUCK_EXIT);
    alerts.replace(LARGE, judged, List.of(NewAlert.of(AlertKind.STUCK_EXIT, id, "stuck")));
    assertThat(alerts.open())
        .extracting(AlertRecord::message)
        .containsExactlyInAnyOrder("another account's", "look", "stuck");
    assertThat(alerts.open().stream().flatMap(it -> it.position().stream())).containsExactly(id);
    alerts.replace(LARGE, judged, List.of());
    assertThat(alerts.open()).hasSize(2);
  }

  @Test
  void aSweepMayNotTouchWhatItDidNotJudge() {
    ready();
    assertThatThrownBy(
            () ->
                alerts.replace(
                    LARGE, EnumSet.of(AlertKind.DAILY_LOSS), List.of(missing(Severity.INFO))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                alerts.replace(
                    LARGE, EnumSet.of(AlertKind.DAILY_LOSS), List.of(loss(TINY, "other"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(alerts.open()).isEmpty();
  }

  @Test
  void anAcknowledgementHoldsUntilTheAlertIsMoreUrgent() {
    ready();
    alerts.raise(missing(Severity.WARNING));
    long id = only().id();
    assertThat(alerts.acknowledge("" + id, Optional.empty(), "ann", Optional.of("known")))
        .extracting(AlertRecord::id)
        .containsExactly(id);
    alerts.raise(missing(Severity.WARNING));
    assertThat(only().acknowledged())
        .get()
        .satisfies(
            it -> {
              assertThat(it.by()).isEqualTo("ann");
              assertThat(it.note()).contains("known");
            });
    alerts.raise(missing(Severity.INFO));
    assertThat(only().acknowledged()).isPresent();
    alerts.raise(missing(Severity.CRITICAL));
    assertThat(only().acknowledged()).isEmpty();
    assertThat(only().id()).isEqualTo(id);
  }

  @Test
  void aKeyAcknowledgesInOneAccountOrInAll() {
    ready();
    alerts.raise(loss(LARGE, "l"));
    alerts.raise(loss(TINY, "t"));
    assertThat(alerts.acknowledge("daily-loss", Optional.of(TINY), "ann", Optional.empty()))
        .extracting(AlertRecord::account)
        .containsExactly(Optional.of(TINY));
    assertThat(alerts.acknowledge("daily-loss", Optional.empty(), "ann", Optional.empty()))
        .hasSize(2);
    assertThat(alerts.acknowledge("nothing", Optional.empty(), "ann", Optional.empty())).isEmpty();
    alerts.resolve(Optional.of(LARGE), "daily-loss");
    alerts.resolve(Optional.of(TINY), "daily-loss");
    assertThat(alerts.acknowledge("daily-loss", Optional.empty(), "ann", Optional.empty()))
        .as("what has ended needs nobody's attention")
        .isEmpty();
  }

  @Test
  void theMostUrgentComesFirst() {
    ready();
    alerts.raise(NewAlert.of(AlertKind.PROPOSAL, LARGE, "a", "info"));
    alerts.raise(loss(LARGE, "critical"));
    alerts.raise(missing(Severity.WARNING));
    assertThat(alerts.open())
        .extracting(AlertRecord::severity)
        .containsExactly(Severity.CRITICAL, Severity.WARNING, Severity.INFO);
  }

  @Test
  void whatAWorkflowRaisesHasItsKindAndPosition() {
    ready();
    PositionId id = position(LARGE);
    new PostgresLedger(large, LARGE)
        .raise(new Alert(id, "blind/" + id, Severity.CRITICAL, "no quote", AT));
    AlertRecord alert = only();
    assertThat(alert.kind()).isEqualTo(AlertKind.BLIND);
    assertThat(alert.position()).contains(id);
    assertThat(alert.account()).contains(LARGE);
    assertThat(alert.firstSeen()).as("by the ledger's clock").isAfter(AT);
    assertThat(value("select raised_at = '%s' from alerts".formatted(AT))).contains("t");
  }

  @Test
  void aSickRowIsAnAlertOfTheDesk() {
    ready();
    insert(UUID.randomUUID(), "'WMT', 'STOCK', 'stock', null, null, 1, null, null, 'LIVE', 'who'");
    inbox.unread(10).forEach(row -> inbox.quarantine((InboxRow.Bad) row));
    assertThat(only().kind()).isEqualTo(AlertKind.FAILED_ROWS);
    assertThat(only().account()).isEmpty();
  }

  @Test
  void rowsFromBeforeAreCarriedOver() {
    Flyway.configure()
        .dataSource(address.jdbcUrl(), address.user(), address.password())
        .locations("classpath:org/positionmanager/ledger/migration")
        .defaultSchema("pm")
        .createSchemas(true)
        .table("position_manager_schema")
        .target("3")
        .load()
        .migrate();
    execute("insert into accounts (name, broker_account_number) values ('large', 'PA1LARGE')");
    PositionId id = position(LARGE);
    execute(
        """
        insert into positions (account, symbol, execution_id, phase, direction, strategy, held,
          exits_settled, realised, last_event, updated_at)
        values ('large', '%s', '%s', 'EXITING', 'LONG', 'SWING_TRADE', 1, 0, 0, 1, '%s')
        """
            .formatted(id.instrument().symbol(), id.execution(), AT));
    execute(
        """
        insert into alerts (account, key, severity, message, raised_at)
        values ('large', 'exit-refused/%1$s', 'CRITICAL', 'm', '%2$s'),
          (null, 'intake/%3$s', 'WARNING', 'm', '%2$s'), ('large', 'odd', 'INFO', 'm', '%2$s')
        """
            .formatted(id, AT, id.execution()));
    desk.migrate();
    desk.verify();
    alerts = new PostgresAlerts(desk);
    assertThat(alerts.open())
        .extracting(AlertRecord::kind)
        .containsExactly(AlertKind.EXIT_REFUSED, AlertKind.FAILED_ROWS, AlertKind.OTHER);
    assertThat(alerts.open())
        .extracting(AlertRecord::position)
        .containsExactly(Optional.of(id), Optional.empty(), Optional.empty());
    assertThat(alerts.open()).extracting(AlertRecord::firstSeen).containsOnly(AT);
    assertThat(value("select phase_since = '%s' from positions".formatted(AT))).contains("t");
  }

  @Test
  void anotherAccountsAlertsAndDeliveriesCannotBeSeen() {
    ready();
    alerts.raise(loss(LARGE, "l"));
    execute(
        "insert into alert_deliveries (alert, account, endpoint) select id, account, 'ops' from"
            + " alerts");
    assertThat(new PostgresAlerts(tiny).open()).isEmpty();
    assertThat(new PostgresAlerts(large).open()).hasSize(1);
    assertThat(count(tiny, "alert_deliveries")).isZero();
    assertThat(count(large, "alert_deliveries")).isOne();
    assertThatThrownBy(() -> new PostgresAlerts(tiny).raise(loss(LARGE, "not mine")))
        .hasMessageContaining("row-level security");
  }

  @Test
  void aLoginDeliversOnlyWhatTheAlertsOwnAccountIsTold() throws Exception {
    ready();
    alerts.raise(loss(LARGE, "l"));
    alerts.raise(loss(TINY, "t"));
    alerts.raise(
        new NewAlert(
            AlertKind.FAILED_ROWS,
            AlertKind.FAILED_ROWS.severity(),
            Optional.empty(),
            Optional.empty(),
            "intake/1",
            "a row failed"));
    LedgerLogins logins = new LedgerLogins(desk);
    logins.grant(login("tinys_deliverer"), LedgerLogins.Duty.WORKER, List.of(TINY));
    logins.grant(login("desks_deliverer"), LedgerLogins.Duty.INTAKE, List.of());
    try (LedgerDatabase worker = observed(LedgerDatabase.forDesk(as("tinys_deliverer"), 1));
        LedgerDatabase intake = observed(LedgerDatabase.forDesk(as("desks_deliverer"), 1))) {
      for (String foreign : List.of("account = 'large'", "account is null")) {
        assertThatThrownBy(() -> delivered(worker, foreign, "'tiny'"))
            .as(foreign)
            .hasMessageContaining("row-level security");
      }
      assertThatThrownBy(() -> delivered(intake, "account is null", "'tiny'"))
          .hasMessageContaining("row-level security");
      assertThatThrownBy(() -> delivered(intake, "account = 'tiny'", "null"))
          .hasMessageContaining("row-level security");
      assertThat(delivered(worker, "account = 'tiny'", "'tiny'")).isOne();
      assertThat(delivered(intake, "account is null", "null")).isOne();
      assertThat(delivered(intake, "account = 'large'", "'large'")).isOne();
      assertThatThrownBy(
              () ->
                  worker
                      .jdbi()
                      .useTransaction(
                          it ->
                              it.execute(
                                  "update alert_deliveries set alert = " + id("account is null"))))
          .hasMessageContaining("row-level security");
    }
  }

  private int delivered(LedgerDatabase by, String alert, String account) {
    String insert =
        "insert into alert_deliveries (alert, account, endpoint, delivered, delivered_at, severity)"
            + " values (%s, %s, 'ops', 1, now(), 'CRITICAL')";
    String statement = insert.formatted(id(alert), account);
    return by.jdbi().inTransaction(handle -> handle.execute(statement));
  }

  private String id(String alert) {
    return value("select id from alerts where " + alert).orElseThrow();
  }
}
