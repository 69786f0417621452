package org.positionmanager.activities.sync;

import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import org.positionmanager.activities.ledger.SyncLedger;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.position.PositionState;

/**
 * Begins workflows anew under the keys of positions that the ledger has open. A workflow takes over
 * from ledger and broker what an earlier one of its key has left: plan, peak, exits and their
 * numbers.
 */
public final class Restarts {
  private final SyncLedger ledger;
  private final SyncEngine engine;

  public Restarts(SyncLedger ledger, SyncEngine engine) {
    this.ledger = ledger;
    this.engine = engine;
  }

  /** What became of it. */
  public enum Result {
    /** Its workflow was begun by this call. */
    STARTED,
    /** Somebody else has begun it, or it never stood still. */
    RUNNING,
    /** The ledger says by now that it has ended. */
    OVER
  }

  /**
   * Begins a position's workflow unless it runs, or the position has ended.
   *
   * @param before what may have been of its workflow
   * @throws ApplicationFailure as {@link #state}
   */
  public Result restart(PositionId position, SyncEngine.Before before) {
    Optional<PositionState> state = state(position);
    if (state.isEmpty()) {
      return Result.OVER;
    }
    return engine.start(state.get(), before) ? Result.STARTED : Result.RUNNING;
  }

  /**
   * What a position's workflow is begun anew with; empty where the ledger says by now that it has
   * ended, which a workflow writes down before it comes to its end.
   *
   * @throws ApplicationFailure that a retry does not mend, where the ledger lacks what it was
   *     announced with
   */
  public Optional<PositionState> state(PositionId position) {
    SyncLedger.Begun begun =
        ledger
            .begun(position)
            .orElseThrow(() -> refused("the ledger does not know %s any more".formatted(position)));
    if (begun.phase().isFinal()) {
      return Optional.empty();
    }
    EntryTerms terms =
        begun
            .terms()
            .orElseThrow(
                () ->
                    refused(
                        "an earlier build recorded %s without its terms: open it anew by `pm open`"
                            .formatted(position)));
    // of a holding that was taken over, what was left of it then
    boolean isOfTheRest = terms.adoptHolding() && !begun.held().isZero();
    return Optional.of(
        PositionState.announced(position, isOfTheRest ? terms.withQuantity(begun.held()) : terms));
  }

  private static ApplicationFailure refused(String why) {
    return ApplicationFailure.newNonRetryableFailure(why, "NO_TERMS");
  }
}
