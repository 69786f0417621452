package org.positionmanager.activities.ledger;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.positionmanager.workflows.flatten.FlattenRequest;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.plan.Strategy;

/**
 * Flattens that were begun: rows of {@code flattens}, kept by the flatten itself from its beginning
 * to its end, so that one which the engine has lost can be begun again.
 */
public final class FlattenRequests {
  private final LedgerDatabase database;

  /**
   * @param database of the desk, or of the account that is asked about
   */
  public FlattenRequests(LedgerDatabase database) {
    this.database = database;
  }

  /**
   * A request that has not ended.
   *
   * @param stopped whether its workflow was found stopped by hand
   */
  public record Pending(FlattenRequest request, boolean stopped) {}

  /**
   * What was asked for and has not ended, in the order in which it was. What somebody has resumed
   * the account's intake after was given up.
   */
  public List<Pending> pending(AccountName account) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        select request, who, reason, strategy, stopped_at is not null as stopped
                        from flattens f
                        where account = :account and ended_at is null
                          and not exists (select from account_halts h where h.account = f.account
                            and h.type = 'RESUMED' and h.at > f.asked_at)
                        order by asked_at, request
                        """)
                    .bind("account", account.value())
                    .map(
                        (row, context) ->
                            new Pending(
                                new FlattenRequest(
                                    row.getString("request"),
                                    row.getString("who"),
                                    row.getString("reason"),
                                    Optional.ofNullable(row.getString("strategy"))
                                        .map(Strategy::valueOf)),
                                row.getBoolean("stopped")))
                    .list());
  }

  /** Keeps requests that are carried out now; repeating it changes nothing. */
  void keep(AccountName account, List<FlattenRequest> requests) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              PreparedBatch batch =
                  handle.prepareBatch(
                      """
                      insert into flattens as f (account, request, who, reason, strategy)
                      values (:account, :request, :who, :reason, :strategy)
                      on conflict (account, request) do update set stopped_at = null
                      where f.stopped_at is not null
                      """);
              for (FlattenRequest request : requests) {
                batch
                    .bind("account", account.value())
                    .bind("request", request.id())
                    .bind("who", request.by())
                    .bind("reason", request.reason())
                    .bind("strategy", request.strategy().map(Enum::name).orElse(null))
                    .add();
              }
              batch.execute();
            });
  }

  /**
   * They have ended: nothing of what they were for is left. So has what was asked for before any of
   * them and is a part of it, such as one that was stopped by hand.
   */
  void ended(AccountName account, List<String> requests) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              PreparedBatch batch =
                  handle.prepareBatch(
                      """
                      update flattens f set ended_at = now()
                      from flattens done
                      where done.account = :account and done.request = :request
                        and f.account = done.account and f.ended_at is null
                        and (f.request = done.request
                          or f.asked_at <= done.asked_at
                            and (done.strategy is null or done.strategy = f.strategy))
                      """);
              requests.forEach(
                  request -> batch.bind("account", account.value()).bind("request", request).add());
              batch.execute();
            });
  }

  /** Whoever carried it out was stopped by hand: only a person lets it go on. */
  public void stopped(AccountName account) {
    database
        .jdbi()
        .useTransaction(
            handle ->
                handle
                    .createUpdate(
                        """
                        update flattens set stopped_at = now()
                        where account = :account and ended_at is null and stopped_at is null
                        """)
                    .bind("account", account.value())
                    .execute());
  }
}
