package org.positionmanager.starter.replay;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.starter.replay.ReplayReport.Outcome;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.replay.EntryWish;
import org.positionmanager.workflows.replay.FillAt;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.replay.Sessions;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.PartialExit;
import org.positionmanager.workflows.rules.ProfitTarget;
import org.positionmanager.workflows.rules.RollProposal;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.rules.TrailingStop;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Reports on literal paths: 2026-02-11, ten calls bought at 5.00 at the open. */
final class Reports {
  static final Instant OPEN = Instant.parse("2026-02-11T14:30:00Z");

  private Reports() {}

  private static Plan plan(ExitRule... rules) {
    return new Plan(
        1, List.of(rules), new ExitStyle.MarketNow(), Duration.ofMinutes(1), Duration.ofMinutes(5));
  }

  static NamedPlans tight() {
    return NamedPlans.of(
        "tight",
        plan(
            new StopLoss(new Level.AtGain(Percent.of(-10))),
            new ProfitTarget(new Level.AtGain(Percent.of(20)))));
  }

  /** Half at +20%, the rest trailing. */
  static NamedPlans scaled() {
    return NamedPlans.of(
        "scaled",
        plan(
            new StopLoss(new Level.AtGain(Percent.of(-20))),
            new TrailingStop(Percent.of(60)),
            new PartialExit(List.of(new PartialExit.Stage(Percent.of(20), Percent.of(50))))));
  }

  /** The stop of {@link #tight}, and a proposal at the same price. */
  static NamedPlans alike() {
    return NamedPlans.of(
        "alike",
        plan(
            new StopLoss(new Level.AtGain(Percent.of(-10))),
            new RollProposal(60, Percent.of(-10), 30)));
  }

  /** The same as {@link #tight}. */
  static NamedPlans twin() {
    return NamedPlans.of(
        "twin",
        plan(
            new StopLoss(new Level.AtGain(Percent.of(-10))),
            new ProfitTarget(new Level.AtGain(Percent.of(20)))));
  }

  static NamedPlans patient() {
    return NamedPlans.of("patient", plan(new StopLoss(new Level.AtGain(Percent.of(-50)))));
  }

  /** Falls to 4.75, rises to 7.00, falls to 5.50: a quote each minute. */
  static List<SeenQuote> hill() {
    List<SeenQuote> path = new ArrayList<>();
    for (int minute = 0; minute <= 120; minute++) {
      int cents =
          minute <= 10
              ? 500 - minute * 5 / 2
              : minute <= 85 ? 475 + (minute - 10) * 3 : 700 - (minute - 85) * 30 / 7;
      path.add(quote(minute, cents));
    }
    return path;
  }

  private static SeenQuote quote(int minute, int cents) {
    return SeenQuote.fresh(
        new Quote(price(cents - 2), price(cents + 2), OPEN.plus(Duration.ofMinutes(minute))));
  }

  /** Half a minute after a minute. */
  static SeenQuote between(int minute, String bid, String ask) {
    return SeenQuote.fresh(
        new Quote(
            Price.parse(bid),
            Price.parse(ask),
            OPEN.plus(Duration.ofMinutes(minute)).plusSeconds(30)));
  }

  private static Price price(int cents) {
    return new Price(BigDecimal.valueOf(cents, 2));
  }

  static ReplayReport of(List<SeenQuote> path, NamedPlans choice) {
    Sessions sessions = Sessions.ofNyse();
    EntryWish wish =
        new EntryWish(
            Instrument.parse("MSFT260320C00400000"),
            Direction.LONG,
            Quantity.of(10),
            Optional.of(Price.parse("5")),
            Optional.empty());
    ReplayRun run =
        new ReplayRun(
            wish,
            Strategy.SWING_TRADE,
            choice,
            choice.names(),
            FillAt.NEAR,
            sessions,
            Besides.NOTHING);
    path.forEach(run::see);
    List<Outcome> outcomes = run.outcomes();
    return new ReplayReport(
        "a hill", run.opening().orElseThrow(), Optional.empty(), outcomes, run.track());
  }
}
