package org.positionmanager.workflows.rules;

import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.value.Price;

/**
 * What an account's watch has seen of a position.
 *
 * @param arming what it goes by
 * @param peak the best mid that it has seen, for the position's direction
 * @param trough the worst
 * @param evaluatedAt exchange time of its latest judgement of the position
 * @param fresh whether the watch is alive and its prices of the instrument are fresh
 * @param entry of the position as the watch knew it when it saw peak and trough; empty where that
 *     was not noted
 */
public record WatchSight(
    int arming,
    Price peak,
    Price trough,
    Instant evaluatedAt,
    boolean fresh,
    Optional<Price> entry) {
  public WatchSight {
    entry = entry == null ? Optional.empty() : entry;
  }

  /** Whether its prices can be compared with those of a basis: a split changes them. */
  boolean isOf(Basis basis) {
    return entry.filter(it -> it.compareTo(basis.entry()) != 0).isEmpty();
  }
}
