package org.positionmanager.activities.alert;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;

/**
 * The alerts that people are told of. One is open per account and key; finding it again counts it.
 * Each call is one transaction.
 */
public interface Alerts {
  /**
   * Opens an alert, or counts the one that is open and takes message and severity over. A severity
   * that rises takes its acknowledgement back.
   */
  void raise(NewAlert alert);

  /**
   * Makes these the account's open alerts of the judged kinds: raises each of them and ends all
   * others of those kinds.
   *
   * @param judged kinds about which {@code now} says everything
   * @throws IllegalArgumentException where an alert is of another account or of no judged kind
   */
  void replace(AccountName account, Set<AlertKind> judged, List<NewAlert> now);

  /**
   * Ends an open alert.
   *
   * @param account empty for one of the whole desk
   * @return whether there was one
   */
  boolean resolve(Optional<AccountName> account, String key);

  /** Open alerts, the most urgent first, then the newest. */
  List<AlertRecord> open();

  /** Open ones as {@link #open}, then ended ones, the newest first; so many at most. */
  List<AlertRecord> all(int atMost);

  /**
   * Notes that a person has seen open alerts; a repetition replaces note and name.
   *
   * @param idOrKey an alert's id, or a key, which may be open in several accounts
   * @param account only its alerts; empty for all accounts and the desk
   * @return the alerts that are acknowledged now; empty where none that is open goes by that
   */
  List<AlertRecord> acknowledge(
      String idOrKey, Optional<AccountName> account, String by, Optional<String> note);
}
