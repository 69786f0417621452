package org.positionmanager.workflows.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one comparison found, and when its sides were read.
 *
 * @param begunAt real time before the first read
 * @param endedAt real time before the last read
 */
public record Look(Instant begunAt, Instant endedAt, List<Finding> found) {
  /**
   * Least real time between two reads before what does not agree is believed: orders and positions
   * can disagree for up to 10 s after a fill (seen at Alpaca).
   */
  public static final Duration BROKER_LAG = Duration.ofSeconds(10);

  public Look {
    found = List.copyOf(found);
  }

  /**
   * What this look and an earlier one both found, with the same evidence: nothing where they lie
   * closer together than the broker's lag.
   */
  public List<Finding> believed(Look earlier) {
    if (begunAt.isBefore(earlier.endedAt().plus(BROKER_LAG))) {
      return List.of();
    }
    Set<String> before = earlier.found().stream().map(Finding::key).collect(Collectors.toSet());
    return found.stream().filter(finding -> before.contains(finding.key())).toList();
  }
}
