package org.positionmanager.activities.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.alert.AlertRecord.Acknowledged;
import org.positionmanager.activities.alert.NewAlert;
import org.positionmanager.workflows.activity.LedgerActivities.Alert.Severity;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;

/** Rows of {@code alerts}: one open per account and key. */
final class AlertRows {
  /** How urgent a severity is, to compare two by. */
  private static final String RANK = "array_position(array['INFO', 'WARNING', 'CRITICAL'], %s)";

  static final RowMapper<AlertRecord> MAPPER = (row, context) -> read(row);

  private AlertRows() {}

  /** How urgent the severity of a column is, as SQL. */
  static String rank(String column) {
    return RANK.formatted(column);
  }

  /** Opens it, or counts the one that is open; by the ledger's clock. */
  static void raise(Handle handle, NewAlert alert) {
    write(handle, alert, "now()", Optional.empty());
  }

  /**
   * Opens it, or counts the one that is open.
   *
   * @param at exchange time, where a simulated exchange's day is not today
   */
  static void raise(Handle handle, NewAlert alert, Instant at) {
    write(handle, alert, ":at", Optional.of(at));
  }

  private static void write(Handle handle, NewAlert alert, String at, Optional<Instant> raisedAt) {
    String kept = rank("excluded.severity") + " <= " + rank("a.severity");
    String statement =
        """
        insert into alerts as a (account, key, kind, position, severity, message, raised_at)
        values (:account, :key, :kind, :position, :severity, :message, %1$s)
        on conflict (coalesce(account, ''), key) where resolved_at is null do update set
          severity = excluded.severity, message = excluded.message, kind = excluded.kind,
          position = excluded.position, last_seen_at = now(), seen = a.seen + 1,
          acknowledged_at = case when %2$s then a.acknowledged_at end,
          acknowledged_by = case when %2$s then a.acknowledged_by end,
          acknowledge_note = case when %2$s then a.acknowledge_note end
        """
            .formatted(at, kept);
    var update =
        handle
            .createUpdate(statement)
            .bind("account", alert.account().map(AccountName::value).orElse(null))
            .bind("key", alert.key())
            .bind("kind", alert.kind().name())
            .bind("position", alert.position().map(PositionId::toString).orElse(null))
            .bind("severity", alert.severity().name())
            .bind("message", alert.message());
    raisedAt.ifPresent(moment -> update.bind("at", moment));
    update.execute();
  }

  /** Whether one is open. */
  static boolean isOpen(Handle handle, AccountName account, String key) {
    return handle
        .createQuery(
            """
            select exists (select 1 from alerts
              where account = :account and key = :key and resolved_at is null)
            """)
        .bind("account", account.value())
        .bind("key", key)
        .mapTo(Boolean.class)
        .one();
  }

  /** Ends it; returns whether one was open. */
  static boolean resolve(Handle handle, Optional<AccountName> account, String key) {
    return handle
            .createUpdate(
                """
                update alerts set resolved_at = now()
                where coalesce(account, '') = :account and key = :key and resolved_at is null
                """)
            .bind("account", account.map(AccountName::value).orElse(""))
            .bind("key", key)
            .execute()
        > 0;
  }

  /** Ends an account's open alerts of some kinds, but for those with these keys. */
  static void resolveOthers(
      Handle handle, AccountName account, List<AlertKind> kinds, List<String> keys) {
    handle
        .createUpdate(
            """
            update alerts set resolved_at = now()
            where account = :account and resolved_at is null and kind = any(:kinds)
              and key <> all(:keys)
            """)
        .bind("account", account.value())
        .bind("kinds", kinds.stream().map(Enum::name).toArray(String[]::new))
        .bind("keys", keys.toArray(String[]::new))
        .execute();
  }

  private static AlertRecord read(ResultSet row) throws SQLException {
    Optional<Instant> acknowledgedAt = Columns.moment(row, "acknowledged_at");
    String by = row.getString("acknowledged_by");
    Optional<String> note = Optional.ofNullable(row.getString("acknowledge_note"));
    return new AlertRecord(
        row.getLong("id"),
        AlertKind.valueOf(row.getString("kind")),
        Severity.valueOf(row.getString("severity")),
        Optional.ofNullable(row.getString("account")).map(AccountName::new),
        Optional.ofNullable(row.getString("position")).map(PositionId::parse),
        row.getString("key"),
        row.getString("message"),
        row.getTimestamp("first_seen_at").toInstant(),
        row.getTimestamp("last_seen_at").toInstant(),
        row.getLong("seen"),
        acknowledgedAt.map(at -> new Acknowledged(at, by, note)),
        Columns.moment(row, "resolved_at"));
  }
}
