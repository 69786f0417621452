package org.positionmanager.workflows.position;

import java.util.Optional;
import org.positionmanager.workflows.value.Quantity;

/**
 * A person's order to close.
 *
 * @param commandId sent again, the same id has no second effect
 * @param quantity how much; empty closes all of it
 * @param by who asked
 * @param note why, for the timeline
 */
public record CloseCommand(
    String commandId, Optional<Quantity> quantity, String by, Optional<String> note) {
  /** One sentence for the exit's trace. */
  String why() {
    return "closed by " + by + note.map(text -> ": " + text).orElse("");
  }
}
