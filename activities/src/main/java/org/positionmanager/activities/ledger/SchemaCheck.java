package org.positionmanager.activities.ledger;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/** Columns that the code reads or writes: a table changed by hand is noticed before it matters. */
final class SchemaCheck {
  private static final Map<String, List<String>> EXPECTED =
      new TreeMap<>(
          Map.of(
              "accounts", List.of("name", "broker_account_number", "live", "active"),
              "dispatch_executions",
                  List.of(
                      "execution_id",
                      "ticker",
                      "instrument_type",
                      "strategy_type",
                      "side",
                      "option_symbol",
                      "contracts",
                      "entry_price",
                      "qty",
                      "stop_loss_price",
                      "take_profit_price",
                      "max_hold_minutes",
                      "execution_mode",
                      "account_name"),
              "positions",
                  List.of("account", "symbol", "execution_id", "phase", "held", "peak", "plan"),
              "position_events", List.of("account", "sequence", "type", "details"),
              "exits", List.of("account", "exit", "attempt", "client_order_id", "status"),
              "position_history",
                  List.of("account", "quantity", "multiplier", "exit_price", "realised", "reason"),
              "alerts", List.of("account", "key", "severity", "message", "resolved_at")));

  private SchemaCheck() {}

  static void verify(Jdbi jdbi) {
    List<String> found =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select table_name || '.' || column_name from information_schema.columns
                        where table_schema = case table_name
                          when 'dispatch_executions' then 'public' else 'pm' end
                        """)
                    .mapTo(String.class)
                    .list());
    List<String> missing =
        EXPECTED.entrySet().stream()
            .flatMap(
                table -> table.getValue().stream().map(column -> table.getKey() + "." + column))
            .filter(column -> !found.contains(column))
            .toList();
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "the ledger lacks "
              + String.join(", ", missing)
              + "; restore the columns before positions are managed, nothing was started");
    }
  }
}
