package org.positionmanager.workflows.position;

import io.temporal.workflow.Workflow;
import java.util.Optional;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Quantity;

/**
 * An exit of a part that cannot go on must not keep the rest from being closed: while it is
 * hindered and has no order at the broker, a person's wider request and the plan's exit of
 * everything widen it. It stays the same exit, under the same order id: where the narrower order
 * exists after all, it is found under that id, and what it leaves follows.
 */
final class ExitWidening {
  private final StateCell cell;
  private final CurrentExit exit;
  private final Review review;

  ExitWidening(StateCell cell, CurrentExit exit, Review review) {
    this.cell = cell;
    this.exit = exit;
    this.review = review;
  }

  /** Lives from before it was asked went on with the part alone. */
  void step() {
    if (!exit.isStuckPart()
        || Workflow.getVersion("stuck-part", Workflow.DEFAULT_VERSION, 1)
            == Workflow.DEFAULT_VERSION) {
      return;
    }
    Optional<CloseCommand> asked =
        cell.get().pendingClose().filter(command -> command.quantity().isEmpty());
    if (asked.isPresent()) {
      widen(ExitReason.MANUAL, asked.get().why());
      return;
    }
    review.exitOfAll().filter(all -> exit.isStuckPart()).ifPresent(this::widen);
  }

  private void widen(Decision.Exit all) {
    widen(all.reason(), Review.why(all));
  }

  private void widen(ExitReason reason, String why) {
    Quantity everything = exit.now().filled().plus(cell.get().held());
    cell.update(
        change ->
            change
                .exit(exit.now().widenedTo(everything, reason, why))
                .pendingClose(Optional.empty())
                .event(
                    PositionEvent.Type.EXIT_DECIDED,
                    cell.now(),
                    "exit %d now closes everything: %s, %s"
                        .formatted(exit.now().number(), reason, why),
                    "quantity",
                    everything.toString(),
                    "clientOrderId",
                    exit.clientOrderId().toString()));
  }
}
