package org.positionmanager.activities.trading;

import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.flatten.FlattenRequest;
import org.positionmanager.workflows.flatten.OpenPosition;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Money;

/** The records of one account, as a flatten reads and writes them. */
public interface FlattenBook {
  /** Halts the intake; one that is halted stays as it is. */
  void halt(String by, String reason);

  /** Keeps what is carried out until it has ended; repeating it changes nothing. */
  void keep(List<FlattenRequest> asked);

  /**
   * These have ended.
   *
   * @param ids of the requests
   */
  void ended(List<String> ids);

  /** What is open, each with its entry's price where that is known. */
  List<OpenPosition> open();

  /** How a position stands; empty where none is recorded. */
  Optional<Standing> standingOf(PositionId position);

  /** Raises the alert of a flatten that cannot go on, or ends it. */
  void tellTrouble(Optional<String> trouble);

  /** A position as recorded. */
  record Standing(Phase phase, Money realised) {}
}
