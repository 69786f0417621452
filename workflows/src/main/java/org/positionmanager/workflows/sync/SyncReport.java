package org.positionmanager.workflows.sync;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.identity.AccountName;

/**
 * One run of a sync.
 *
 * @param run the engine's id of the run
 * @param startedAt real time
 * @param endedAt real time
 * @param results findings that two looks agreed on, and what became of them
 * @param unsure how many findings only one of the looks had
 * @param failure why nothing could be compared; empty where both looks were good
 */
public record SyncReport(
    AccountName account,
    String run,
    Instant startedAt,
    Instant endedAt,
    List<Result> results,
    int unsure,
    Optional<String> failure) {
  public SyncReport {
    results = List.copyOf(results);
  }

  /**
   * A finding, and what became of it.
   *
   * @param done what was done, in words
   * @param failure why it could not be put right; the next sync tries again
   */
  public record Result(Finding finding, Optional<String> done, Optional<String> failure) {}

  /** Whether everything could be read and put right. */
  @JsonIgnore
  public boolean isGood() {
    return failure.isEmpty() && results.stream().allMatch(result -> result.failure().isEmpty());
  }
}
