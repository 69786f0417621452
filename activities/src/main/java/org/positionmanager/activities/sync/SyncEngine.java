package org.positionmanager.activities.sync;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.sync.EngineView;
import org.positionmanager.workflows.sync.SyncNotice;

/** The engine as a sync needs it. Every method throws where the engine does not answer. */
public interface SyncEngine {
  /**
   * What became of positions' workflows: of those that are asked for, by name; and of all others of
   * the account that the engine lists as running, which may lag.
   */
  Map<PositionId, EngineView.Life> lives(AccountName account, Collection<PositionId> asked);

  /** What may have been before a workflow is started. */
  enum Before {
    /** Nothing: one that ran is never started again. */
    NEVER,
    /** It may have been terminated or cancelled, failed or timed out. */
    BROKEN,
    /** It may have come to its end. */
    ENDED
  }

  /**
   * Starts a position's workflow unless it runs.
   *
   * @return whether it was started by this call
   */
  boolean start(PositionState state, Before before);

  /** Tells a running position; returns false where none runs. */
  boolean tell(PositionId position, SyncNotice notice);

  /** A running position's state; empty where none runs. */
  Optional<PositionState> state(PositionId position);
}
