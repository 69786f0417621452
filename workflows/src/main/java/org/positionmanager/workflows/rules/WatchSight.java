package org.positionmanager.workflows.rules;

import java.time.Instant;
import org.positionmanager.workflows.value.Price;

/**
 * What an account's watch has seen of a position.
 *
 * @param arming what it goes by
 * @param peak the best mid that it has seen, for the position's direction
 * @param trough the worst
 * @param evaluatedAt exchange time of its latest judgement of the position
 * @param fresh whether the watch is alive and its prices of the instrument are fresh
 */
public record WatchSight(
    int arming, Price peak, Price trough, Instant evaluatedAt, boolean fresh) {}
