package org.positionmanager.activities.ledger;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.positionmanager.activities.alert.delivery.Deliveries;
import org.positionmanager.activities.alert.delivery.Due;
import org.positionmanager.activities.alert.delivery.Endpoint;
import org.positionmanager.workflows.activity.LedgerActivities.Alert.Severity;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;

/** Deliveries in table {@code alert_deliveries}, timed by the ledger's clock. */
public final class PostgresDeliveries implements Deliveries {
  /**
   * Another process that found the same alert due takes it only where nothing has become of it
   * meanwhile.
   */
  private static final String TAKE =
      """
      with due as (
        select a.id, a.account, d.delivered, d.delivered_at, d.severity, d.attempts
        from alerts a left join alert_deliveries d on d.alert = a.id and d.endpoint = :endpoint
        where a.resolved_at is null and a.acknowledged_at is null
          and (:anyKind or a.kind = any(:kinds))
          and a.severity = any(:severities)
          and (:anyAccount or a.account = any(:accounts))
          and (d.delivered_at is null or %1$s > %2$s
            or d.delivered_at <= now() - make_interval(secs => :repeat))
          and coalesce(d.next_try <= now(), true)
          and coalesce(d.taken_until <= now(), true)
        order by %1$s desc, a.first_seen_at, a.id limit :limit
      ), taken as (
        insert into alert_deliveries as d (alert, account, endpoint, delivered, delivered_at,
          severity, attempts, taken_until)
        select id, account, :endpoint, coalesce(delivered, 0), delivered_at, severity,
          coalesce(attempts, 0), now() + make_interval(secs => :inHand)
        from due
        on conflict (alert, endpoint) do update set taken_until = excluded.taken_until
        where coalesce(d.taken_until <= now(), true)
          and (d.delivered, d.attempts) = (excluded.delivered, excluded.attempts)
        returning d.alert, d.delivered, d.attempts
      )
      select a.*, t.delivered, t.attempts from taken t join alerts a on a.id = t.alert
      order by %1$s desc, a.first_seen_at, a.id
      """
          .formatted(AlertRows.rank("a.severity"), AlertRows.rank("d.severity"));

  private final LedgerDatabase database;

  /**
   * @param database opened for the desk
   */
  public PostgresDeliveries(LedgerDatabase database) {
    this.database = database;
  }

  @Override
  public List<Due> take(Endpoint endpoint, Duration repeatEvery, Duration forAsLong, int atMost) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                    .createQuery(TAKE)
                    .bind("endpoint", endpoint.name())
                    .bind("anyKind", endpoint.kinds().isEmpty())
                    .bind("kinds", texts(endpoint.kinds().stream().map(AlertKind::name).toList()))
                    .bind("severities", texts(atLeast(endpoint.least())))
                    .bind("anyAccount", endpoint.accounts().isEmpty())
                    .bind(
                        "accounts",
                        texts(endpoint.accounts().stream().map(AccountName::value).toList()))
                    .bind("repeat", repeatEvery.toMillis() / 1000.0)
                    .bind("inHand", forAsLong.toMillis() / 1000.0)
                    .bind("limit", atMost)
                    .map(
                        (row, context) ->
                            new Due(
                                AlertRows.MAPPER.map(row, context),
                                row.getInt("delivered") + 1,
                                row.getInt("attempts")))
                    .list());
  }

  private static String[] texts(List<String> texts) {
    return texts.toArray(String[]::new);
  }

  private static List<String> atLeast(Severity least) {
    return Arrays.stream(Severity.values())
        .filter(it -> it.compareTo(least) >= 0)
        .map(Enum::name)
        .toList();
  }

  @Override
  public void accepted(Endpoint endpoint, List<Due> delivered) {
    batch(
        """
        update alert_deliveries set delivered = :number, delivered_at = now(),
          severity = :severity, attempts = 0, next_try = null, taken_until = null,
          last_error = null
        where alert = :alert and endpoint = :endpoint and delivered = :number - 1
        """,
        endpoint,
        delivered,
        (batch, due) -> batch.bind("severity", due.alert().severity().name()));
  }

  @Override
  public void failed(Endpoint endpoint, List<Due> notDelivered, String why, Duration tryAfter) {
    batch(
        """
        update alert_deliveries set attempts = attempts + 1, taken_until = null, last_error = :why,
          next_try = now() + make_interval(secs => :wait)
        where alert = :alert and endpoint = :endpoint and delivered = :number - 1
        """,
        endpoint,
        notDelivered,
        (batch, due) -> batch.bind("why", why).bind("wait", tryAfter.toMillis() / 1000.0));
  }

  @Override
  public void putBack(Endpoint endpoint, List<Due> notTried) {
    batch(
        """
        update alert_deliveries set taken_until = null
        where alert = :alert and endpoint = :endpoint and delivered = :number - 1
        """,
        endpoint,
        notTried,
        (batch, due) -> batch);
  }

  private interface Binding {
    PreparedBatch bind(PreparedBatch batch, Due due);
  }

  private void batch(String statement, Endpoint endpoint, List<Due> all, Binding binding) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              PreparedBatch batch = handle.prepareBatch(statement);
              for (Due due : all) {
                binding
                    .bind(batch, due)
                    .bind("alert", due.alert().id())
                    .bind("endpoint", endpoint.name())
                    .bind("number", due.number())
                    .add();
              }
              batch.execute();
            });
  }
}
