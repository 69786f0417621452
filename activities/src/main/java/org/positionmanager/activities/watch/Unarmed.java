package org.positionmanager.activities.watch;

import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * What a position holds of which nothing may be sent now, as of one that is paused. It is no less a
 * part of the account's holding than what is armed beside it.
 *
 * @param entry what a share, or a contract's share, cost on average
 */
public record Unarmed(PositionId position, Direction direction, Quantity held, Price entry) {}
