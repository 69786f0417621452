package org.positionmanager.activities.ledger;

import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.positionmanager.workflows.identity.PositionId;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the engine is told of a ledger that did not do its work. All of it may be tried again,
 * because a position's workflow has to outlive what a person must mend: soon where the ledger is
 * only away for a while, slowly where the same write is refused until somebody acts.
 */
final class LedgerFailure {
  /** Connection, shutdown, deadlock, too many connections: passes by itself. */
  static final String UNAVAILABLE = "LEDGER_UNAVAILABLE";

  /** The data contradicts what is written already, or breaks a constraint. */
  static final String REFUSED = "LEDGER_REFUSED";

  /** A table or column is not the one that this build expects. */
  static final String SCHEMA = "LEDGER_SCHEMA";

  private static final Duration UNTIL_MENDED = Duration.ofMinutes(1);
  private static final String NO_PRIVILEGE = "42501";

  private LedgerFailure() {}

  static ApplicationFailure of(RuntimeException failure) {
    SQLException sql = sqlBehind(failure);
    String state = sql == null || sql.getSQLState() == null ? "" : sql.getSQLState();
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      // 22 data, 23 constraints, P0 raised by a trigger of ours
      case "22", "23", "P0" -> forAPerson(REFUSED, described(sql), failure);
      case "42" ->
          forAPerson(state.equals(NO_PRIVILEGE) ? REFUSED : SCHEMA, described(sql), failure);
      default ->
          ApplicationFailure.newFailureWithCause(
              sql == null ? failure.getMessage() : sql.getMessage(), UNAVAILABLE, failure);
    };
  }

  /** A state or row that contradicts what is written, found by us before the database could. */
  static ApplicationFailure refused(PositionId position, String contradiction) {
    return forAPerson(REFUSED, "position " + position + ": " + contradiction, null);
  }

  /** Whether nothing gets better until a person acts. */
  static boolean needsAPerson(ApplicationFailure failure) {
    return REFUSED.equals(failure.getType()) || SCHEMA.equals(failure.getType());
  }

  private static ApplicationFailure forAPerson(String type, String message, Throwable cause) {
    return ApplicationFailure.newBuilder()
        .setType(type)
        .setMessage(message + "; the write is tried again every minute")
        .setCause(cause)
        .setNextRetryDelay(UNTIL_MENDED)
        .build();
  }

  private static SQLException sqlBehind(Throwable failure) {
    SQLException found = null;
    for (Throwable it = failure; it != null; it = it.getCause()) {
      // the innermost one has the server's words and state; the pool wraps it in its own
      if (it instanceof SQLException sql) {
        found = sql;
      }
    }
    return found;
  }

  private static String described(SQLException sql) {
    ServerErrorMessage server =
        sql instanceof PSQLException answered ? answered.getServerErrorMessage() : null;
    if (server == null) {
      return "the ledger refused: " + sql.getMessage();
    }
    List<String> places = new ArrayList<>();
    add(places, "table", server.getTable());
    add(places, "column", server.getColumn());
    add(places, "constraint", server.getConstraint());
    return "the ledger refused%s: %s%s; %s"
        .formatted(
            places.isEmpty() ? "" : " (" + String.join(", ", places) + ")",
            server.getMessage(),
            server.getDetail() == null ? "" : " (" + server.getDetail() + ")",
            remedy(sql.getSQLState()));
  }

  private static void add(List<String> places, String kind, String name) {
    if (name != null) {
      places.add(kind + " " + name);
    }
  }

  private static String remedy(String state) {
    return switch (state) {
      case "23505" -> "find the other row with this key and correct or remove the wrong one";
      case "23503" -> "add the row that it refers to, or restore it";
      case "23514", "23502" ->
          "compare the value with the constraint: one of them is damaged or of another build";
      case NO_PRIVILEGE ->
          "let the ledger's owner grant the account to this login (`pm database grant`), or correct"
              + " the account";
      default ->
          state.startsWith("42")
              ? "restore the table or column that it names; a worker lists all differences when it"
                  + " starts"
              : "correct the row that it names, or the type of its column";
    };
  }
}
