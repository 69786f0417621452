package org.positionmanager.workflows.activity;

import io.temporal.activity.ActivityInterface;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.value.Direction;

/** Prices, holdings and the exchange's clock. */
@ActivityInterface
public interface MarketActivities {
  /** One observation, read after the call began; requests of many positions are coalesced. */
  Observation checkPosition(PositionId position, Direction direction);
}
