package org.positionmanager.starter.migrate;

import java.util.List;

/** The tables of the replaced system, in schema {@code public}. */
enum OldTable {
  DISPATCH_EXECUTIONS(
      "execution_id",
      List.of("execution_id", "ticker", "strategy_type", "execution_mode", "simulated_ts")),
  ACTIVE_POSITIONS(
      "id", List.of("id", "ticker", "strategy_type", "quantity", "entry_price", "status")),
  POSITION_EVENTS("id", List.of("id", "position_id", "event_type", "created_at")),
  POSITION_HISTORY(
      "id",
      List.of(
          "id", "ticker", "strategy_type", "quantity", "entry_price", "exit_price", "exit_time")),
  ACCOUNT_METADATA("account_name", List.of("account_name"));

  private final String key;
  private final List<String> required;

  OldTable(String key, List<String> required) {
    this.key = key;
    this.required = required;
  }

  /** Its name, without the schema. */
  String table() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The column that tells its rows apart. */
  String key() {
    return key;
  }

  /** Columns without which its rows say too little; all others may be missing. */
  List<String> required() {
    return required;
  }
}
