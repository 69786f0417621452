package org.positionmanager.workflows.flatten;

import java.util.Comparator;
import java.util.List;

/**
 * In which order positions are closed where there is no budget to close all at once: pure.
 *
 * <ol>
 *   <li>What is held before what still waits for its entry: that can only cost once it is filled.
 *   <li>What no watch protects before what one does: of the latter the watch sends the exit by
 *       itself should its price fall before its turn comes.
 *   <li>The larger notional (held quantity, newest price, multiplier) before the smaller: the same
 *       move costs more. What has no known price counts as the largest, since nobody knows.
 *   <li>Else by id, so that the order is always the same.
 * </ol>
 */
public final class RiskOrder {
  private static final Comparator<OpenPosition> MOST_URGENT_FIRST =
      Comparator.comparing(OpenPosition::isWaitingForEntry)
          .thenComparing(OpenPosition::watched)
          .thenComparing(position -> position.price().isPresent())
          .thenComparing(OpenPosition::notional, Comparator.reverseOrder())
          .thenComparing(position -> position.id().toString());

  private RiskOrder() {}

  /** The same positions, the most urgent first. */
  public static List<OpenPosition> of(List<OpenPosition> positions) {
    return positions.stream().sorted(MOST_URGENT_FIRST).toList();
  }
}
