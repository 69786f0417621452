package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.activity.LedgerActivities.Recollection;
import org.positionmanager.workflows.broker.EntrySighting;
import org.positionmanager.workflows.broker.Refusal;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.PlanChange;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.Reading;
import org.positionmanager.workflows.rules.RuleTrace;
import org.positionmanager.workflows.rules.Verdict;
import org.positionmanager.workflows.rules.WatchSight;
import org.positionmanager.workflows.rules.Why;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.watch.Acknowledgement;
import org.positionmanager.workflows.watch.ArmedExit;
import org.positionmanager.workflows.watch.ExitSent;

/** A position and its account's watch; every history made here is replayed. */
@Timeout(60)
class WatchedPositionWorkflowTest extends StagedTest {
  private FakeWatch watch;

  @BeforeEach
  void takeTheWatch() {
    watch = stage.watch;
  }

  @Test
  void anOpenedPositionIsArmedOnceWithTheOrderThatMayBeSent() {
    stage.start();
    stage.pass(Duration.ofMinutes(5));
    assertThat(watch.armed).hasSize(1);
    ArmedExit armed = watch.armed.getFirst();
    assertThat(armed.exit()).isOne();
    assertThat(armed.clientOrderId())
        .hasToString("pm-NOW260220P00110000-00000000-0000-4000-8000-000000000001-1-1");
    assertThat(armed.plan().version()).isOne();
    assertThat(armed.basis().held()).isEqualTo(Stage.TEN);
  }

  @Test
  @DisplayName(
      "incident 20: the watch's exit is taken over as the position's own, and is one order")
  void theWatchsExitIsTakenOver() {
    PositionWorkflow position = stage.start();
    stage.price("6.00");
    position.exitSent(sent(1, Optional.of(sendIt())));

    PositionOutcome outcome = stage.awaitEnd(position);

    assertThat(outcome.phase()).isEqualTo(Phase.CLOSED);
    assertThat(outcome.reason()).contains(ExitReason.TARGET);
    assertThat(outcome.averageExit()).contains(Price.parse("6.00"));
    assertThat(world.ordersAtBroker()).isOne();
    assertThat(world.submissions).as("sent by the watch alone").hasSize(1);
    assertThat(stage.ledger.events.values())
        .filteredOn(event -> event.type() == PositionEvent.Type.EXIT_DECIDED)
        .singleElement()
        .satisfies(event -> assertThat(event.text()).contains("the watch: target"));
  }

  @Test
  void anUnknownOutcomeOfTheWatchIsLookedUpBeforeAnythingIsSent() {
    PositionWorkflow position = stage.start();
    sendIt();
    position.exitSent(sent(1, Optional.of(new SubmitOutcome.Unknown("the answer was lost"))));
    assertThat(stage.awaitEnd(position).phase()).isEqualTo(Phase.CLOSED);
    assertThat(world.submissions).hasSize(1);
  }

  @Test
  void anExitThatTheBrokerRefusedTheWatchGoesOnByTheProtocol() {
    PositionWorkflow position = stage.start();
    position.exitSent(sent(1, Optional.of(refused())));
    assertThat(stage.awaitEnd(position).phase()).isEqualTo(Phase.CLOSED);
    assertThat(world.ordersAtBroker()).isOne();
  }

  @Test
  void whereOrdersHoldTheQuantityTheWorkflowFreesItAndSends() {
    PositionWorkflow position = stage.start();
    world.bracketHolds(Stage.TEN);
    position.exitSent(sent(1, Optional.empty()));
    assertThat(stage.awaitEnd(position).phase()).isEqualTo(Phase.CLOSED);
    assertThat(world.ordersAtBroker()).isOne();
  }

  @Test
  void aPausedPositionDoesNotFollowAWatchThatSentNothing() {
    PositionWorkflow position = stage.start();
    position.pause(new PauseCommand("p-1", "ann", "earnings"));
    position.exitSent(sent(1, Optional.empty()));
    position.exitSent(sent(1, Optional.of(refused())));
    stage.pass(Duration.ofMinutes(2));
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(world.submissions).isEmpty();
    assertThat(stage.ledger.events.values())
        .filteredOn(event -> event.type() == PositionEvent.Type.REQUEST_REFUSED)
        .hasSize(2)
        .allSatisfy(event -> assertThat(event.text()).contains("no longer in force"));
  }

  @Test
  void aPausedPositionTakesOverWhatTheWatchHadSentBefore() {
    PositionWorkflow position = stage.start();
    ExitSent late = sent(1, Optional.of(sendIt()));
    position.pause(new PauseCommand("p-1", "ann", "earnings"));
    position.exitSent(late);
    assertThat(stage.awaitEnd(position).phase()).isEqualTo(Phase.CLOSED);
    assertThat(world.submissions).hasSize(1);
  }

  @Test
  void anAdjustedPositionIsJudgedByItsNewPlanWhereTheWatchSentNothing() {
    PositionWorkflow position = stage.start();
    position.adjust(stopAtFour());
    position.exitSent(sent(1, Optional.empty()));
    stage.pass(Duration.ofMinutes(2));
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(world.submissions).isEmpty();
  }

  @Test
  void anExitTakenOverDuringAReviewIsNotDecidedAgain() {
    PositionWorkflow position = stage.start();
    stage.price("9.00");
    world.whenChecked(
        () -> {
          world.whenChecked(() -> {});
          position.exitSent(sent(1, Optional.of(sendIt())));
        });
    assertThat(stage.awaitEnd(position).phase()).isEqualTo(Phase.CLOSED);
    assertThat(stage.ledger.events.values())
        .filteredOn(event -> event.type() == PositionEvent.Type.EXIT_DECIDED)
        .as("decided once")
        .hasSize(1);
    assertThat(world.submissions).hasSize(1);
  }

  @Test
  @DisplayName("incident 5: watch and review decide at once, and one order is made")
  void watchAndReviewAtOnceMakeOneOrder() {
    PositionWorkflow position = stage.start();
    world.whenSubmitted(() -> world.whenSubmitted(() -> {}));
    world.fillsAtOnce = false;
    stage.requestClose();
    stage.pass(Duration.ofSeconds(2));
    position.exitSent(sent(1, Optional.of(sendIt())));
    stage.pass(Duration.ofSeconds(2));
    world.fillEverything();
    assertThat(stage.awaitEnd(position).phase()).isEqualTo(Phase.CLOSED);
    assertThat(world.ordersAtBroker()).isOne();
  }

  @Test
  void aRebuiltPositionArmsUnderAHigherNumberThanItsEarlierLife() {
    stage.ledger.earlierLife =
        Optional.of(
            new Recollection(
                Phase.PROTECTED,
                0,
                0,
                3,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                7,
                Optional.empty(),
                Optional.empty()));
    stage.start();
    assertThat(watch.armed).extracting(ArmedExit::arming).containsExactly(8);
  }

  @Test
  @DisplayName("what the watch sent before a rebuilt position found its entry is taken over, once")
  void whatTheWatchSentBeforeTheEntryWasFoundIsTakenOver() {
    PositionWorkflow first = stage.start();
    stage.lose(first);
    world.entryIs(new EntrySighting.NotFound(stage.open));
    PositionWorkflow rebuilt = stage.start();
    assertThat(rebuilt.state().phase()).isEqualTo(Phase.AWAITING_ENTRY);
    ExitSent sent = sent(1, Optional.of(sendIt()));
    rebuilt.exitSent(sent);
    rebuilt.exitSent(sent);
    world.entryIs(new EntrySighting.Filled(Stage.TEN, Stage.ENTRY, stage.open));

    PositionOutcome outcome = stage.awaitEnd(rebuilt);

    assertThat(outcome.phase()).isEqualTo(Phase.CLOSED);
    assertThat(outcome.reason()).contains(ExitReason.TARGET);
    assertThat(world.ordersAtBroker()).isOne();
    assertThat(world.submissions).as("sent by the watch alone").hasSize(1);
  }

  @Test
  @DisplayName("a rebuilt position goes on with the exit that its watch noted while it was lost")
  void aRebuiltPositionGoesOnWithTheExitThatItsWatchNoted() {
    PositionWorkflow first = stage.start();
    stage.lose(first);
    ExitSent sent = sent(1, Optional.of(sendIt()));
    stage.ledger.noted(sent.record(Stage.ID, sent.reason()));

    PositionOutcome outcome = stage.awaitEnd(stage.start());

    assertThat(outcome.phase()).isEqualTo(Phase.CLOSED);
    assertThat(outcome.reason()).contains(ExitReason.TARGET);
    assertThat(outcome.averageExit()).contains(Stage.ENTRY);
    assertThat(world.ordersAtBroker()).isOne();
    assertThat(world.submissions).as("sent by the watch alone").hasSize(1);
  }

  @Test
  void aCloseByHandDoesNotWaitForTheWatch() {
    PositionWorkflow position = stage.start();
    watch.away = true;
    stage.requestClose();
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.MANUAL);
    assertThat(watch.armed).as("never told of the close").hasSize(1);
    assertThat(watch.permission).isPresent();
  }

  @Test
  void whatTheWatchTellsOfAnExitThatIsSettledChangesNothing() {
    PositionWorkflow position = stage.start();
    position.close(new CloseCommand("c-1", Optional.of(Quantity.of(4)), "ann", Optional.empty()));
    stage.pass(Duration.ofSeconds(30));
    position.exitSent(sent(1, Optional.of(new SubmitOutcome.Unknown("late"))));
    stage.pass(Duration.ofMinutes(2));
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(position.state().held()).isEqualTo(Quantity.of(6));
    assertThat(watch.armed).extracting(ArmedExit::exit).containsExactly(1, 2);
    assertThat(watch.armed.getLast().basis().held()).isEqualTo(Quantity.of(6));
  }

  @Test
  void adjustPauseAndResumeReachTheWatchBeforeTheyAreAnswered() {
    PositionWorkflow position = stage.start();
    CommandAnswer adjusted = position.adjust(stopAtFour());
    assertThat(adjusted.message())
        .contains("plan version 2 is in force; the watch has acknowledged it");
    assertThat(watch.permission.orElseThrow().plan().version()).isEqualTo(2);

    CommandAnswer paused = position.pause(new PauseCommand("p-1", "ann", "earnings"));
    assertThat(paused.message()).contains("the watch has acknowledged it");
    assertThat(watch.permission).isEmpty();

    watch.answer = Acknowledgement.NOT_YET;
    CommandAnswer resumed = position.resume(new ResumeCommand("r-1", "ann"));
    assertThat(resumed.message()).contains("the watch has not acknowledged it yet");
    assertThat(watch.permission.orElseThrow().arming()).isEqualTo(4);
  }

  @Test
  void aWatchThatCannotBeToldIsSaidPlainly() {
    PositionWorkflow position = stage.start();
    watch.away = true;
    CommandAnswer paused = position.pause(new PauseCommand("p-1", "ann", "earnings"));
    assertThat(paused.paused()).isTrue();
    assertThat(paused.message())
        .contains("the watch could not be told yet: until then it may act as before");
    watch.away = false;
    stage.pass(Duration.ofMinutes(2));
    assertThat(watch.permission).as("told at the next step").isEmpty();
  }

  @Test
  @DisplayName("incident 18: reviews are rare while a fresh watch judges, and back when it is not")
  void reviewsAreRareWhileAFreshWatchJudges() {
    stage.start();
    stage.pass(Duration.ofMinutes(3));
    world.watch = Optional.of(sight("4.80", true));
    stage.pass(Duration.ofMinutes(1));
    int before = world.asked.size();
    stage.pass(Duration.ofMinutes(30));
    assertThat(world.asked.size() - before).as("reviews in 30 minutes").isBetween(2, 4);
    world.watch = Optional.of(sight("4.80", false));
    stage.pass(Duration.ofMinutes(11));
    int stale = world.asked.size();
    stage.pass(Duration.ofMinutes(10));
    assertThat(world.asked.size() - stale).as("reviews in 10 minutes").isBetween(9, 11);
  }

  @Test
  @DisplayName("incident 11: a peak that only the watch has seen counts")
  void aPeakThatOnlyTheWatchHasSeenCounts() {
    PositionWorkflow position = stage.start();
    world.watch = Optional.of(sight("8.00", true));
    stage.pass(Duration.ofMinutes(2));
    assertThat(stage.awaitEnd(position).reason())
        .as("4.80 lies below 7.20, three quarters of the gain")
        .contains(ExitReason.TRAILING_STOP);
  }

  @Test
  void whatIsArmedSurvivesContinueAsNewAndIsNotArmedAgain() {
    PositionWorkflow position = stage.start(Map.of(NextRun.AFTER_EVENTS, 40));
    for (int run = 0; run < 4; run++) {
      stage.pass(Duration.ofMinutes(5));
      stage.noteRun();
    }
    assertThat(stage.runs).hasSizeGreaterThan(1);
    assertThat(watch.armed).hasSize(1);
    position.exitSent(sent(1, Optional.of(sendIt())));
    assertThat(stage.awaitEnd(position).phase()).isEqualTo(Phase.CLOSED);
    assertThat(world.ordersAtBroker()).isOne();
  }

  private static AdjustCommand stopAtFour() {
    return new AdjustCommand(
        "a-1",
        new PlanChange(
            Optional.of(Price.parse("4.00")), Optional.empty(), Optional.empty(), Optional.empty()),
        "ann");
  }

  private static SubmitOutcome refused() {
    return new SubmitOutcome.Refused(
        new Refusal(Refusal.Kind.RATE_LIMITED, 429, 0, "too many requests"));
  }

  /** What the watch would do: send exactly the order that is armed. */
  private SubmitOutcome sendIt() {
    return world.submitExit(watch.armed.getFirst().order(Stage.TEN, Optional.empty()));
  }

  private ExitSent sent(int exit, Optional<SubmitOutcome> outcome) {
    Instant now = Instant.ofEpochMilli(stage.environment.currentTimeMillis());
    return new ExitSent(
        1,
        exit,
        ExitReason.TARGET,
        new RuleTrace(
            "target", Verdict.FIRED, Reading.parse("6"), Reading.parse("6"), Why.LEVEL_REACHED, ""),
        Optional.of(new Quote(world.bid, world.bid, now)),
        Stage.TEN,
        outcome,
        world.bid,
        now,
        List.of());
  }

  private WatchSight sight(String peak, boolean fresh) {
    return new WatchSight(
        1,
        Price.parse(peak),
        Stage.ENTRY,
        Instant.ofEpochMilli(stage.environment.currentTimeMillis()),
        fresh,
        Optional.of(Stage.ENTRY));
  }
}
