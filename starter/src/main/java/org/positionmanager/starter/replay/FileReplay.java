package org.positionmanager.starter.replay;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.text.NewYork;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.replay.EntryWish;
import org.positionmanager.workflows.replay.FillAt;

/** Replays a file. */
record FileReplay(
    PathReader reader,
    EntryWish wish,
    Strategy strategy,
    NamedPlans choice,
    List<String> plans,
    FillAt fill,
    Besides besides) {
  private static void note(PathRows.Summary summary, PrintWriter notes) {
    if (summary.bad() > 0) {
      notes.println(
          "%d bad row%s of %s left out"
              .formatted(
                  summary.bad(), summary.bad() == 1 ? "" : "s", summary.file().getFileName()));
      notes.flush();
    }
  }

  /**
   * Reads the file once.
   *
   * @param notes for what is worth knowing but no error
   * @throws CommandException where the file, an option or the path does not allow it
   */
  ReplayReport run(PrintWriter notes) throws IOException {
    ReplayRun run = new ReplayRun(wish, strategy, choice, plans, fill, reader.sessions(), besides);
    PathRows.Summary summary = reader.read(run::see);
    note(summary, notes);
    besides.finish().forEach(it -> note(it, notes));
    if (run.opening().isEmpty()) {
      throw CommandException.refused(
          "%s has no quote by which the position could be opened: none is usable%s while the exchange is open"
              .formatted(
                  reader.file(),
                  wish.at().map(at -> " from " + NewYork.moment(at) + " (New York) on").orElse("")),
          null);
    }
    List<ReplayReport.Outcome> outcomes = run.outcomes();
    if (outcomes.stream().allMatch(it -> it.result().judged() == 0)) {
      throw CommandException.refused(
          "%s has no quote from the entry at %s (New York) on while the exchange is open"
              .formatted(reader.file(), NewYork.moment(run.opening().get().at())),
          null);
    }
    return new ReplayReport(
        "%s: %d %s"
            .formatted(
                reader.file().getFileName(),
                summary.rows(),
                summary.kind().name().toLowerCase(Locale.ROOT)),
        run.opening().get(),
        Optional.empty(),
        outcomes,
        run.track());
  }
}
