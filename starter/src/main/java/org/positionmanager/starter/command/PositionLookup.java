package org.positionmanager.starter.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.workflows.identity.PositionId;

/** From what a person types to a position. */
public final class PositionLookup {
  private PositionLookup() {}

  /**
   * Finds one by its whole id, which needs no ledger, or by the beginning of its execution id.
   *
   * @throws CommandException where none or several are meant
   */
  public static PositionId find(Connections connections, String text) throws IOException {
    if (text.contains("/")) {
      return whole(text);
    }
    try (LedgerDatabase ledger = connections.ledger()) {
      return beginning(new LedgerReader(ledger), text);
    }
  }

  private static PositionId whole(String text) {
    try {
      return PositionId.parse(text);
    } catch (IllegalArgumentException e) {
      throw CommandException.badInput(
          "ID must be account/symbol/execution or the beginning of an execution id, got '%s' (%s)"
              .formatted(text, e.getMessage()));
    }
  }

  private static PositionId beginning(LedgerReader reader, String text) {
    List<PositionId> found =
        reader.positions(true).stream()
            .map(LedgerReader.Row::id)
            .filter(id -> id.execution().toString().startsWith(text.toLowerCase(Locale.ROOT)))
            .toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw CommandException.badInput(
        found.isEmpty()
            ? "no position has an id that begins with '" + text + "'; see `pm positions --all`"
            : "'" + text + "' is the beginning of " + found.size() + " ids; type more of it");
  }
}
