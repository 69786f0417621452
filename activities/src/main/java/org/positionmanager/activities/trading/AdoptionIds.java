package org.positionmanager.activities.trading;

import java.util.function.Predicate;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.PositionId;

/** Under which id a holding that nobody tracks is adopted: the same, whoever adopts it. */
public interface AdoptionIds {
  /**
   * The id, by what opened the holding.
   *
   * @param isOver whether a position of that id has come to its end: then another is meant
   * @throws org.positionmanager.activities.broker.BrokerException where it cannot be read
   */
  PositionId of(Holding holding, Predicate<PositionId> isOver);
}
