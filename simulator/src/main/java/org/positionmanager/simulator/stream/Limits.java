package org.positionmanager.simulator.stream;

import java.time.Duration;

/**
 * What a client must keep to.
 *
 * @param authWithin real time it has to authenticate
 * @param mostWaiting messages that may wait for it before it counts as slow
 * @param lingers real time that a connection which broke off still counts
 */
public record Limits(Duration authWithin, int mostWaiting, Duration lingers) {}
