package org.positionmanager.workflows.position;

import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.positionmanager.workflows.watch.ExitSent;

/**
 * What the account's watch tells of what it sent. A workflow that was begun anew may hear of it
 * before it has found its entry again: what it cannot take over yet waits until then.
 */
final class WatchLetters {
  private final StateCell cell;
  private final List<ExitSent> early = new ArrayList<>();

  WatchLetters(StateCell cell) {
    this.cell = cell;
  }

  /** Returns whether it changed anything. */
  boolean receive(ExitSent sent) {
    if (cell.get().phase() == Phase.AWAITING_ENTRY) {
      early.add(sent);
      return false;
    }
    return take(sent);
  }

  /** Once the fill is known. */
  void takeEarly() {
    List<ExitSent> news =
        early.stream().filter(sent -> WatchExits.isNews(cell.get(), sent)).toList();
    // lives from before forgot what they were told while they looked for their entry
    if (!news.isEmpty() && Workflow.getVersion("early-letters", Workflow.DEFAULT_VERSION, 1) == 1) {
      early.clear();
      news.forEach(this::take);
    }
  }

  private boolean take(ExitSent sent) {
    if (!WatchExits.isNews(cell.get(), sent)) {
      return false;
    }
    // runs from before permissions were asked for followed the watch all the same
    if (WatchExits.isWithdrawn(cell.get(), sent)
        && Workflow.getVersion("withdrawn-permission", Workflow.DEFAULT_VERSION, 1) == 1) {
      cell.update(change -> WatchExits.withdrawn(change, sent));
    } else if (WatchExits.isNews(cell.get(), sent)) {
      // looked at again, since asking for a version yields
      PositionState state = cell.get();
      cell.update(change -> WatchExits.apply(change, state, sent));
    }
    return true;
  }
}
