package org.positionmanager.starter.recover;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.sync.EngineView.Life;

/**
 * What was found of one account's positions, and what became of it.
 *
 * @param found positions that the ledger has open, and executions taken in that it has nothing of
 * @param running those whose workflow runs
 * @param lost those whose workflow does not, and that could be begun anew
 * @param refused those that cannot be begun anew, or not be read
 */
public record Recovered(
    AccountName account, int found, int running, List<Lost> lost, List<Refused> refused) {
  public Recovered {
    lost = List.copyOf(lost);
    refused = List.copyOf(refused);
  }

  /**
   * A position without a running workflow.
   *
   * @param was what the engine knew of its workflow
   */
  public record Lost(PositionId position, Life was, Done done) {}

  /** What became of a position that had no running workflow. */
  public enum Done {
    STARTED("started"),
    WOULD_BE_STARTED("would be started"),
    RUNNING("runs already"),
    OVER("has ended meanwhile");

    private final String words;

    Done(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /**
   * A position that stays without a workflow.
   *
   * @param position as the ledger has it: account/symbol/execution
   * @param why with what a person can do
   */
  public record Refused(String position, String why) {}

  /** How many were begun by this run, or would be. */
  @JsonIgnore
  public long begun() {
    return lost.stream()
        .filter(it -> it.done() == Done.STARTED || it.done() == Done.WOULD_BE_STARTED)
        .count();
  }
}
