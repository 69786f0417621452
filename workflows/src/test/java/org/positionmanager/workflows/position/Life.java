package org.positionmanager.workflows.position;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.positionmanager.workflows.activity.LedgerActivities.Recollection;
import org.positionmanager.workflows.broker.EntrySighting;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.Refusal;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.plan.ChosenPlan;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.PlanChange;
import org.positionmanager.workflows.rules.Confirmation;
import org.positionmanager.workflows.rules.Confirmed;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.GradedClose;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.PartialExit;
import org.positionmanager.workflows.rules.RollProposal;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.rules.TimeStop;
import org.positionmanager.workflows.rules.UnderlyingStop;
import org.positionmanager.workflows.rules.WatchSight;
import org.positionmanager.workflows.sync.SyncNotice;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.UnderlyingPrice;
import org.positionmanager.workflows.watch.WatchBlind;

/**
 * Complete lives of positions, short but with all that can happen in them, whose histories are kept
 * as the upgrade guard. A life is a name in small letters and what happens in it.
 */
enum Life {
  CLOSED_BY_RULE(Life::closedByRule),
  CLOSED_BY_SIGNAL_WITH_A_PARTIAL_FILL(Life::closedBySignalWithAPartialFill),
  LIMIT_CHASED_THEN_MARKET(Life::limitChasedThenMarket),
  CONTINUED_AS_NEW(Life::continuedAsNew),
  NEVER_OPENED(Life::neverOpened),
  PAUSED_ADJUSTED_CLOSED_BY_HAND(Life::pausedAdjustedClosedByHand),
  REFUSED_UNKNOWN_THEN_FILLED(Life::refusedUnknownThenFilled),
  CLOSED_ELSEWHERE(Life::closedElsewhere),
  LOST_AND_REBUILT(Life::lostAndRebuilt),
  LOST_DURING_AN_EXIT(Life::lostDuringAnExit),
  CLOSED_IN_PARTS_WITH_A_SHADOW(Life::closedInPartsWithAShadow),
  UNKNOWN_PRICE_THEN_STOPPED_BY_A_TRADE(Life::unknownPriceThenStoppedByATrade),
  WITHOUT_A_PLAN_FILE(Life::withoutAPlanFile),
  SPLIT_WHILE_A_PLAN_STANDS_IN(Life::splitWhileAPlanStandsIn),
  UNJUDGED_AND_BLIND(Life::unjudgedAndBlind),
  WAITING_AT_THE_CLOSE(Life::waitingAtTheClose),
  WATCHED_BESIDE_A_SHADOW(Life::watchedBesideAShadow);

  private final Consumer<Stage> story;

  Life(Consumer<Stage> story) {
    this.story = story;
  }

  /** Plays it to its end. */
  void play(Stage stage) {
    story.accept(stage);
  }

  /** As files are named. */
  String fileName() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  private static void closedByRule(Stage stage) {
    PositionWorkflow position = stage.start();
    stage.price("6.00");
    stage.pass(Duration.ofMinutes(2));
    stage.price("5.60");
    stage.awaitEnd(position);
  }

  private static void closedBySignalWithAPartialFill(Stage stage) {
    PositionWorkflow position = stage.start();
    stage.world.fillsAtOnce = false;
    stage.world.bracketHolds(Stage.TEN);
    stage.requestClose();
    stage.pass(Duration.ofSeconds(3));
    stage.world.fillPart(Quantity.of(4));
    stage.world.ordersEnd(OrderStatus.EXPIRED);
    stage.pass(Duration.ofSeconds(3));
    stage.world.fillEverything();
    stage.awaitEnd(position);
  }

  private static void limitChasedThenMarket(Stage stage) {
    stage.ledger.earlierLife = Optional.of(rememberedPlan(limitThenMarket(2)));
    stage.world.limitsRest = true;
    PositionWorkflow position = stage.start();
    stage.world.fillDuringCancels(Quantity.ZERO, Quantity.of(3));
    stage.price("4.00");
    stage.awaitEnd(position);
  }

  private static void continuedAsNew(Stage stage) {
    PositionWorkflow position = stage.start(Map.of(NextRun.AFTER_EVENTS, 40));
    for (int run = 0; run < 4; run++) {
      stage.pass(Duration.ofMinutes(4));
      stage.noteRun();
    }
    stage.requestClose(
        new CloseRequest(Optional.of("ann"), Optional.of("enough"), Optional.empty()));
    stage.awaitEnd(position);
  }

  private static void neverOpened(Stage stage) {
    stage.world.entryIs(new EntrySighting.NotFound(stage.open));
    stage.awaitEnd(stage.start());
  }

  private static void pausedAdjustedClosedByHand(Stage stage) {
    PositionWorkflow position = stage.start();
    position.pause(new PauseCommand("p-1", "ann", "earnings"));
    stage.price("8.00");
    stage.pass(Duration.ofMinutes(2));
    position.adjust(
        new AdjustCommand(
            "a-1",
            new PlanChange(
                Optional.of(Price.parse("4.50")),
                Optional.empty(),
                Optional.of(Percent.of(60)),
                Optional.empty()),
            "ann"));
    position.resume(new ResumeCommand("r-1", "ann"));
    stage.pass(Duration.ofMinutes(1));
    position.close(
        new CloseCommand("c-1", Optional.of(Quantity.of(4)), "ann", Optional.of("de-risk")));
    stage.pass(Duration.ofMinutes(1));
    position.close(new CloseCommand("c-2", Optional.empty(), "ann", Optional.empty()));
    stage.awaitEnd(position);
  }

  private static void refusedUnknownThenFilled(Stage stage) {
    PositionWorkflow position = stage.start();
    stage.world.answerNextSubmissionWith(
        refused(Refusal.Kind.RATE_LIMITED),
        refused(Refusal.Kind.NEEDS_A_PERSON),
        new SubmitOutcome.Unknown("timeout"));
    stage.requestClose();
    stage.awaitEnd(position);
  }

  private static void closedElsewhere(Stage stage) {
    PositionWorkflow position = stage.start();
    stage.world.closeElsewhere(Stage.TEN, Price.parse("5.55"));
    stage.awaitEnd(position);
  }

  private static void lostAndRebuilt(Stage stage) {
    PositionWorkflow first = stage.start();
    stage.price("6.00");
    stage.pass(Duration.ofMinutes(2));
    stage.lose(first);
    PositionWorkflow rebuilt = stage.start();
    stage.price("5.60");
    stage.awaitEnd(rebuilt);
  }

  private static void lostDuringAnExit(Stage stage) {
    stage.world.fillsAtOnce = false;
    PositionWorkflow first = stage.start();
    stage.requestClose();
    stage.pass(Duration.ofSeconds(3));
    stage.world.fillPart(Quantity.of(4));
    stage.world.ordersEnd(OrderStatus.EXPIRED);
    stage.pass(Duration.ofSeconds(3));
    stage.lose(first);
    PositionWorkflow rebuilt = stage.start();
    stage.world.fillEverything();
    stage.awaitEnd(rebuilt);
  }

  private static void closedInPartsWithAShadow(Stage stage) {
    Plan inParts =
        rules(
            new StopLoss(new Level.AtGain(Percent.of(-50))),
            new PartialExit(List.of(new PartialExit.Stage(Percent.of(50), Percent.of(50)))),
            new RollProposal(365, Percent.of(-10), 30));
    Plan beside = rules(new StopLoss(new Level.AtGain(Percent.of(-10))));
    stage.world.planFile = (terms, basis) -> new ChosenPlan(inParts, Optional.of(beside));
    PositionWorkflow position = stage.start();
    stage.price("7.20");
    stage.pass(Duration.ofMinutes(2));
    stage.price("4.00");
    stage.pass(Duration.ofMinutes(2));
    stage.price("2.40");
    stage.awaitEnd(position);
  }

  private static void unknownPriceThenStoppedByATrade(Stage stage) {
    PositionWorkflow position = stage.start();
    stage.world.noQuote = true;
    stage.pass(Duration.ofMinutes(31));
    stage.world.lastTrade =
        Optional.of(
            new Trade(
                Price.parse("1.90"), Instant.ofEpochMilli(stage.environment.currentTimeMillis())));
    stage.awaitEnd(position);
  }

  /** With a stop on the wrong side, and neither a quote of the underlying nor, then, its own. */
  private static void unjudgedAndBlind(Stage stage) {
    Plan plan =
        rules(
            new StopLoss(new Level.AtPrice(Price.parse("395"))),
            new UnderlyingStop(UnderlyingPrice.parse("130")),
            new TimeStop(Duration.ofMinutes(1), Percent.of(-50)),
            new Confirmed(
                new GradedClose(
                    List.of(new GradedClose.Stage(Duration.ofMinutes(5), Optional.empty()))),
                new Confirmation.Quotes(2)),
            new RollProposal(365, Percent.of(-10), 30));
    stage.world.planFile = (terms, basis) -> new ChosenPlan(plan, Optional.of(plan));
    PositionWorkflow position = stage.start();
    stage.price("4.00");
    stage.pass(Duration.ofMinutes(2));
    stage.price("4.80");
    stage.pass(Duration.ofMinutes(2));
    stage.world.noQuote = true;
    Instant now = Instant.ofEpochMilli(stage.environment.currentTimeMillis());
    position.watchBlind(new WatchBlind(now.minus(Duration.ofMinutes(9))));
    stage.pass(Duration.ofMinutes(3));
    stage.requestClose();
    stage.awaitEnd(position);
  }

  /** Its first take was recorded while a graded close's last stage waited for confirmation, too. */
  private static void waitingAtTheClose(Stage stage) {
    Plan plan =
        rules(
            new UnderlyingStop(UnderlyingPrice.parse("130")),
            new Confirmed(
                new GradedClose(
                    List.of(new GradedClose.Stage(Duration.ofMinutes(5), Optional.empty()))),
                new Confirmation.Lasting(Duration.ofMinutes(10))),
            new RollProposal(365, Percent.of(-10), 30));
    stage.world.planFile = (terms, basis) -> new ChosenPlan(plan, Optional.of(plan));
    PositionWorkflow position = stage.start();
    for (String price : List.of("4.00", "4.80", "4.00", "4.80")) {
      stage.price(price);
      stage.pass(Duration.ofMinutes(3));
    }
    stage.world.watch = watched(position);
    stage.pass(
        Duration.between(
            Instant.ofEpochMilli(stage.environment.currentTimeMillis()),
            stage.world.session.closeExclusive().minusSeconds(60)));
    if (!position.state().phase().isFinal()) {
      stage.requestClose();
    }
    stage.awaitEnd(position);
  }

  /** Seldom looked at, so that the history is short. */
  private static Optional<WatchSight> watched(PositionWorkflow position) {
    return Optional.of(
        new WatchSight(
            1,
            Price.parse("4.80"),
            Price.parse("4.80"),
            position.state().basis().orElseThrow().filledAt(),
            true,
            Optional.empty()));
  }

  private static void hasNoPlanFile(Stage stage) {
    stage.world.planFile =
        (terms, basis) -> {
          throw ApplicationFailure.newFailure("no such plan", "PLAN_FILE");
        };
  }

  private static void splitWhileAPlanStandsIn(Stage stage) {
    hasNoPlanFile(stage);
    PositionWorkflow position = stage.start();
    stage.pass(Duration.ofSeconds(30));
    stage.price("2.40");
    stage.world.held = Quantity.of(20);
    position.synced(new SyncNotice.Split("a-1", Stage.TEN, Quantity.of(20), "2:1"));
    stage.pass(Duration.ofMinutes(2));
    stage.requestClose();
    stage.awaitEnd(position);
  }

  private static void withoutAPlanFile(Stage stage) {
    hasNoPlanFile(stage);
    PositionWorkflow position = stage.start();
    stage.pass(Duration.ofSeconds(30));
    stage.requestClose();
    stage.awaitEnd(position);
  }

  private static void watchedBesideAShadow(Stage stage) {
    Plan real = rules(new StopLoss(new Level.AtGain(Percent.of(-50))));
    Plan beside = rules(new StopLoss(new Level.AtGain(Percent.of(-10))));
    stage.world.planFile = (terms, basis) -> new ChosenPlan(real, Optional.of(beside));
    PositionWorkflow position = stage.start();
    stage.watchSees();
    stage.pass(Duration.ofMinutes(1));
    stage.watchRecords("4.30");
    stage.pass(Duration.ofMinutes(5));
    stage.watchRecords("4.90");
    stage.watchSees();
    stage.pass(Duration.ofMinutes(11));
    stage.price("2.40");
    stage.awaitEnd(position);
  }

  private static Plan rules(ExitRule... rules) {
    return new Plan(
        1, List.of(rules), new ExitStyle.MarketNow(), Duration.ofMinutes(1), Duration.ofMinutes(5));
  }

  static SubmitOutcome refused(Refusal.Kind kind) {
    return new SubmitOutcome.Refused(new Refusal(kind, 403, 40310000, "no: " + kind));
  }

  /** A stop at 4.50 whose exits try limits first. */
  static Plan limitThenMarket(int steps) {
    return new Plan(
        1,
        List.of(new StopLoss(new Level.AtPrice(Price.parse("4.50")))),
        new ExitStyle.LimitThenMarket(Percent.of(5), steps, Duration.ofSeconds(10)),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5));
  }

  static Recollection rememberedPlan(Plan plan) {
    return new Recollection(
        Phase.PROTECTED,
        0,
        0,
        2,
        List.of(),
        Optional.empty(),
        Optional.of(plan),
        0,
        Optional.empty(),
        Optional.empty());
  }
}
