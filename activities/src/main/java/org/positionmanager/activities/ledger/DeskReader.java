package org.positionmanager.activities.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.value.Money;

/** The desk as a whole, for people: accounts, rows that wait for a person. */
public final class DeskReader {
  private final LedgerDatabase database;

  public DeskReader(LedgerDatabase database) {
    this.database = database;
  }

  /**
   * An account with what is going on in it.
   *
   * @param open positions that are not final
   * @param alerts that nobody has resolved
   * @param notes what people wrote down of it
   * @param halt why its intake takes nothing in; empty where it does
   * @param realised of all closed positions together
   */
  public record AccountLine(
      AccountName name,
      List<String> aliases,
      String brokerNumber,
      boolean live,
      boolean active,
      Optional<String> notes,
      Instant registeredAt,
      int open,
      int closed,
      int alerts,
      Money realised,
      Optional<AccountHalts.Entry> halt) {
    public AccountLine {
      aliases = List.copyOf(aliases);
    }
  }

  /** Accounts by name, deactivated ones too. */
  public List<AccountLine> accounts() {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        select a.*,
                          array(select alias from account_aliases where account = a.name order by 1)
                            as aliases,
                          (select count(*) from positions p where p.account = a.name
                            and p.phase not in ('CLOSED', 'NEVER_OPENED')) as open_positions,
                          (select count(*) from positions p where p.account = a.name
                            and p.phase = 'CLOSED') as closed_positions,
                          (select count(*) from alerts l where l.account = a.name
                            and l.resolved_at is null) as open_alerts,
                          (select coalesce(sum(realised), 0) from position_history h
                            where h.account = a.name) as realised,
                          halt.number as halt_number, halt.type as halt_type, halt.who as halt_who,
                          halt.reason as halt_reason, halt.at as halt_at
                        from accounts a
                        left join lateral (select * from account_halts h where h.account = a.name
                          order by h.number desc limit 1) halt on halt.type = 'HALTED'
                        order by a.name
                        """)
                    .map(
                        (row, context) ->
                            new AccountLine(
                                new AccountName(row.getString("name")),
                                List.of((String[]) row.getArray("aliases").getArray()),
                                row.getString("broker_account_number"),
                                row.getBoolean("live"),
                                row.getBoolean("active"),
                                Optional.ofNullable(row.getString("notes")),
                                row.getTimestamp("registered_at").toInstant(),
                                row.getInt("open_positions"),
                                row.getInt("closed_positions"),
                                row.getInt("open_alerts"),
                                new Money(row.getBigDecimal("realised")),
                                halt(row)))
                    .list());
  }

  private static Optional<AccountHalts.Entry> halt(ResultSet row) throws SQLException {
    return row.getString("halt_type") == null
        ? Optional.empty()
        : Optional.of(
            new AccountHalts.Entry(
                row.getInt("halt_number"),
                AccountHalts.Type.valueOf(row.getString("halt_type")),
                row.getString("halt_who"),
                row.getString("halt_reason"),
                row.getTimestamp("halt_at").toInstant()));
  }

  /**
   * A dispatcher's row that was not taken in.
   *
   * @param field what is wrong with it; empty where it is good and its handling failed
   * @param fix what a person has to do; empty where it is tried again by itself
   */
  public record Quarantined(
      String executionId,
      Optional<String> accountName,
      Optional<String> field,
      String reason,
      Optional<String> fix) {}

  /** Rows that wait for a person or for another try, the newest first. */
  public List<Quarantined> quarantined(int atMost) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        select execution_id, account_name, field, reason, fix from intake_marks
                        where outcome not in ('TAKEN', 'MIGRATED') order by last_seen desc limit :limit
                        """)
                    .bind("limit", atMost)
                    .registerRowMapper(ConstructorMapper.factory(Quarantined.class))
                    .mapTo(Quarantined.class)
                    .list());
  }
}
