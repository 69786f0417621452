package org.positionmanager.activities.ledger;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.alert.Alerts;
import org.positionmanager.activities.alert.NewAlert;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;

/** Alerts in table {@code alerts}. */
public final class PostgresAlerts implements Alerts {
  private static final String URGENT_FIRST =
      " order by " + AlertRows.rank("severity") + " desc, first_seen_at desc, id desc";

  private final LedgerDatabase database;

  /**
   * @param database opened for the desk, or for an account, whose alerts are then the only ones
   */
  public PostgresAlerts(LedgerDatabase database) {
    this.database = database;
  }

  @Override
  public void raise(NewAlert alert) {
    database.jdbi().useTransaction(handle -> AlertRows.raise(handle, alert));
  }

  @Override
  public void replace(AccountName account, Set<AlertKind> judged, List<NewAlert> now) {
    for (NewAlert alert : now) {
      if (!judged.contains(alert.kind()) || !alert.account().equals(Optional.of(account))) {
        throw new IllegalArgumentException(
            "alert %s is of no judged kind of account %s".formatted(alert, account));
      }
    }
    database
        .jdbi()
        .useTransaction(
            handle -> {
              AlertRows.resolveOthers(
                  handle, account, List.copyOf(judged), now.stream().map(NewAlert::key).toList());
              now.forEach(alert -> AlertRows.raise(handle, alert));
            });
  }

  @Override
  public boolean resolve(Optional<AccountName> account, String key) {
    return database.jdbi().inTransaction(handle -> AlertRows.resolve(handle, account, key));
  }

  @Override
  public List<AlertRecord> open() {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                    .createQuery("select * from alerts where resolved_at is null" + URGENT_FIRST)
                    .map(AlertRows.MAPPER)
                    .list());
  }

  @Override
  public List<AlertRecord> all(int atMost) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        select * from alerts
                        order by resolved_at desc nulls first, %s desc, first_seen_at desc, id desc
                        limit :limit
                        """
                            .formatted(AlertRows.rank("severity")))
                    .bind("limit", atMost)
                    .map(AlertRows.MAPPER)
                    .list());
  }

  @Override
  public List<AlertRecord> acknowledge(
      String idOrKey, Optional<AccountName> account, String by, Optional<String> note) {
    return database
        .jdbi()
        .inTransaction(handle -> acknowledged(handle, idOrKey, account, by, note));
  }

  private static List<AlertRecord> acknowledged(
      Handle handle,
      String idOrKey,
      Optional<AccountName> account,
      String by,
      Optional<String> note) {
    return handle
        .createQuery(
            """
            update alerts
            set acknowledged_at = now(), acknowledged_by = :by, acknowledge_note = :note
            where resolved_at is null and (id::text = :it or key = :it)
              and (cast(:account as text) is null or account = :account)
            returning *
            """)
        .bind("it", idOrKey)
        .bind("account", account.map(AccountName::value).orElse(null))
        .bind("by", by)
        .bind("note", note.orElse(null))
        .map(AlertRows.MAPPER)
        .list();
  }
}
