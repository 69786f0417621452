package org.positionmanager.activities.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.sync.Coverage;

/**
 * The coverage of every active account, also of those whose workers are gone: a proof that is older
 * than its bound proves nothing.
 */
public final class CoverageReader {
  /** Real time after which a proof is no proof any more: an uncovered account is told within it. */
  public static final Duration BOUND = Duration.ofSeconds(45);

  private final LedgerDatabase database;
  private final ObjectMapper json = Payloads.mapper();

  /**
   * @param database opened for the desk
   */
  public CoverageReader(LedgerDatabase database) {
    this.database = database;
  }

  /** By account; the database's clock decides what is too old. */
  public List<Coverage> all() {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        select a.name, c.*, now() as now,
                          c.proved_at is null
                            or c.proved_at < now() - make_interval(secs => :bound) as late,
                          (select count(*) from positions p where p.account = a.name
                            and p.phase not in ('CLOSED', 'NEVER_OPENED')) as still_open
                        from accounts a left join account_coverage c on c.account = a.name
                        where a.active order by a.name
                        """)
                    .bind("bound", BOUND.toSeconds())
                    .map((row, context) -> coverage(row))
                    .list());
  }

  private Coverage coverage(ResultSet row) throws SQLException {
    if (!row.getBoolean("late")) {
      return CoverageRows.read(row, json);
    }
    Optional<Instant> last = Columns.moment(row, "proved_at");
    return Coverage.withoutWorker(
        new AccountName(row.getString("name")),
        row.getTimestamp("now").toInstant(),
        row.getInt("still_open"),
        last.map(at -> "no worker has proved its coverage since " + at)
            .orElse("no worker has ever proved its coverage"));
  }
}
