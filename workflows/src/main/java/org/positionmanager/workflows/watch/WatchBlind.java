package org.positionmanager.workflows.watch;

import java.time.Instant;

/**
 * A watch has had no usable quote of a position for longer than its plan bears.
 *
 * @param since exchange time since when
 */
public record WatchBlind(Instant since) {}
