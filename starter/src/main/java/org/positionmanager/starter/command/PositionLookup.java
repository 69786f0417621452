package org.positionmanager.starter.command;

import java.util.List;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.workflows.identity.PositionId;

/** From what a person types to a position. */
final class PositionLookup {
  private PositionLookup() {}

  /**
   * Finds one by its whole id or the beginning of its execution id.
   *
   * @throws IllegalArgumentException where none or several are meant
   */
  static PositionId find(LedgerReader reader, String text) {
    if (text.contains("/")) {
      return PositionId.parse(text);
    }
    List<PositionId> found =
        reader.positions(true).stream()
            .map(LedgerReader.Row::id)
            .filter(id -> id.execution().toString().startsWith(text))
            .toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new IllegalArgumentException(
        found.isEmpty()
            ? "no position has an id that begins with '" + text + "'; see `pm positions --all`"
            : "'" + text + "' is the beginning of " + found.size() + " ids; type more of it");
  }
}
