package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.activity.LedgerActivities.Recollection;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.sync.LedgerView;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What is taken over from another system's tables, in one transaction and once. */
class MigratedRowsTest extends LedgerOnPostgres {
  private static final Price ENTRY = Price.parse("4.80");
  private static final Price PEAK = Price.parse("7.10");
  private static final Instant OURS_SINCE = AT.plusSeconds(600);

  private MigratedRows migrated;

  @BeforeEach
  void setUpTheLedger() {
    migrated();
    migrated = new MigratedRows(desk);
  }

  private static MigratedRow row(
      String table, String id, PositionId position, MigratedRow.Kind kind, String content) {
    return new MigratedRow(
        new MigratedRow.Key(table, id),
        Optional.of(position.account()),
        Optional.of(position.instrument().symbol()),
        Optional.of(position.execution()),
        kind,
        "a tab\tand a line\nand a \\ in it",
        Optional.of(AT),
        content);
  }

  private static MigratedPosition.Open open(PositionId id) {
    EntryTerms terms = terms().takingOver(ENTRY, OURS_SINCE);
    return new MigratedPosition.Open(id, terms, Quantity.of(10), ENTRY, PEAK, AT, "taken over");
  }

  private static MigratedPosition.Closed closed(PositionId id, Instant closedAt) {
    return new MigratedPosition.Closed(
        id,
        terms(),
        ENTRY,
        List.of(fill("a", 6, "7.60", closedAt.minusSeconds(30)), fill("b", 4, "6.60", closedAt)),
        AT,
        ExitReason.TARGET,
        "closed before");
  }

  private static ClosingFill fill(String order, int quantity, String price, Instant at) {
    return new ClosingFill(
        new BrokerOrderId(order), "", Quantity.of(quantity), Price.parse(price), at);
  }

  private RowMigration.Written takeOver(PositionId open, PositionId closed) throws SQLException {
    try (RowMigration migration = migrated.begin("old", migrated.known("old"))) {
      migration.take(open(open));
      migration.take(closed(closed, AT.plusSeconds(60)));
      migration.keep(
          row(
              "dispatch_executions",
              open.execution().toString(),
              open,
              MigratedRow.Kind.WORKFLOW,
              "{\"note\": \"a \\\"quoted\\\" one\\n\"}"));
      migration.keep(
          row(
              "dispatch_executions",
              closed.execution().toString(),
              closed,
              MigratedRow.Kind.CLOSED_BEFORE,
              "{}"));
      migration.keep(row("active_positions", "7", open, MigratedRow.Kind.WORKFLOW, "{}"));
      migration.keep(row("position_events", "1", open, MigratedRow.Kind.KEPT, "{}"));
      return migration.commit();
    }
  }

  @Test
  @DisplayName("incident 11: an open position is recalled with the peak and the entry that it had")
  void anOpenPositionIsRecalledWithItsPeak() throws SQLException {
    PositionId open = position(LARGE);
    RowMigration.Written written = takeOver(open, position(TINY));

    assertThat(written).isEqualTo(new RowMigration.Written(4, 1, 1, 2, 0));
    Recollection recalled = new PostgresLedger(large, LARGE).recall(open).orElseThrow();
    assertThat(recalled.phase()).isEqualTo(Phase.AWAITING_ENTRY);
    assertThat(recalled.peak()).contains(PEAK);
    assertThat(recalled.entered().orElseThrow().at()).isEqualTo(AT);
    assertThat(recalled.entered().orElseThrow().opened()).isEqualTo(Quantity.of(10));
    assertThat(migrated.open("old"))
        .singleElement()
        .isEqualTo(PositionState.announced(open, terms().takingOver(ENTRY, OURS_SINCE)));
    assertThat(migrated.open("another")).isEmpty();
    assertThat(
            value(
                "select content ->> 'note' from migrated_rows where jsonb_exists(content, 'note')"))
        .contains("a \"quoted\" one\n");
    assertThat(value("select distinct cause from migrated_rows"))
        .contains("a tab\tand a line\nand a \\ in it");
  }

  @Test
  void aClosedPositionIsSeenWithItsProfitAndIsNoNews() throws SQLException {
    PositionId closed = position(TINY);
    takeOver(position(LARGE), closed);

    PositionRecord record = new PositionRecords(desk).find(closed).orElseThrow();
    assertThat(record.phase()).isEqualTo(Phase.CLOSED);
    assertThat(record.realised()).isEqualTo(Money.parse("2400"));
    assertThat(record.reason()).contains(ExitReason.TARGET);
    assertThat(record.averageExit()).contains(Price.parse("7.2"));
    assertThat(record.updatedAt()).isEqualTo(AT.plusSeconds(60));
    assertThat(
            value(
                "select string_agg(type || ' ' || coalesce(details ->> 'quantity', ''), ', '"
                    + " order by sequence) from position_events where symbol = '"
                    + closed.instrument().symbol()
                    + "' and account = 'tiny'"))
        .contains("CLOSED_ELSEWHERE 6, CLOSED_ELSEWHERE 4, CLOSED ");
    assertThat(value("select count(*) from positions where recorded_at > now() - interval '1 day'"))
        .contains("0");
  }

  @Test
  @DisplayName("incident 17: a sync sees since when what was taken over is looked after here")
  void aSyncSeesSinceWhenItIsOurs() throws SQLException {
    PositionId open = position(LARGE);
    PositionId closed = position(LARGE);
    Instant closedAt = Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
    try (RowMigration migration = migrated.begin("old", migrated.known("old"))) {
      migration.take(open(open));
      migration.take(closed(closed, closedAt));
      migration.keep(row("active_positions", "7", open, MigratedRow.Kind.WORKFLOW, "{}"));
      migration.commit();
    }
    LedgerView rows = new SyncLedger(large, LARGE, InstantSource.system()).positions();
    assertThat(rows.row(open).orElseThrow().ourSince()).contains(OURS_SINCE);
    LedgerView.Row over = rows.row(closed).orElseThrow();
    assertThat(over.ourSince()).isEmpty();
    assertThat(over.trackedSince()).as("it is no news").isEqualTo(closedAt);
    assertThat(over.booked()).containsOnlyKeys("a", "b");
  }

  @Test
  void ofWhatIsLeftOfAPositionNoMoreIsBegunAnew() throws SQLException {
    PositionId open = position(LARGE);
    takeOver(open, position(TINY));
    execute("update positions set held = 4 where phase = 'AWAITING_ENTRY'");
    assertThat(migrated.open("old").getFirst().terms().quantity()).isEqualTo(Quantity.of(4));
    execute("update positions set held = 0 where phase = 'AWAITING_ENTRY'");
    assertThat(migrated.open("old")).isEmpty();
  }

  @Test
  void aSecondTimeChangesNothing() throws SQLException {
    PositionId open = position(LARGE);
    PositionId closed = position(TINY);
    takeOver(open, closed);
    execute("update positions set peak = 9 where phase = 'AWAITING_ENTRY'");

    RowMigration.Written again = takeOver(open, closed);

    assertThat(again.isNothing()).isTrue();
    assertThat(value("select peak from positions where phase = 'AWAITING_ENTRY'")).contains("9");
    assertThat(count(desk, "migrated_rows")).isEqualTo(4);
    assertThat(migrated.known("old").rows()).as("events are not asked about again").hasSize(3);
  }

  @Test
  void aRowThatCouldNotBeReadMayBecomeSomethingOnceItIsMended() throws SQLException {
    PositionId open = position(LARGE);
    String execution = open.execution().toString();
    for (MigratedRow.Kind kind : List.of(MigratedRow.Kind.UNREADABLE, MigratedRow.Kind.WORKFLOW)) {
      try (RowMigration migration = migrated.begin("old", migrated.known("old"))) {
        migration.keep(row("dispatch_executions", execution, open, kind, "{}"));
        migration.commit();
      }
    }
    assertThat(value("select outcome || ' ' || position_id from intake_marks"))
        .contains("TAKEN " + open);
    assertThat(count(desk, "migrated_rows")).isEqualTo(2);
  }

  @Test
  void whatIsNotCommittedLeavesNothing() throws SQLException {
    PositionId open = position(LARGE);
    try (RowMigration migration = migrated.begin("old", migrated.known("old"))) {
      migration.take(open(open));
      migration.keep(row("active_positions", "7", open, MigratedRow.Kind.WORKFLOW, "{}"));
    }
    assertThat(count(desk, "positions")).isZero();
    assertThat(count(desk, "migrated_rows")).isZero();
  }

  @Test
  void whoComesSecondIsToldThatAnotherCameFirst() throws SQLException {
    MigratedRows.Known before = migrated.known("old");
    takeOver(position(LARGE), position(TINY));
    assertThatThrownBy(() -> migrated.begin("old", before))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another migration from old ended meanwhile");
  }

  @Test
  @DisplayName("incident 1: another account's identity sees none of an account's rows")
  void anotherAccountSeesNothing() throws SQLException {
    takeOver(position(LARGE), position(LARGE));
    assertThat(count(large, "migrated_rows")).isEqualTo(4);
    assertThat(count(tiny, "migrated_rows")).isZero();
  }

  @Test
  void keptRowsCannotBeChangedByAnybody() throws SQLException {
    takeOver(position(LARGE), position(TINY));
    assertThatThrownBy(() -> execute("update migrated_rows set cause = 'x'"))
        .hasMessageContaining("append-only");
    assertThatThrownBy(() -> execute("truncate migrated_rows")).hasMessageContaining("append-only");
    assertThatThrownBy(
            () -> large.jdbi().useHandle(handle -> handle.execute("delete from migrated_rows")))
        .hasMessageContaining("permission denied");
  }

  @Test
  @DisplayName("incident 1: an old execution in the ledger's own database is never taken in as new")
  void theIntakeLeavesOldExecutionsAlone() throws SQLException {
    UUID old = UUID.randomUUID();
    UUID quarantined = UUID.randomUUID();
    String good = "'DE', 'STOCK', 'stock', null, null, 40, 600, 640, 'ALPACA_PAPER', 'large'";
    insert(old, good);
    insert(quarantined, good.replace("'stock'", "'yolo'"));
    inbox.unread(10).stream()
        .filter(InboxRow.Bad.class::isInstance)
        .forEach(row -> inbox.quarantine((InboxRow.Bad) row));
    assertThat(inbox.unread(10)).hasSize(1);

    try (RowMigration migration = migrated.begin("old", migrated.known("old"))) {
      for (UUID each : List.of(old, quarantined)) {
        migration.keep(
            row(
                "dispatch_executions",
                each.toString(),
                position(LARGE),
                MigratedRow.Kind.NOT_HELD,
                "{}"));
      }
      assertThat(migration.commit().marked()).isEqualTo(2);
    }

    assertThat(inbox.unread(10)).isEmpty();
    execute("update dispatch_executions set contracts = 3, strategy_type = 'stock'");
    assertThat(inbox.unread(10)).as("not even when it was changed").isEmpty();
    assertThat(new DeskReader(desk).quarantined(10)).isEmpty();
    assertThat(value("select count(*) from alerts where resolved_at is null")).contains("0");
    insert(UUID.randomUUID(), good);
    assertThat(inbox.unread(10)).as("a new one is taken in").hasSize(1);
  }

  @Test
  void whatTheIntakeHasFoundWrongStaysTold() throws SQLException {
    UUID bad = UUID.randomUUID();
    insert(bad, "'DE', 'STOCK', 'yolo', null, null, 40, 600, 640, 'ALPACA_PAPER', 'large'");
    inbox.quarantine((InboxRow.Bad) inbox.unread(10).getFirst());
    try (RowMigration migration = migrated.begin("old", migrated.known("old"))) {
      migration.keep(
          row(
              "dispatch_executions",
              bad.toString(),
              position(LARGE),
              MigratedRow.Kind.UNREADABLE,
              "{}"));
      assertThat(migration.commit().marked()).isZero();
    }
    assertThat(value("select count(*) from alerts where resolved_at is null")).contains("1");
    execute("update dispatch_executions set strategy_type = 'stock'");
    assertThat(inbox.unread(10)).as("once it is mended").hasSize(1);
  }

  @Test
  void anExecutionThatIsHeldBackWaitsForAnotherRunAndNotForTheIntake() throws SQLException {
    UUID unsure = UUID.randomUUID();
    insert(unsure, "'DE', 'STOCK', 'stock', null, null, 40, 600, 640, 'ALPACA_PAPER', 'large'");
    for (int marked : new int[] {1, 0}) {
      try (RowMigration migration = migrated.begin("old", migrated.known("old"))) {
        migration.holdBack(unsure.toString(), "the broker does not answer");
        assertThat(migration.commit().marked()).isEqualTo(marked);
      }
    }
    assertThat(inbox.unread(10)).isEmpty();
    assertThat(migrated.known("old").rows()).isEmpty();

    for (int released : new int[] {1, 0}) {
      try (RowMigration migration = migrated.begin("old", migrated.known("old"))) {
        migration.letGo(unsure.toString());
        RowMigration.Written written = migration.commit();
        assertThat(written.released()).isEqualTo(released);
        assertThat(written.isNothing()).isEqualTo(released == 0);
      }
    }
    assertThat(inbox.unread(10)).as("once it is left to the intake").hasSize(1);
  }

  @Test
  void whatTheIntakeHadHaltedIsGivenBackOnceItIsLeftToTheIntake() throws SQLException {
    UUID heldBack = UUID.randomUUID();
    UUID kept = UUID.randomUUID();
    for (UUID each : List.of(heldBack, kept)) {
      insert(each, "'DE', 'STOCK', 'stock', null, null, 40, 600, 640, 'ALPACA_PAPER', 'large'");
      execute(
          "insert into intake_marks (execution_id, outcome, reason, account_name, fingerprint) values ('%s', 'HALTED', 'halted', 'large', 'x')"
              .formatted(each));
    }
    try (RowMigration migration = migrated.begin("old", migrated.known("old"))) {
      migration.holdBack(heldBack.toString(), "the broker does not answer");
      migration.keep(
          row(
              "dispatch_executions",
              kept.toString(),
              position(LARGE),
              MigratedRow.Kind.NOT_HELD,
              "{}"));
      assertThat(migration.commit().marked()).isEqualTo(2);
    }
    assertThat(value("select string_agg(distinct fingerprint, ',') from intake_marks"))
        .contains("migrated");
    try (RowMigration migration = migrated.begin("old", migrated.known("old"))) {
      migration.letGo(heldBack.toString());
      assertThat(migration.commit().released()).isEqualTo(1);
    }
    assertThat(inbox.unread(10)).hasSize(1);
  }

  @Test
  void whatTheIntakeHasTakenStaysTakenThoughItIsLeftToTheIntake() throws SQLException {
    PositionId taken = position(LARGE);
    execute(
        "insert into intake_marks (execution_id, outcome, position_id, fingerprint) values ('%s', 'TAKEN', '%s', 'x')"
            .formatted(taken.execution(), taken));
    try (RowMigration migration = migrated.begin("old", migrated.known("old"))) {
      migration.letGo(taken.execution().toString());
      assertThat(migration.commit().released()).isZero();
    }
    assertThat(value("select outcome from intake_marks")).contains("TAKEN");
  }

  @Test
  void rowsOfAnAccountThatIsNotRegisteredAreKeptWithoutIt() throws SQLException {
    PositionId strange = position(new AccountName("medium"));
    try (RowMigration migration = migrated.begin("old", migrated.known("old"))) {
      migration.keep(row("active_positions", "7", strange, MigratedRow.Kind.ACCOUNT_UNKNOWN, "{}"));
      migration.commit();
    }
    assertThat(value("select coalesce(account, 'none') from migrated_rows")).contains("none");
  }

  @Test
  void aLedgerThatIsNotSetUpKnowsNothing() {
    execute("drop schema pm cascade");
    assertThat(migrated.isSetUp()).isFalse();
    assertThat(migrated.known("old")).isEqualTo(MigratedRows.Known.nothing());
  }
}
