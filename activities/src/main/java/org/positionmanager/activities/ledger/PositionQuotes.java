package org.positionmanager.activities.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.positionmanager.activities.watch.JudgedQuote;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.value.Price;

/** The quotes that positions were judged by, as far as they were recorded. */
public final class PositionQuotes {
  private final LedgerDatabase database;

  public PositionQuotes(LedgerDatabase database) {
    this.database = database;
  }

  /** Those of one position in the order in which they were seen; empty where none was recorded. */
  public List<KeptQuote> of(PositionId position) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                PositionRows.of(
                        position,
                        handle.createQuery(
                            """
                            select * from position_quotes
                            where account = :account and symbol = :symbol
                              and execution_id = :execution
                            order by seen_at, quoted_at, bid, ask
                            """))
                    .map((row, context) -> kept(row))
                    .list());
  }

  /**
   * Those of one position that were seen later than a moment, in their order.
   *
   * @param most at most so many, the oldest of them
   */
  static List<KeptQuote> after(Handle handle, PositionId position, Instant seen, int most) {
    return PositionRows.of(
            position,
            handle.createQuery(
                """
                select * from position_quotes
                where account = :account and symbol = :symbol and execution_id = :execution
                  and seen_at > :seen
                order by seen_at, quoted_at, bid, ask
                limit :most
                """))
        .bind("seen", seen)
        .bind("most", most)
        .map((row, context) -> kept(row))
        .list();
  }

  private static KeptQuote kept(ResultSet row) throws SQLException {
    return new KeptQuote(
        new SeenQuote(
            row.getTimestamp("seen_at").toInstant(),
            new Quote(
                new Price(row.getBigDecimal("bid")),
                new Price(row.getBigDecimal("ask")),
                row.getTimestamp("quoted_at").toInstant())),
        row.getInt("plan_version"),
        KeptQuote.Why.valueOf(row.getString("why")));
  }

  /** The same of one position. */
  static void write(Handle handle, PositionId position, Collection<KeptQuote> kept) {
    write(
        handle,
        position.account(),
        kept.stream().map(quote -> new JudgedQuote(position, quote)).toList());
  }

  /**
   * Adds what is not there yet, in one statement; the positions' own rows have to be there.
   *
   * @param quotes of positions of one account
   */
  static void write(Handle handle, AccountName account, Collection<JudgedQuote> quotes) {
    if (quotes.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            insert into position_quotes (account, symbol, execution_id, seen_at, quoted_at, bid,
              ask, plan_version, why)
            select :account, * from unnest(cast(:symbols as text[]), cast(:executions as uuid[]),
              cast(:seen as timestamptz[]), cast(:quoted as timestamptz[]),
              cast(:bids as numeric[]), cast(:asks as numeric[]), cast(:versions as int[]),
              cast(:whys as text[]))
            on conflict do nothing
            """)
        .bind("account", account.value())
        .bind("symbols", texts(quotes, it -> it.position().instrument().symbol()))
        .bind("executions", texts(quotes, it -> it.position().execution()))
        .bind("seen", texts(quotes, it -> it.kept().at()))
        .bind("quoted", texts(quotes, it -> it.kept().seen().quote().at()))
        .bind("bids", texts(quotes, it -> it.kept().seen().quote().bid()))
        .bind("asks", texts(quotes, it -> it.kept().seen().quote().ask()))
        .bind("versions", texts(quotes, it -> it.kept().planVersion()))
        .bind("whys", texts(quotes, it -> it.kept().why()))
        .execute();
  }

  private static String[] texts(
      Collection<JudgedQuote> quotes, Function<JudgedQuote, Object> column) {
    return quotes.stream().map(column).map(Object::toString).toArray(String[]::new);
  }
}
