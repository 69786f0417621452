package org.positionmanager.activities.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.instrument.Instrument;

/** What a watch has the ledger write down: what it saw of each position, and by which quotes. */
final class WatchNotes {
  private final AccountName account;
  private final Permissions permissions;
  private final WatchList list;
  private final Function<Instrument, Duration> vouchedFor;

  /**
   * @param vouchedFor for how long the watch vouches for the prices of an instrument from now on
   */
  WatchNotes(
      AccountName account,
      Permissions permissions,
      WatchList list,
      Function<Instrument, Duration> vouchedFor) {
    this.account = account;
    this.permissions = permissions;
    this.list = list;
    this.vouchedFor = vouchedFor;
  }

  /**
   * Notes what was seen.
   *
   * @param all also of positions of which nothing changed since the last time, to vouch for them
   */
  void note(boolean all) throws PermissionsUnreadable {
    List<SeenByWatch> seen = new ArrayList<>();
    for (Guarded one : list.all()) {
      if (all || one.hasChanged()) {
        one.toNote(vouchedFor.apply(one.position().instrument())).ifPresent(seen::add);
      }
    }
    permissions.note(seen);
  }

  /** Has the ledger take the quotes by which positions were judged, as far as it does. */
  void recordQuotes() {
    list.quotes().writeTo(permissions, account);
  }

  /** The same once more, when nothing is judged any more. */
  void recordTheLastQuotes() {
    list.all().forEach(Guarded::handOver);
    list.quotes().writeTheRestTo(permissions, account);
  }
}
