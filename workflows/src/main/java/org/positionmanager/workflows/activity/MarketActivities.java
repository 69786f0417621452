package org.positionmanager.workflows.activity;

import io.temporal.activity.ActivityInterface;
import java.util.List;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.rules.Extra;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.value.Direction;

/** Prices, holdings and the exchange's clock. */
@ActivityInterface
public interface MarketActivities {
  /**
   * One observation, read after the call began; requests of many positions are coalesced.
   *
   * @param extras what it should hold besides quote and holding, in a fixed order; null from a
   *     workflow that does not know of them yet. What cannot be read is absent, and does not make
   *     the rest unreadable
   */
  Observation checkPosition(PositionId position, Direction direction, List<Extra> extras);
}
