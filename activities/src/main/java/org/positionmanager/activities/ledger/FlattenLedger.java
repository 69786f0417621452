package org.positionmanager.activities.ledger;

import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.alert.NewAlert;
import org.positionmanager.activities.trading.FlattenBook;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.flatten.FlattenRequest;
import org.positionmanager.workflows.flatten.OpenPosition;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** One account's records in the ledger, as a flatten needs them. */
public final class FlattenLedger implements FlattenBook {
  private final LedgerDatabase database;
  private final AccountName account;
  private final AccountHalts halts;
  private final FlattenRequests requests;
  private final PostgresAlerts alerts;

  /**
   * @param database opened for this account
   */
  public FlattenLedger(LedgerDatabase database, AccountName account) {
    this.database = database;
    this.account = account;
    halts = new AccountHalts(database);
    requests = new FlattenRequests(database);
    alerts = new PostgresAlerts(database);
  }

  @Override
  public void halt(String by, String reason) {
    halts.halt(account, by, reason);
  }

  @Override
  public void keep(List<FlattenRequest> asked) {
    requests.keep(account, asked);
  }

  @Override
  public void ended(List<String> ids) {
    requests.ended(account, ids);
  }

  @Override
  public List<OpenPosition> open() {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        select p.account, p.symbol, p.execution_id, p.strategy, p.phase, p.held, p.entry_price,
                          coalesce(a.armed and a.fresh_until > now(), false) as watched
                        from positions p left join armed_exits a using (account, symbol, execution_id)
                        where account = :account and p.phase not in ('CLOSED', 'NEVER_OPENED')
                        order by symbol, execution_id
                        """)
                    .bind("account", account.value())
                    .map(
                        (row, context) ->
                            new OpenPosition(
                                Columns.position(row),
                                Strategy.valueOf(row.getString("strategy")),
                                Phase.valueOf(row.getString("phase")),
                                new Quantity(row.getBigDecimal("held")),
                                Optional.ofNullable(row.getBigDecimal("entry_price"))
                                    .map(Price::new),
                                row.getBoolean("watched")))
                    .list());
  }

  @Override
  public Optional<Standing> standingOf(PositionId position) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                PositionRows.of(
                        position,
                        handle.createQuery(
                            """
                            select phase, realised from positions
                            where account = :account and symbol = :symbol
                              and execution_id = :execution
                            """))
                    .map(
                        (row, context) ->
                            new Standing(
                                Phase.valueOf(row.getString("phase")),
                                new Money(row.getBigDecimal("realised"))))
                    .findOne());
  }

  @Override
  public void tellTrouble(Optional<String> trouble) {
    trouble.ifPresentOrElse(
        why -> alerts.raise(NewAlert.of(AlertKind.STUCK_FLATTEN, account, why)),
        () -> alerts.resolve(Optional.of(account), AlertKind.STUCK_FLATTEN.key()));
  }
}
