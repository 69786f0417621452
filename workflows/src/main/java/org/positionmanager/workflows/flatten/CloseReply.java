package org.positionmanager.workflows.flatten;

import java.util.Optional;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;

/**
 * What became of a position that was asked to close.
 *
 * @param order the exit's order; empty where none is known
 * @param averageExit empty while nothing is filled
 * @param realised profit of what was closed; zero while nothing is
 * @param message one sentence for people
 */
public record CloseReply(
    Status status,
    Optional<ClientOrderId> order,
    Optional<Price> averageExit,
    Money realised,
    String message) {
  /** How far it has come. */
  public enum Status {
    /** Closed by the broker's word, or never opened: nothing is left of it. */
    CLOSED,
    /** Its workflow has been asked and goes on by itself. */
    UNDER_WAY,
    /** What was asked is done, and something is held still: it has to be asked again. */
    PART,
    /** The ledger has it open, and no workflow is there to close it. */
    LOST,
    /** It could not be asked; it is tried again. */
    UNANSWERED
  }

  /** Of which nothing more is known than how it is. */
  public static CloseReply of(Status status, String message) {
    return new CloseReply(status, Optional.empty(), Optional.empty(), Money.ZERO, message);
  }
}
