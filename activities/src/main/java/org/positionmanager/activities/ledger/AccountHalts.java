package org.positionmanager.activities.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.positionmanager.workflows.identity.AccountName;

/**
 * Accounts whose intake is halted: rows of {@code account_halts}, append-only, of which the last of
 * an account counts. What is open already is watched and closed by its rules all the same.
 */
public final class AccountHalts {
  private final LedgerDatabase database;

  /**
   * @param database of the desk, or of the account that is asked about
   */
  public AccountHalts(LedgerDatabase database) {
    this.database = database;
  }

  /** What was said about an account's intake. */
  public enum Type {
    HALTED,
    RESUMED
  }

  /**
   * One entry.
   *
   * @param number of the account's entries, from 1
   * @param who said so, for people
   * @param at by the ledger's clock
   */
  public record Entry(int number, Type type, String who, String reason, Instant at) {
    /** In words for people, to follow the account's name. */
    public String words() {
      return switch (type) {
        case HALTED -> "halted since %s by %s: %s".formatted(at, who, reason);
        case RESUMED -> "resumed at %s by %s: %s".formatted(at, who, reason);
      };
    }
  }

  /**
   * What a command came to.
   *
   * @param entry that counts now
   * @param changed false where the account was so already: nothing was written
   */
  public record Result(Entry entry, boolean changed) {}

  /** Why the account's intake is halted; empty where it is not. */
  public Optional<Entry> haltOf(AccountName account) {
    return database
        .jdbi()
        .inTransaction(handle -> last(handle, account))
        .filter(it -> it.type() == Type.HALTED);
  }

  /** All that was said, the oldest first. */
  public List<Entry> historyOf(AccountName account) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        select number, type, who, reason, at from account_halts
                        where account = :account order by number
                        """)
                    .bind("account", account.value())
                    .registerRowMapper(ConstructorMapper.factory(Entry.class))
                    .mapTo(Entry.class)
                    .list());
  }

  /** Halts the intake. Where it is halted already, the halt that there is stays. */
  public Result halt(AccountName account, String who, String reason) {
    return say(account, Type.HALTED, who, reason);
  }

  /**
   * Lets the intake take rows in again, those that waited first.
   *
   * @return {@code changed} false and the entry of the last resumption where it was not halted
   */
  public Result resume(AccountName account, String who, String reason) {
    return say(account, Type.RESUMED, who, reason);
  }

  private Result say(AccountName account, Type type, String who, String reason) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              // one at a time: who comes second finds what the first has written
              handle.execute(
                  "select pg_advisory_xact_lock(hashtext('pm_halt'), hashtext(?))",
                  account.value());
              Optional<Entry> last = last(handle, account);
              if (last.filter(it -> it.type() == type).isPresent()) {
                return new Result(last.get(), false);
              }
              if (last.isEmpty() && type == Type.RESUMED) {
                return new Result(
                    new Entry(0, Type.RESUMED, who, "it was never halted", now(handle)), false);
              }
              return new Result(write(handle, account, last, type, who, reason), true);
            });
  }

  private static Instant now(Handle handle) {
    return handle.createQuery("select now()").mapTo(Instant.class).one();
  }

  private static Entry write(
      Handle handle,
      AccountName account,
      Optional<Entry> last,
      Type type,
      String who,
      String reason) {
    return handle
        .createQuery(
            """
            insert into account_halts (account, number, type, who, reason)
            values (:account, :number, :type, :who, :reason)
            returning number, type, who, reason, at
            """)
        .bind("account", account.value())
        .bind("number", last.map(Entry::number).orElse(0) + 1)
        .bind("type", type.name())
        .bind("who", who)
        .bind("reason", reason)
        .registerRowMapper(ConstructorMapper.factory(Entry.class))
        .mapTo(Entry.class)
        .one();
  }

  private static Optional<Entry> last(Handle handle, AccountName account) {
    return handle
        .createQuery(
            """
            select number, type, who, reason, at from account_halts
            where account = :account order by number desc limit 1
            """)
        .bind("account", account.value())
        .registerRowMapper(ConstructorMapper.factory(Entry.class))
        .mapTo(Entry.class)
        .findOne();
  }
}
