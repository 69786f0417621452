package org.positionmanager.activities.ledger;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * What the group roles are granted: what the description of the schema says of them, so that what
 * is granted and what is checked at start cannot differ.
 */
final class DutyGrants {
  private static final String EXECUTIONS = "dispatch_executions";

  private DutyGrants() {}

  /** Gives the duties that logins were set up for what this build's tables need. */
  static void renew(Jdbi jdbi) {
    jdbi.useTransaction(
        handle -> {
          for (String duty :
              handle
                  .createQuery("select distinct duty from logins order by duty")
                  .mapTo(String.class)
                  .list()) {
            give(handle, LedgerLogins.Duty.valueOf(duty));
          }
        });
  }

  /** Grants exactly what is described, and nothing where that is so: two may start at once. */
  static void give(Handle handle, LedgerLogins.Duty duty) {
    Set<String> wanted = new TreeSet<>(SchemaCheck.grantsTo(duty.role(), SchemaCheck.expected()));
    Set<String> found =
        new TreeSet<>(SchemaCheck.grantsTo(duty.role(), SchemaCheck.described(handle)));
    if (found.equals(wanted)) {
      return;
    }
    execute(handle, "revoke all on all tables in schema pm from " + duty.role());
    for (String line : wanted) {
      // grant to pm_intake on alerts: insert, select
      String[] parts = line.split(" on |: ", 3);
      if (!parts[1].equals(EXECUTIONS) || mayGrantExecutions(handle)) {
        execute(
            handle, "grant %s on %s to %s".formatted(parts[2], qualified(parts[1]), duty.role()));
      }
    }
  }

  /** The dispatchers' table may be another's. */
  static boolean mayGrantExecutions(Handle handle) {
    return handle
        .createQuery(
            "select has_table_privilege('public.dispatch_executions', 'SELECT WITH GRANT OPTION')")
        .mapTo(Boolean.class)
        .one();
  }

  private static String qualified(String what) {
    return switch (what) {
      case "schema pm" -> what;
      case EXECUTIONS -> "public." + what;
      default -> "pm." + what;
    };
  }

  /** Past Jdbi, which would take what an identifier may hold for a parameter. */
  static void execute(Handle handle, String statement) {
    try (Statement plain = handle.getConnection().createStatement()) {
      plain.execute(statement);
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException(e.getMessage(), e, null);
    }
  }
}
