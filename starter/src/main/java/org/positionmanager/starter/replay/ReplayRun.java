package org.positionmanager.starter.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.starter.replay.ReplayReport.Outcome;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.replay.EntryWish;
import org.positionmanager.workflows.replay.FillAt;
import org.positionmanager.workflows.replay.Opening;
import org.positionmanager.workflows.replay.Replay;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.replay.Sessions;

/** All plans over one pass of quotes. */
final class ReplayRun {
  private final EntryWish wish;
  private final Strategy strategy;
  private final NamedPlans choice;
  private final List<String> names;
  private final FillAt fill;
  private final Sessions sessions;
  private final Track track;
  private final List<Running> running = new ArrayList<>();
  private Optional<Opening> opening = Optional.empty();
  private long quotes;

  private record Running(String name, Plan plan, Replay replay) {}

  /**
   * @param names of the plans to try; none for the usual one
   */
  ReplayRun(
      EntryWish wish,
      Strategy strategy,
      NamedPlans choice,
      List<String> names,
      FillAt fill,
      Sessions sessions) {
    this.wish = wish;
    this.strategy = strategy;
    this.choice = choice;
    this.names = names.isEmpty() ? List.of(choice.names().getFirst()) : names;
    this.names.forEach(choice::requireName);
    this.fill = fill;
    this.sessions = sessions;
    track = new Track(sessions);
  }

  void see(SeenQuote seen) {
    quotes++;
    track.see(seen);
    if (opening.isEmpty()) {
      opening = wish.on(seen, sessions, it -> plan(names.getFirst(), it));
      opening.ifPresent(this::begin);
    }
    running.forEach(it -> it.replay().see(seen));
  }

  private void begin(Opening opened) {
    for (String name : names) {
      Plan plan = plan(name, opened);
      running.add(new Running(name, plan, Replay.of(opened, plan, sessions, fill)));
    }
  }

  private Plan plan(String name, Opening opened) {
    EntryTerms terms =
        new EntryTerms(
            strategy,
            opened.direction(),
            opened.quantity(),
            opened.at(),
            Optional.empty(),
            Optional.of(opened.entry()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false);
    return choice.required(name, terms, opened.basis());
  }

  /** Empty where no quote came by which the position could be opened. */
  Optional<Opening> opening() {
    return opening;
  }

  long quotes() {
    return quotes;
  }

  Track track() {
    return track;
  }

  List<Outcome> outcomes() {
    return running.stream()
        .map(it -> new Outcome(it.name(), it.plan(), it.replay().result()))
        .toList();
  }
}
