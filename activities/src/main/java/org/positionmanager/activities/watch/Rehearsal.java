package org.positionmanager.activities.watch;

import java.util.Set;
import org.positionmanager.activities.trading.ContractExpiry;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.instrument.Instrument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker does once for an account whose watch another holds: it reads what is armed as if it
 * had taken over, and acts on none of it. Code that runs for the first time is slow, with twenty
 * accounts by seconds, and a take-over is no time for that.
 */
public final class Rehearsal implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);

  private final AccountName account;
  private final Permissions permissions;
  private final ContractExpiry expiries;
  private final String worker;

  /**
   * @param worker identity of this one: it does not rehearse what it holds itself
   */
  public Rehearsal(
      AccountName account, Permissions permissions, ContractExpiry expiries, String worker) {
    this.account = account;
    this.permissions = permissions;
    this.expiries = expiries;
    this.worker = worker;
  }

  /**
   * Where it fails, nothing is lost: the watch itself reads again, and says what it cannot read.
   */
  @Override
  public void run() {
    try {
      if (permissions.holder().filter(it -> !it.equals(worker)).isPresent()) {
        WatchList list = new WatchList(expiries, Rehearsal::followsNothing);
        list.replaceAll(permissions.all());
        int unarmed = permissions.unarmed().size();
        log.debug("{}: stands by for {} armed, {} unarmed", account, list.size(), unarmed);
      }
    } catch (PermissionsUnreadable | RuntimeException e) {
      log.debug("{}: the take-over was not rehearsed", account, e);
    }
  }

  private static void followsNothing(Set<Instrument> instruments) {}
}
