package org.positionmanager.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.positionmanager.activities.ledger.LedgerDatabase;

/**
 * The tables of the replaced system with what they had come to: 485 executions, 11,594 position
 * rows of which 8,851 are stuck in {@code closing}, 92,000 events, and three positions that are
 * really held. Times are of the morning on which the simulated exchange stands.
 */
final class OldTables {
  static final int EXECUTIONS = 485;
  static final int POSITIONS = 11_594;
  static final int STUCK = 8_851;
  static final int EVENTS = 92_000;
  static final String MSFT = "MSFT260220P00400000";
  static final String AMD = "AMD260220P00205000";

  private static final String LAYOUT =
      """
      create table if not exists dispatch_executions (execution_id uuid primary key,
        recommendation_id bigint, ticker text, instrument_type text default 'STOCK',
        strategy_type text, side text default 'long', option_symbol text,
        strike_price numeric(10, 2), premium_paid numeric(10, 2), expiration_date date,
        contracts int, entry_price numeric(18, 8), qty numeric(18, 8),
        stop_loss_price numeric(18, 8), take_profit_price numeric(18, 8), max_hold_minutes int,
        execution_mode text default 'SIMULATED', simulated_ts timestamptz default now());
      create table active_positions (id serial primary key, execution_id uuid, ticker text,
        instrument_type text, strategy_type text, side text, quantity numeric(12, 4),
        original_quantity int, entry_price numeric(12, 4), entry_time timestamp,
        strike_price numeric(12, 4), expiration_date date, option_symbol text,
        stop_loss numeric(12, 4), take_profit numeric(12, 4), max_hold_minutes int,
        last_checked_at timestamp, check_count int, status text, close_reason text,
        created_at timestamp, updated_at timestamp, closed_at timestamp,
        peak_price numeric(12, 4));
      create table position_events (id serial primary key,
        position_id int references active_positions, event_type text, event_data jsonb,
        created_at timestamp);
      create table position_history (id bigserial primary key, execution_id uuid, ticker text,
        instrument_type text, strategy_type text, side text, quantity numeric,
        entry_price numeric, exit_price numeric, entry_time timestamptz, exit_time timestamptz,
        pnl_dollars numeric, option_symbol text, exit_reason text, created_at timestamp);
      create table account_metadata (account_name text primary key, tier text,
        initial_balance numeric, created_at timestamp);
      insert into account_metadata values ('large-100k', 'large', 121000, '2026-01-02'),
        ('tiny-1k', 'tiny', 1000, '2026-01-02');
      """;

  /** Three that are held, six of large that tiny's manager wrote down too, and a long past. */
  private static final String EXECUTED =
      """
      create temporary table what as
      select n, ticker, kind, symbol, entry,
        case when n <= 9 then case n when 3 then 'tiny' else 'large' end
          when n % 97 = 0 then 'medium'
          else (array['large', 'tiny', 'large-100k', 'tiny-1k'])[1 + n % 4] end as account,
        case when n > 9 and n % 8 = 0 then 'SIMULATED' else 'ALPACA_PAPER' end as mode,
        case when n <= 3 then timestamptz '2026-02-11 14:50:00+00'
          else timestamptz '2026-01-05 15:00:00+00' + n * interval '1 hour' end as at,
        case when ticker = 'DE' then 40 else 1 end as quantity
      from (select n, case n when 1 then 1 when 2 then 2 when 3 then 3
          else 4 + n % 6 end as kind_of from generate_series(1, 485) n) it
      join (values (1, 'MSFT', 'PUT', 'MSFT260220P00400000', 9.00), (2, 'DE', 'STOCK', null, 622),
        (3, 'AMD', 'PUT', 'AMD260220P00205000', 10.50),
        (4, 'QCOM', 'PUT', 'QCOM260220P00145000', 5.20),
        (5, 'CRM', 'CALL', 'CRM260213C00200000', 6.05),
        (6, 'PFE', 'CALL', 'PFE260220C00027500', 0.30),
        (7, 'BAC', 'CALL', 'BAC260220C00056000', 1.10),
        (8, 'PG', 'CALL', 'PG260220C00160000', 2.10),
        (9, 'WMT', 'STOCK', null, 128)) kinds (of, ticker, kind, symbol, entry)
        on kinds.of = it.kind_of;
      insert into dispatch_executions (execution_id, ticker, instrument_type, strategy_type,
        option_symbol, contracts, qty, premium_paid, entry_price, stop_loss_price,
        take_profit_price, max_hold_minutes, execution_mode, simulated_ts)
      select md5('execution' || n)::uuid, ticker, kind,
        case kind when 'STOCK' then 'stock' else 'swing_trade' end, symbol,
        case when kind <> 'STOCK' then quantity end, quantity,
        case when kind <> 'STOCK' then entry end, case when kind = 'STOCK' then entry end,
        case when kind = 'STOCK' then entry * 0.9 else 90 end,
        case when kind = 'STOCK' then entry * 1.2 else 200 end, 360, mode, at
      from what;
      """;

  private static final String WRITTEN_DOWN =
      """
      insert into active_positions (execution_id, ticker, instrument_type, strategy_type, side,
        quantity, entry_price, entry_time, option_symbol, max_hold_minutes, last_checked_at,
        status, created_at, updated_at, peak_price, account_name)
      select md5('execution' || n)::uuid, ticker, kind,
        case kind when 'STOCK' then 'stock' else 'swing_trade' end,
        case kind when 'PUT' then 'put' else 'long' end, quantity, entry,
        at at time zone 'UTC' + interval '1 second', symbol, 360,
        timestamp '2026-02-11 14:58:00', status,
        at at time zone 'UTC', timestamp '2026-02-11 14:58:00',
        case n when 1 then 13.95 when 2 then 630 when 3 then 12 else entry end, written_by
      from (
        select w.*, 'open' as status, account as written_by, 0 as i from what w where n <= 3
        union all
        select w.*, 'closing', 'tiny', i
        from generate_series(1, %2$d) i join what w on w.n = 3 + i %% 7
        union all
        select w.*, case when i %% 50 = 0 then 'open' else 'closed' end, account, i
        from generate_series(1, %1$d - %2$d - 3) i join what w on w.n = 10 + i %% 476) it
      order by i, n;
      insert into position_history (execution_id, ticker, instrument_type, strategy_type, side,
        quantity, entry_price, exit_price, entry_time, exit_time, pnl_dollars, option_symbol,
        exit_reason)
      select md5('execution' || n)::uuid, ticker, kind,
        case kind when 'STOCK' then 'stock' else 'swing_trade' end, 'long', quantity, entry,
        round(entry * 1.1, 2), at, at + interval '2 hours',
        round(entry * 1.1, 2) - entry, symbol, 'trailing_stop hit'
      from what where n > 9 and n %% 3 <> 0;
      insert into position_events (position_id, event_type, event_data, created_at)
      select 1 + i %% %1$d, 'price_update', '{"price": 1.5}', timestamp '2026-02-11 14:00:00'
      from generate_series(1, %3$d) i;
      update active_positions set quantity = 'NaN' where id = (select max(id) from active_positions);
      """
          .formatted(POSITIONS, STUCK, EVENTS);

  private OldTables() {}

  /** Whose rows they are, as the old system spelt it. */
  static void create(LedgerDatabase.Address where) throws SQLException {
    try (Connection connection = connect(where);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(LAYOUT);
      statement.execute(
          "alter table dispatch_executions add column if not exists account_name varchar(50)");
      statement.execute("alter table active_positions add column account_name varchar(50)");
      statement.execute(EXECUTED);
      statement.execute(
          "update dispatch_executions set account_name = what.account from what"
              + " where execution_id = md5('execution' || n)::uuid");
      statement.execute(WRITTEN_DOWN);
      connection.commit();
    }
  }

  /** The layout from before there were accounts, with three executions, of which one is held. */
  static void createWithoutAccounts(LedgerDatabase.Address where) throws SQLException {
    try (Connection connection = connect(where);
        Statement statement = connection.createStatement()) {
      statement.execute(LAYOUT);
      statement.execute(EXECUTED);
      statement.execute(
          """
          delete from dispatch_executions where execution_id not in (
            md5('execution3')::uuid, md5('execution10')::uuid, md5('execution11')::uuid);
          alter table active_positions alter column execution_id type integer using null;
          insert into active_positions (execution_id, ticker, instrument_type, strategy_type, side,
            quantity, entry_price, entry_time, strike_price, expiration_date, status, updated_at)
          values (17, 'AMD', 'PUT', 'swing_trade', 'put', 1, 10.50, '2026-02-11 14:50:00', 205,
            '2026-02-20', 'open', '2026-02-11 14:58:00')
          """);
    }
  }

  /** The id of one of the executions. */
  static UUID execution(LedgerDatabase.Address where, int number) throws SQLException {
    return UUID.fromString(one(where, "select md5('execution%d')::uuid".formatted(number)));
  }

  /** Something that changes when anything in the tables does. */
  static List<String> fingerprints(LedgerDatabase.Address where) throws SQLException {
    return List.of(
        print(where, "dispatch_executions"),
        print(where, "active_positions"),
        print(where, "position_events"),
        print(where, "position_history"),
        print(where, "account_metadata"));
  }

  private static String print(LedgerDatabase.Address where, String table) throws SQLException {
    return one(
        where,
        "select count(*) || ' ' || sum(hashtext(row_to_json(t)::text)) from public.%s t"
            .formatted(table));
  }

  /** One value as text. */
  static String one(LedgerDatabase.Address where, String query) throws SQLException {
    try (Connection connection = connect(where);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Connection connect(LedgerDatabase.Address where) throws SQLException {
    return DriverManager.getConnection(where.jdbcUrl(), where.user(), where.password());
  }
}
