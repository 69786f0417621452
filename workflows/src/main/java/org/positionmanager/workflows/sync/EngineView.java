package org.positionmanager.workflows.sync;

import java.time.Instant;
import java.util.Map;
import org.positionmanager.workflows.identity.PositionId;

/**
 * What the engine says of an account's position workflows. Every position that is not over in the
 * ledger is asked for by name, because lists of workflows lag behind.
 *
 * @param readAt real time before the read
 */
public record EngineView(Instant readAt, Map<PositionId, Life> lives) {
  public EngineView {
    lives = Map.copyOf(lives);
  }

  /** What became of a position's workflow. */
  public enum Life {
    /** It runs. */
    RUNNING,
    /** It came to its end by itself. */
    ENDED,
    /** It was terminated or cancelled, failed or timed out: nobody looks after the position. */
    BROKEN,
    /** The engine knows no such workflow. */
    ABSENT
  }

  public Life of(PositionId id) {
    return lives.getOrDefault(id, Life.ABSENT);
  }
}
