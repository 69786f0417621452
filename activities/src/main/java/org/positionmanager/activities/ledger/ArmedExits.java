package org.positionmanager.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.positionmanager.activities.trading.WrongAccount;
import org.positionmanager.workflows.activity.ArmingActivities;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.watch.Acknowledgement;
import org.positionmanager.workflows.watch.ArmedExit;

/**
 * Permissions as the workflow gives them: rows of {@code armed_exits}, announced to the watch by
 * the database. Writes may be repeated, and a late one never replaces a newer.
 */
public final class ArmedExits implements ArmingActivities {
  /** Real time without a beat after which nobody holds a watch: its holder beats here each 2 s. */
  static final Duration WATCH_IS_GONE_AFTER = Duration.ofSeconds(10);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final LedgerDatabase database;
  private final AccountName account;
  private final ObjectMapper json = Payloads.mapper();

  /**
   * @param database opened for this account
   */
  public ArmedExits(LedgerDatabase database, AccountName account) {
    this.database = database;
    this.account = account;
  }

  @Override
  public Acknowledgement arm(ArmedExit armed, Duration patience) {
    return write(
        armed.position(),
        armed.arming(),
        Optional.of(armed.clientOrderId().toString()),
        Optional.of(text(armed)),
        Optional.empty(),
        patience);
  }

  @Override
  public Acknowledgement disarm(PositionId position, int arming, String why, Duration patience) {
    return write(position, arming, Optional.empty(), Optional.empty(), Optional.of(why), patience);
  }

  private Acknowledgement write(
      PositionId position,
      int arming,
      Optional<String> clientOrderId,
      Optional<String> content,
      Optional<String> why,
      Duration patience) {
    boolean isTold =
        read(
            position,
            handle ->
                write(handle, position, arming, clientOrderId, content, why) > 0
                    || isTold(handle, position, arming, content));
    if (!isTold) {
      throw ApplicationFailure.newNonRetryableFailure(
          "number %d of %s is used up for something else: it is told under the next one"
              .formatted(arming, position),
          "ARMING_USED_UP");
    }
    return await(position, arming, patience);
  }

  /** Whether exactly this is what was told last, under that number. */
  private static boolean isTold(
      Handle handle, PositionId position, int arming, Optional<String> content) {
    return PositionRows.of(
            position,
            handle.createQuery(
                """
                select arming = :arming and content is not distinct from cast(:content as jsonb)
                from armed_exits
                where account = :account and symbol = :symbol and execution_id = :execution
                """))
        .bind("arming", arming)
        .bind("content", content.orElse(null))
        .mapTo(Boolean.class)
        .one();
  }

  /** What was seen of other prices, as before a split, is not what the new ones are judged by. */
  private static int write(
      Handle handle,
      PositionId position,
      int arming,
      Optional<String> clientOrderId,
      Optional<String> content,
      Optional<String> why) {
    return PositionRows.of(
            position,
            handle.createUpdate(
                """
                        insert into armed_exits as a (account, symbol, execution_id, arming, armed,
                          client_order_id, content, why, peak_entry)
                        values (:account, :symbol, :execution, :arming, :armed, :clientOrderId,
                          cast(:content as jsonb), :why,
                          cast(cast(:content as jsonb) -> 'basis' ->> 'entry' as numeric))
                        on conflict (account, symbol, execution_id) do update set
                          arming = excluded.arming, armed = excluded.armed,
                          client_order_id = excluded.client_order_id, content = excluded.content,
                          why = excluded.why, changed_at = now(),
                          peak = case when a.peak_entry <> excluded.peak_entry then null
                            else a.peak end,
                          trough = case when a.peak_entry <> excluded.peak_entry then null
                            else a.trough end,
                          evaluated_at = case when a.peak_entry <> excluded.peak_entry then null
                            else a.evaluated_at end,
                          peak_entry = coalesce(excluded.peak_entry, a.peak_entry)
                        where a.arming < excluded.arming
                        """))
        .bind("arming", arming)
        .bind("armed", content.isPresent())
        .bind("clientOrderId", clientOrderId.orElse(null))
        .bind("content", content.orElse(null))
        .bind("why", why.orElse(null))
        .execute();
  }

  /** What the watch says within the patience; a look at the least. */
  private Acknowledgement await(PositionId position, int arming, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    Acknowledgement answer = acknowledgement(position, arming);
    while (answer == Acknowledgement.NOT_YET && System.nanoTime() < end) {
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return answer;
      }
      answer = acknowledgement(position, arming);
    }
    return answer;
  }

  private Acknowledgement acknowledgement(PositionId position, int arming) {
    return read(
        position,
        handle ->
            PositionRows.of(
                    position,
                    handle.createQuery(
                        """
                        select acknowledged >= :arming as told,
                          exists (select from watches w where w.account = a.account
                            and w.beat_at > now() - make_interval(secs => :gone)) as alive
                        from armed_exits a
                        where account = :account and symbol = :symbol and execution_id = :execution
                        """))
                .bind("arming", arming)
                .bind("gone", WATCH_IS_GONE_AFTER.toSeconds())
                .map(
                    (row, context) ->
                        !row.getBoolean("alive")
                            ? Acknowledgement.NO_WATCH
                            : row.getBoolean("told")
                                ? Acknowledgement.ACKNOWLEDGED
                                : Acknowledgement.NOT_YET)
                .one());
  }

  private String text(ArmedExit armed) {
    try {
      return json.writeValueAsString(armed);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + armed, e);
    }
  }

  private <T> T read(PositionId position, Function<Handle, T> work) {
    WrongAccount.refuse("position " + position, position.account(), account);
    try {
      return database.jdbi().inTransaction(work::apply);
    } catch (JdbiException failure) {
      throw LedgerFailure.of(failure);
    }
  }
}
