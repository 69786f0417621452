package org.positionmanager.starter.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.positionmanager.workflows.rules.ExitReason;

/** The replaced system's exit reasons, which are free text, as ours. */
final class OldReasons {
  /** The first whose words occur counts: a trailing stop is not a stop. */
  private static final List<Words> KNOWN =
      List.of(
          new Words(ExitReason.TRAILING_STOP, "trail"),
          new Words(ExitReason.CATASTROPHIC_STOP, "catastroph"),
          new Words(ExitReason.TIME_STOP, "time_stop", "time stop"),
          new Words(ExitReason.BREAK_EVEN, "break_even", "break even", "breakeven"),
          new Words(ExitReason.STOP, "stop"),
          new Words(ExitReason.PARTIAL_TARGET, "partial"),
          new Words(ExitReason.TARGET, "target", "take_profit", "take profit"),
          new Words(ExitReason.THETA_DECAY, "theta"),
          new Words(ExitReason.MAX_HOLD, "max_hold", "max hold"),
          new Words(ExitReason.DAY_TRADE_CLOSE, "day_trade", "day trade"),
          new Words(ExitReason.END_OF_DAY, "eod", "end_of_day", "end of day", "overnight"),
          new Words(ExitReason.EXPIRED, "expired"),
          new Words(ExitReason.EXPIRY, "expir"),
          new Words(ExitReason.ASSIGNED, "assigned"),
          new Words(ExitReason.EXERCISED, "exercised"),
          new Words(ExitReason.MANUAL, "manual"));

  private OldReasons() {}

  private record Words(ExitReason reason, String... any) {
    private boolean occurIn(String text) {
      return List.of(any).stream().anyMatch(text::contains);
    }
  }

  /** Why a position of the history was closed; elsewhere where nothing is known. */
  static ExitReason of(JsonNode row) {
    String text =
        (row.path("exit_reason_norm").asText("") + " " + row.path("exit_reason").asText(""))
            .toLowerCase(Locale.ROOT);
    return KNOWN.stream()
        .filter(words -> words.occurIn(text))
        .map(Words::reason)
        .findFirst()
        .orElse(ExitReason.CLOSED_ELSEWHERE);
  }
}
