package org.positionmanager.workflows.position;

import java.util.Optional;
import org.positionmanager.workflows.value.Quantity;

/**
 * What a person may say with a {@code requestClose} Signal; all of it may be left out.
 *
 * @param quantity how much; empty closes all of it
 */
public record CloseRequest(
    Optional<String> by, Optional<String> note, Optional<Quantity> quantity) {
  /** Closes all, says nothing more. */
  public static final CloseRequest OF_ALL =
      new CloseRequest(Optional.empty(), Optional.empty(), Optional.empty());
}
