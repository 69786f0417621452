package org.positionmanager.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.positionmanager.activities.alert.NewAlert;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.sync.Coverage;

/** Rows of {@code account_coverage}, and the alert that goes with them. */
final class CoverageRows {
  /** Of the one alert an account has while it is not covered. */
  static final String ALERT = AlertKind.MISMATCH.key("coverage");

  private static final int GAPS_TOLD = 5;

  private CoverageRows() {}

  static boolean write(Handle handle, Coverage coverage, ObjectMapper json) {
    handle
        .createUpdate(
            """
            insert into account_coverage (account, proved_at, held, open, gaps)
            values (:account, :at, :held, :open, cast(:gaps as jsonb))
            on conflict (account) do update set proved_at = excluded.proved_at,
              held = excluded.held, open = excluded.open, gaps = excluded.gaps
            """)
        .bind("account", coverage.account().value())
        .bind("at", coverage.provedAt())
        .bind("held", coverage.held())
        .bind("open", coverage.open())
        .bind("gaps", text(coverage.gaps(), json))
        .execute();
    tell(handle, coverage);
    return coverage.isComplete();
  }

  /** One open alert while there are gaps, none while there are not. */
  private static void tell(Handle handle, Coverage coverage) {
    Optional<AccountName> account = Optional.of(coverage.account());
    if (coverage.isComplete()) {
      AlertRows.resolve(handle, account, ALERT);
      return;
    }
    AlertRows.raise(
        handle,
        new NewAlert(
            AlertKind.MISMATCH,
            Alert.Severity.CRITICAL,
            account,
            Optional.empty(),
            ALERT,
            message(coverage)));
  }

  private static String message(Coverage coverage) {
    String first =
        String.join(
            "; ",
            coverage.gaps().stream()
                .limit(GAPS_TOLD)
                .map(
                    gap ->
                        gap.position().map(id -> id.instrument() + " ").orElse("")
                            + gap.reason()
                            + ": "
                            + gap.text())
                .toList());
    return "not covered, %d in all: %s".formatted(coverage.gaps().size(), first);
  }

  static Coverage read(ResultSet row, ObjectMapper json) throws SQLException {
    try {
      return new Coverage(
          new AccountName(row.getString("account")),
          row.getTimestamp("proved_at").toInstant(),
          row.getInt("held"),
          row.getInt("open"),
          json.readValue(row.getString("gaps"), new TypeReference<List<Coverage.Gap>>() {}));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the ledger has gaps that cannot be read", e);
    }
  }

  private static String text(Object value, ObjectMapper json) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value, e);
    }
  }
}
