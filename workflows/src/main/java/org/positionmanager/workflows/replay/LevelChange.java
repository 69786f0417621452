package org.positionmanager.workflows.replay;

import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.value.Price;

/**
 * From when on a rule's level lay where.
 *
 * @param level empty from when on the rule has none or does not apply
 * @param mid the price that was judged then; empty where none was usable
 */
public record LevelChange(String rule, Instant at, Optional<Price> level, Optional<Price> mid) {}
