package org.positionmanager.starter.text;

import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.workflows.position.Phase;

/** One line for a position whose state has changed. */
public final class PositionLine {
  private PositionLine() {}

  public static String of(LedgerReader.Row row) {
    String state = "%-14s".formatted(row.phase());
    String line =
        "%-5s %-20s %s %-16s %s"
            .formatted(
                row.id().account(),
                row.id().instrument(),
                tone(row.phase()).of(state),
                row.reason().map(Enum::name).orElse(""),
                row.phase() == Phase.CLOSED
                    ? Tone.of(row.realised().amount()).of(row.realised().toString())
                    : "");
    return line.stripTrailing();
  }

  /** How a phase is shown. */
  public static Tone tone(Phase phase) {
    return switch (phase) {
      case PROTECTED -> Tone.GOOD;
      case EXITING, AWAITING_ENTRY -> Tone.WARNING;
      case CLOSED -> Tone.PLAIN;
      case NEVER_OPENED -> Tone.FAINT;
    };
  }
}
