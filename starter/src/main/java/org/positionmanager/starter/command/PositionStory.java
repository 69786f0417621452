package org.positionmanager.starter.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.ledger.PositionRecord;
import org.positionmanager.starter.text.NewYork;
import org.positionmanager.starter.text.PositionLine;
import org.positionmanager.starter.text.Table;
import org.positionmanager.starter.text.Tone;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.position.ExitProgress;
import org.positionmanager.workflows.position.ExitRecord;
import org.positionmanager.workflows.position.PositionEvent;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.RuleTrace;
import org.positionmanager.workflows.value.Price;

/** One position's story for a terminal; moments are the exchange's, in New York's time. */
final class PositionStory {
  private static final String NONE = "-";

  private final StringBuilder text = new StringBuilder();

  private PositionStory() {}

  static String of(PositionRecord record, Optional<PositionState> live) {
    PositionStory story = new PositionStory();
    story.head(record);
    Optional<Plan> plan = live.flatMap(PositionState::plan).or(record::plan);
    Optional<Basis> basis = live.flatMap(PositionState::basis).or(record::basis);
    basis.ifPresent(story::basis);
    live.ifPresent(story::now);
    if (plan.isPresent() && basis.isPresent()) {
      Optional<Price> mid =
          live.flatMap(PositionState::lastSeen).flatMap(Observation::quote).map(Quote::mid);
      Instant now =
          live.flatMap(PositionState::lastSeen)
              .map(seen -> seen.moment().now())
              .orElseGet(() -> basis.get().filledAt());
      story.levels(plan.get(), basis.get(), now, mid);
    }
    live.flatMap(PositionState::lastDecision).map(Decision::trace).ifPresent(story::trace);
    story.exits(record.exits());
    story.timeline(record.events());
    return story.text.toString().stripTrailing();
  }

  private void head(PositionRecord record) {
    line(
        "%s %s in %s  %s%s"
            .formatted(
                record.direction(),
                record.id().instrument(),
                record.id().account(),
                PositionLine.tone(record.phase()).of(record.phase().name()),
                record.reason().map(reason -> "  " + reason).orElse("")));
    line(Tone.FAINT.of(record.id().toString()));
    field("strategy", record.strategy().name());
    field("held", record.held().toString());
    record.averageExit().ifPresent(price -> field("exit", price.toString()));
    field("realised", Tone.of(record.realised().amount()).of(record.realised().toString()));
  }

  private void basis(Basis basis) {
    field(
        "entry",
        "%s at %s, filled %s"
            .formatted(basis.opened(), basis.entry(), NewYork.moment(basis.filledAt())));
    field("peak", basis.peak().toString());
  }

  private void now(PositionState state) {
    state.lastSeen().ifPresent(seen -> field("last seen", seen(state, seen)));
    state.pausedBecause().ifPresent(why -> field("paused", Tone.WARNING.of(why)));
    state.note().ifPresent(note -> field("note", Tone.WARNING.of(note)));
    state
        .exit()
        .flatMap(ExitProgress::obstacle)
        .ifPresent(what -> field("in the way", Tone.BAD.of(what)));
  }

  private static String seen(PositionState state, Observation seen) {
    Instant now = seen.moment().now();
    return seen.quote()
        .map(
            quote ->
                "%s: bid %s, ask %s, %d s old%s"
                    .formatted(
                        NewYork.moment(now),
                        quote.bid(),
                        quote.ask(),
                        quote.age(now).toSeconds(),
                        state
                            .basis()
                            .map(
                                it ->
                                    ", gain "
                                        + it.direction().gain(it.entry(), quote.mid()).rounded())
                            .orElse("")))
        .orElse(NewYork.moment(now) + ": no quote");
  }

  private void levels(Plan plan, Basis basis, Instant now, Optional<Price> mid) {
    section("plan version " + plan.version());
    line(
        new Table<ExitRule>()
            .words("rule", rule -> rule.kind().label())
            .number("level", rule -> rule.level(basis, now).map(Price::toString).orElse(NONE))
            .number(
                "distance",
                rule ->
                    rule.level(basis, now)
                        .flatMap(at -> mid.filter(it -> !it.isZero()).map(at::changeFrom))
                        .map(distance -> distance.rounded())
                        .orElse(NONE))
            .of(plan.rules()));
  }

  private void trace(List<RuleTrace> trace) {
    section("last answer of each rule");
    line(
        new Table<RuleTrace>()
            .words("rule", RuleTrace::rule)
            .words("answer", rule -> rule.verdict().name(), rule -> Tone.of(rule.verdict()))
            .number("level", rule -> rule.level().text())
            .number("observed", rule -> rule.observed().text())
            .words("because", RuleTrace::because)
            .of(trace));
  }

  private void exits(List<ExitRecord> exits) {
    if (exits.isEmpty()) {
      return;
    }
    section("exits");
    line(
        new Table<ExitRecord>()
            .number("exit", exit -> exit.exit() + "." + exit.attempt())
            .words("status", exit -> exit.status().name())
            .words("reason", exit -> exit.reason().name())
            .number("wanted", exit -> exit.quantity().toString())
            .number("filled", exit -> exit.filled().toString())
            .number("price", exit -> exit.averagePrice().map(Price::toString).orElse(NONE))
            .words("order", ExitRecord::clientOrderId)
            .of(exits));
  }

  private void timeline(List<PositionEvent> events) {
    section("timeline");
    line(
        new Table<PositionEvent>()
            .words("when (New York)", event -> NewYork.moment(event.at()))
            .words("event", event -> event.type().name())
            .words("what", PositionEvent::text)
            .of(events));
  }

  private void section(String title) {
    line("");
    line(title);
  }

  private void field(String name, String value) {
    line("  %-12s %s".formatted(name, value));
  }

  private void line(String line) {
    text.append(line).append(System.lineSeparator());
  }
}
