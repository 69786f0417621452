package org.positionmanager.activities.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.positionmanager.workflows.identity.AccountName;

/**
 * A row of the replaced system, kept as it was.
 *
 * @param account whose it is; kept only where it is registered
 * @param symbol the broker's
 * @param cause in words for people
 * @param at when it happened, where the row says so
 * @param content the whole row as a JSON object
 */
public record MigratedRow(
    Key key,
    Optional<AccountName> account,
    Optional<String> symbol,
    Optional<UUID> execution,
    Kind kind,
    String cause,
    Optional<Instant> at,
    String content) {
  /** The row's own: its table's name without a schema, and the primary key in it as text. */
  public record Key(String table, String id) {
    @Override
    public String toString() {
      return table + " " + id;
    }
  }

  /** What became of it. */
  public enum Kind {
    /** A position that is open: it has a workflow. */
    WORKFLOW,
    /** A position that is closed, with its history. */
    CLOSED,
    /** The same as another row. */
    DUPLICATE,
    /** Of an execution that another account's dispatcher made. */
    OTHER_ACCOUNT,
    /** Open in the old tables, and the broker holds nothing of it. */
    NOT_HELD,
    /** Never was at the broker. */
    SIMULATED,
    /** Closed according to the old history. */
    CLOSED_BEFORE,
    /** A field of it cannot be meant. */
    UNREADABLE,
    /** Its account is not registered. */
    ACCOUNT_UNKNOWN,
    /** The ledger looks after the same already. */
    LOOKED_AFTER,
    /** Nothing but kept: events, accounts, history of no known execution. */
    KEPT
  }
}
