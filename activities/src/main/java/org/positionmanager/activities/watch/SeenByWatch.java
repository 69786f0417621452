package org.positionmanager.activities.watch;

import java.time.Duration;
import java.time.Instant;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Price;

/**
 * What a watch notes of one position, for reviews and for whoever takes over.
 *
 * @param arming what it goes by
 * @param peak the best mid seen, for the position's direction
 * @param trough the worst
 * @param evaluatedAt exchange time of the latest judgement up to which nothing was missed
 * @param freshFor real time from now for which it can vouch for its prices of the instrument; zero
 *     where it cannot
 */
public record SeenByWatch(
    PositionId position,
    int arming,
    Price peak,
    Price trough,
    Instant evaluatedAt,
    Duration freshFor) {}
