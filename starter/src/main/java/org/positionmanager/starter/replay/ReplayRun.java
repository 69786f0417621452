package org.positionmanager.starter.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.starter.replay.ReplayReport.Outcome;
import org.positionmanager.starter.text.NewYork;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.replay.EntryWish;
import org.positionmanager.workflows.replay.FillAt;
import org.positionmanager.workflows.replay.Opening;
import org.positionmanager.workflows.replay.Replay;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.replay.Sessions;
import org.positionmanager.workflows.rules.PriceSight;
import org.positionmanager.workflows.value.Price;

/** All plans over one pass of quotes. */
final class ReplayRun {
  private static final Duration BEFORE_THE_ENTRY = Duration.ofMinutes(5);

  private final EntryWish wish;
  private final Strategy strategy;
  private final NamedPlans choice;
  private final List<String> names;
  private final FillAt fill;
  private final Sessions sessions;
  private final Besides besides;
  private final Track track;
  private final List<Running> running = new ArrayList<>();
  private Optional<Opening> opening = Optional.empty();
  private Optional<Underlying> underlying = Optional.empty();
  private Optional<Trade> trade = Optional.empty();

  private record Running(String name, Plan plan, Replay replay) {}

  private record Underlying(Quote quote, Duration lasts) {}

  /**
   * @param names of the plans to try; none for the usual one
   * @param besides what rules need besides the instrument's quotes
   */
  ReplayRun(
      EntryWish wish,
      Strategy strategy,
      NamedPlans choice,
      List<String> names,
      FillAt fill,
      Sessions sessions,
      Besides besides) {
    this.wish = wish;
    this.strategy = strategy;
    this.choice = choice;
    this.names = names.isEmpty() ? List.of(choice.names().getFirst()) : names;
    this.names.forEach(choice::requireName);
    this.fill = fill;
    this.sessions = sessions;
    this.besides = besides;
    track = new Track(sessions);
  }

  void see(SeenQuote seen) {
    besides.upTo(seen.seenAt(), new Telling());
    if (opening.isEmpty()) {
      opening = wish.on(seen, sessions, it -> plan(names.getFirst(), it));
      opening.ifPresent(this::begin);
    }
    track.see(seen, usable(seen));
    running.forEach(it -> it.replay().see(seen));
  }

  /** By the first plan's limits; before the entry, which decides on the plan, by the usual ones. */
  private Optional<Price> usable(SeenQuote seen) {
    PriceSight sight =
        running.isEmpty() ? PriceSight.of(BEFORE_THE_ENTRY) : running.getFirst().plan().sight();
    return Replay.usable(sight, wish.instrument(), seen, sessions);
  }

  /** Hands on what is known besides; the latest of it also to who begins later. */
  private final class Telling implements Besides.Listener {
    @Override
    public void underlying(PathFeed from, Quote quote) {
      underlying = Optional.of(new Underlying(quote, from.lasts()));
      running.forEach(it -> it.replay().seeUnderlying(quote, from.lasts()));
    }

    @Override
    public void trade(Trade latest) {
      trade = Optional.of(latest);
      running.forEach(it -> it.replay().seeTrade(latest));
    }
  }

  private void begin(Opening opened) {
    for (String name : names) {
      Plan plan = plan(name, opened);
      Replay replay = Replay.of(opened, plan, sessions, fill).withEquity(besides.equity());
      underlying.ifPresent(it -> replay.seeUnderlying(it.quote(), it.lasts()));
      trade.ifPresent(replay::seeTrade);
      running.add(new Running(name, plan, replay));
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
    return besides
        .ranges()
        .into(choice.required(name, terms, opened.basis()), NewYork.date(opened.at()));
  }

  /** Empty where no quote came by which the position could be opened. */
  Optional<Opening> opening() {
    return opening;
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
