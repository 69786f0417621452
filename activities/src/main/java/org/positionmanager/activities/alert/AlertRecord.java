package org.positionmanager.activities.alert;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.activity.LedgerActivities.Alert.Severity;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;

/**
 * An alert as it is kept.
 *
 * @param id of this row, from 1; a later alert with the same key has another
 * @param account empty where it concerns the whole desk
 * @param position empty where it concerns the whole account
 * @param firstSeen by the ledger's clock, as all moments here
 * @param seen how often it was found while open, at least once
 * @param acknowledged empty where nobody has, or its severity rose since
 * @param resolvedAt empty while it is open
 */
public record AlertRecord(
    long id,
    AlertKind kind,
    Severity severity,
    Optional<AccountName> account,
    Optional<PositionId> position,
    String key,
    String message,
    Instant firstSeen,
    Instant lastSeen,
    long seen,
    Optional<Acknowledged> acknowledged,
    Optional<Instant> resolvedAt) {
  /** A person has seen it: it is not delivered again unless it becomes more urgent. */
  public record Acknowledged(Instant at, String by, Optional<String> note) {}

  @JsonIgnore
  public boolean isOpen() {
    return resolvedAt.isEmpty();
  }
}
