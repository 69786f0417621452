package org.positionmanager.activities.alert;

import java.util.Optional;
import org.positionmanager.workflows.activity.LedgerActivities.Alert.Severity;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;

/**
 * Something that a person should know, as it is found.
 *
 * @param account empty where it concerns the whole desk
 * @param position empty where it concerns the whole account
 * @param key what it is about, within the account: a second one adds to the one that is open
 * @param message in words for people, without secrets
 */
public record NewAlert(
    AlertKind kind,
    Severity severity,
    Optional<AccountName> account,
    Optional<PositionId> position,
    String key,
    String message) {
  /** An account's only alert of a kind, as urgent as the kind is. */
  public static NewAlert of(AlertKind kind, AccountName account, String message) {
    return new NewAlert(
        kind, kind.severity(), Optional.of(account), Optional.empty(), kind.key(), message);
  }

  /** An alert about one of an account's matters, as urgent as the kind is. */
  public static NewAlert of(AlertKind kind, AccountName account, String about, String message) {
    return new NewAlert(
        kind, kind.severity(), Optional.of(account), Optional.empty(), kind.key(about), message);
  }

  /** A position's alert, as urgent as the kind is. */
  public static NewAlert of(AlertKind kind, PositionId position, String message) {
    return new NewAlert(
        kind,
        kind.severity(),
        Optional.of(position.account()),
        Optional.of(position),
        kind.key(position),
        message);
  }
}
