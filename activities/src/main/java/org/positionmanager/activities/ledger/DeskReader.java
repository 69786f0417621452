package org.positionmanager.activities.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.positionmanager.activities.alert.AccountLimits;
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
   * @param tier a word for people; empty where nobody gave one
   * @param limits by the worker that serves it; empty where none has told them yet
   * @param limited rows that wait for room in it
   * @param limitedBecause what keeps the oldest of them out, with the numbers
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
      Optional<AccountHalts.Entry> halt,
      Optional<AccountTier> tier,
      Optional<AccountLimits> limits,
      int limited,
      Optional<String> limitedBecause) {
    public AccountLine {
      aliases = List.copyOf(aliases);
    }

    /** Why rows of it wait, in words for people; "open" where none has to. */
    public String intake() {
      return halt.map(AccountHalts.Entry::words)
          .or(() -> limitedBecause.map(it -> "%d rows wait for room: %s".formatted(limited, it)))
          .orElse("open");
    }

    /** Whether rows of it wait. */
    public boolean keepsOut() {
      return halt.isPresent() || limited > 0;
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
                          halt.reason as halt_reason, halt.at as halt_at,
                          l.account is not null as limits_told, l.positions, l.notional,
                          l.contracts, l.daily_loss, l.rapid_positions, l.gate,
                          extract(epoch from l.rapid_within) as rapid_seconds,
                          (select count(*) from intake_marks m where m.account_name = a.name
                            and m.outcome = 'LIMITED') as limited,
                          (select reason from intake_marks m where m.account_name = a.name
                            and m.outcome = 'LIMITED'
                            order by m.announced_at, m.execution_id limit 1) as limited_because
                        from accounts a
                        left join account_limits l on l.account = a.name
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
                                halt(row),
                                Optional.ofNullable(row.getString("tier")).map(AccountTier::new),
                                row.getBoolean("limits_told")
                                    ? Optional.of(RegisteredLimits.read(row))
                                    : Optional.empty(),
                                row.getInt("limited"),
                                Optional.ofNullable(row.getString("limited_because"))))
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

  /**
   * Rows that wait for a person or for another try, the newest first; those that wait for room are
   * their {@linkplain AccountLine#limited account's}.
   */
  public List<Quarantined> quarantined(int atMost) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        select execution_id, account_name, field, reason, fix from intake_marks
                        where outcome not in ('TAKEN', 'MIGRATED', 'LIMITED')
                        order by last_seen desc limit :limit
                        """)
                    .bind("limit", atMost)
                    .registerRowMapper(ConstructorMapper.factory(Quarantined.class))
                    .mapTo(Quarantined.class)
                    .list());
  }
}
