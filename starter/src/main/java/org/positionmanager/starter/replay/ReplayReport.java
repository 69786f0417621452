package org.positionmanager.starter.replay;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.positionmanager.starter.text.NewYork;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.replay.Opening;
import org.positionmanager.workflows.replay.ReplayResult;

/**
 * What there is to tell.
 *
 * @param source where the quotes came from, for people
 * @param really what happened to a position of the ledger; empty for a file
 * @param outcomes one for each plan, in the order asked for
 * @param track the price, for plots
 */
record ReplayReport(
    String source, Opening opening, Optional<String> really, List<Outcome> outcomes, Track track) {
  ReplayReport {
    outcomes = List.copyOf(outcomes);
  }

  /** One plan's. */
  record Outcome(String name, Plan plan, ReplayResult result) {}

  /** A moment for people; its date is left out on the day of the entry. */
  String moment(Instant moment) {
    LocalDate day = NewYork.date(opening.at());
    return NewYork.moment(moment, day);
  }

  /** What was opened, in one line. */
  String title() {
    return "%s %s %s at %s, entered %s (New York)"
        .formatted(
            opening.direction(),
            opening.quantity(),
            opening.instrument(),
            opening.entry(),
            NewYork.moment(opening.at()));
  }
}
