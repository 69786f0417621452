package org.positionmanager.activities.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.positionmanager.activities.broker.AccountFunds;
import org.positionmanager.activities.broker.HoldingValue;
import org.positionmanager.activities.standing.AccountStanding;
import org.positionmanager.activities.standing.OpenRisk;
import org.positionmanager.activities.standing.StandingTaker;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;

/** One account's rows of {@code account_snapshots}. */
public final class StandingLedger implements StandingTaker.Kept {
  /** How long a row is kept, exchange time. */
  public static final Duration KEPT = Duration.ofDays(400);

  private final LedgerDatabase database;
  private final AccountName account;

  /**
   * @param database opened for this account
   */
  public StandingLedger(LedgerDatabase database, AccountName account) {
    this.database = database;
    this.account = account;
  }

  @Override
  public Optional<AccountStanding> newest(Instant upTo) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        select * from account_snapshots where account = :account and at <= :upTo
                        order by at desc limit 1
                        """)
                    .bind("account", account.value())
                    .bind("upTo", upTo)
                    .map((row, context) -> read(row))
                    .findOne());
  }

  @Override
  public AccountStanding keep(MarketMoment market, AccountFunds funds, List<HoldingValue> values) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              AccountStanding standing = standing(handle, market, funds, values);
              write(handle, standing);
              handle
                  .createUpdate(
                      "delete from account_snapshots where account = :account and at < :before")
                  .bind("account", account.value())
                  .bind("before", market.now().minus(KEPT))
                  .execute();
              return standing;
            });
  }

  private AccountStanding standing(
      Handle handle, MarketMoment market, AccountFunds funds, List<HoldingValue> values) {
    Instant day = DayProfit.day(market);
    List<OpenRisk.Position> open = OpenRows.read(handle, account);
    Map<Instrument, Price> prices =
        values.stream()
            .filter(value -> value.price().isPresent())
            .collect(
                Collectors.toMap(
                    HoldingValue::instrument, value -> value.price().get(), (one, other) -> one));
    return new AccountStanding(
        account,
        market.now(),
        handle.createQuery("select now()").mapTo(Instant.class).one(),
        funds,
        OpenRisk.of(open, prices, market.now()),
        DayProfit.realised(handle, account, day),
        AccountStanding.unrealisedOf(values),
        counts(handle, open, day));
  }

  private AccountStanding.Counts counts(Handle handle, List<OpenRisk.Position> open, Instant day) {
    Map<Phase, Long> phases =
        open.stream()
            .collect(Collectors.groupingBy(OpenRisk.Position::phase, Collectors.counting()));
    Function<Phase, Integer> in = phase -> phases.getOrDefault(phase, 0L).intValue();
    return handle
        .createQuery(
            """
            select
              (select count(*) from position_history
                where account = :account and closed_at >= :day) as closed,
              (select count(*) from alerts
                where account = :account and resolved_at is null) as alerts
            """)
        .bind("account", account.value())
        .bind("day", day)
        .map(
            (row, context) ->
                new AccountStanding.Counts(
                    in.apply(Phase.AWAITING_ENTRY),
                    in.apply(Phase.PROTECTED),
                    in.apply(Phase.EXITING),
                    row.getInt("closed"),
                    row.getInt("alerts")))
        .one();
  }

  /** Two processes may look in the same moment: one of their rows is enough. */
  private static void write(Handle handle, AccountStanding standing) {
    handle
        .createUpdate(
            """
            insert into account_snapshots (account, at, recorded_at, equity, last_equity, cash,
              buying_power, long_value, short_value, open_risk, unknown_risk, realised, unrealised,
              awaiting, open, closing, closed_today, alerts)
            values (:account, :at, :recordedAt, :equity, :lastEquity, :cash, :buyingPower,
              :longValue, :shortValue, :openRisk, :unknownRisk, :realised, :unrealised, :awaiting,
              :open, :closing, :closedToday, :alerts)
            on conflict do nothing
            """)
        .bind("account", standing.account().value())
        .bind("at", standing.at())
        .bind("recordedAt", standing.recordedAt())
        .bind("equity", standing.funds().equity().amount())
        .bind("lastEquity", standing.funds().lastEquity().amount())
        .bind("cash", standing.funds().cash().amount())
        .bind("buyingPower", standing.funds().buyingPower().amount())
        .bind("longValue", standing.funds().longValue().amount())
        .bind("shortValue", standing.funds().shortValue().amount())
        .bind("openRisk", standing.risk().amount().amount())
        .bind("unknownRisk", standing.risk().unknown())
        .bind("realised", standing.realised().amount())
        .bind("unrealised", standing.unrealised().map(Money::amount).orElse(null))
        .bind("awaiting", standing.counts().awaiting())
        .bind("open", standing.counts().open())
        .bind("closing", standing.counts().closing())
        .bind("closedToday", standing.counts().closedToday())
        .bind("alerts", standing.counts().alerts())
        .execute();
  }

  /** A row of the table. */
  static AccountStanding read(ResultSet row) throws SQLException {
    return new AccountStanding(
        new AccountName(row.getString("account")),
        row.getTimestamp("at").toInstant(),
        row.getTimestamp("recorded_at").toInstant(),
        new AccountFunds(
            Columns.money(row, "equity"),
            Columns.money(row, "last_equity"),
            Columns.money(row, "cash"),
            Columns.money(row, "buying_power"),
            Columns.money(row, "long_value"),
            Columns.money(row, "short_value")),
        new OpenRisk.Total(Columns.money(row, "open_risk"), row.getInt("unknown_risk")),
        Columns.money(row, "realised"),
        Optional.ofNullable(row.getBigDecimal("unrealised")).map(Money::new),
        new AccountStanding.Counts(
            row.getInt("awaiting"),
            row.getInt("open"),
            row.getInt("closing"),
            row.getInt("closed_today"),
            row.getInt("alerts")));
  }
}
