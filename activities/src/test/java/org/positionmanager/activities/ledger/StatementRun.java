package org.positionmanager.activities.ledger;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.ParsedParameters;
import org.jdbi.v3.core.statement.StatementContext;

/** Runs a statement once more, as it was about to be run, and tells what came of it. */
final class StatementRun {
  private static final String NO_PRIVILEGE = "42501";

  private StatementRun() {}

  /**
   * What a run came to.
   *
   * @param changed rows that it changed; zero for a query
   * @param rows that it returned, of which those of the stranger's own account are left out
   * @param error empty where it did not fail
   * @param state of the error
   */
  record Outcome(int changed, List<List<String>> rows, String error, String state) {
    Outcome {
      rows = List.copyOf(rows);
    }

    boolean failed() {
      return !error.isEmpty();
    }

    /** By a privilege or by row level security, which have the same state. */
    boolean isRefused() {
      return state.equals(NO_PRIVILEGE);
    }

    /** No row, or one of an aggregate over no rows. */
    boolean isNothing() {
      return !failed()
          && changed == 0
          && rows.stream().allMatch(row -> row.stream().allMatch(String::isEmpty));
    }
  }

  static Outcome of(StatementContext context) {
    List<List<String>> rows = new ArrayList<>();
    try (PreparedStatement statement =
        context.getConnection().prepareStatement(context.getParsedSql().getSql())) {
      bind(context, statement);
      if (!statement.execute()) {
        return new Outcome(statement.getUpdateCount(), rows, "", "");
      }
      try (ResultSet found = statement.getResultSet()) {
        while (found.next()) {
          List<String> row = new ArrayList<>();
          for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
            row.add(text(found.getObject(column)));
          }
          if (row.stream().noneMatch(StatementReplay.OTHER::equals)) {
            rows.add(row);
          }
        }
      }
      return new Outcome(0, rows, "", "");
    } catch (SQLException e) {
      return new Outcome(
          0, List.of(), String.valueOf(e.getMessage()), String.valueOf(e.getSQLState()));
    }
  }

  /** Nothing else tells what was bound. */
  @SuppressWarnings("removal")
  private static void bind(StatementContext context, PreparedStatement statement)
      throws SQLException {
    ParsedParameters parameters = context.getParsedSql().getParameters();
    for (int i = 0; i < parameters.getParameterCount(); i++) {
      Argument argument =
          parameters.isPositional()
              ? context.getBinding().findForPosition(i).orElseThrow()
              : context
                  .getBinding()
                  .findForName(parameters.getParameterNames().get(i), context)
                  .orElseThrow();
      argument.apply(i + 1, statement, context);
    }
  }

  /** Empty for what an aggregate over no rows says. */
  private static String text(Object value) throws SQLException {
    return switch (value) {
      case null -> "";
      case Boolean yes -> yes ? "true" : "";
      case BigDecimal number -> number.signum() == 0 ? "" : number.toPlainString();
      case Number number -> number.longValue() == 0 ? "" : number.toString();
      case Array array -> array.toString().equals("{}") ? "" : array.toString();
      default -> value.toString();
    };
  }
}
