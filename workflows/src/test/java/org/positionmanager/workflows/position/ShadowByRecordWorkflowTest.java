package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.ChosenPlan;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.Reading;
import org.positionmanager.workflows.rules.RuleTrace;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.rules.Verdict;
import org.positionmanager.workflows.rules.Why;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.watch.ExitSent;

/**
 * A watched position, stopped at half of its entry, beside a shadow plan that stops 10% below it:
 * at 4.32. Every history made here is replayed.
 */
@Timeout(60)
class ShadowByRecordWorkflowTest extends StagedTest {
  @BeforeEach
  void aWatchedPosition() {
    world.planFile = (terms, basis) -> new ChosenPlan(stop(-50), Optional.of(stop(-10)));
  }

  private static Plan stop(long percent) {
    return new Plan(
        1,
        List.of(new StopLoss(new Level.AtGain(Percent.of(percent)))),
        new ExitStyle.MarketNow(),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5));
  }

  private PositionWorkflow watched() {
    PositionWorkflow position = stage.start();
    stage.watchSees();
    stage.pass(Duration.ofMinutes(1));
    return position;
  }

  private Instant now() {
    return stage.now();
  }

  /** The watch has judged by it, and recorded it. */
  private KeptQuote recorded(Instant at, String price) {
    KeptQuote kept = kept(at, price);
    stage.ledger.keeps(kept);
    return kept;
  }

  private static KeptQuote kept(Instant at, String price) {
    return new KeptQuote(
        new SeenQuote(at, new Quote(Price.parse(price), Price.parse(price), at)),
        1,
        KeptQuote.Why.MOVED);
  }

  private void assertWouldHaveClosed(PositionWorkflow position, Instant at, String price) {
    assertThat(position.state().shadow().orElseThrow().exits())
        .singleElement()
        .satisfies(
            exit -> {
              assertThat(exit.at()).isEqualTo(at);
              assertThat(exit.price()).contains(Price.parse(price));
              assertThat(exit.reason()).isEqualTo(ExitReason.STOP);
              assertThat(exit.quantity()).isEqualTo(Stage.TEN);
            });
    assertThat(stage.ledger.events.values())
        .filteredOn(event -> event.type() == PositionEvent.Type.SHADOW_EXIT)
        .singleElement()
        .satisfies(event -> assertThat(event.at()).isEqualTo(at));
  }

  @Test
  @DisplayName("a stop touched and recovered between two reviews is the shadow's, when and where")
  void aStopTouchedBetweenReviewsIsFound() {
    PositionWorkflow position = watched();
    Instant start = now();
    recorded(start.plusSeconds(60), "4.70");
    KeptQuote touched = recorded(start.plusSeconds(120), "4.30");
    recorded(start.plusSeconds(125), "4.60");
    stage.pass(Duration.ofMinutes(5));
    stage.watchSees();
    stage.pass(Duration.ofMinutes(10));
    assertWouldHaveClosed(position, touched.at(), "4.3");
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(world.submissions).isEmpty();
    int looks = stage.ledger.asked.size();
    stage.pass(Duration.ofMinutes(30));
    assertThat(stage.ledger.asked).as("nobody asks once it is over").hasSize(looks);
  }

  @Test
  @DisplayName("what a watch may still write is waited for: the shadow sees all in order")
  void whatMayStillComeIsWaitedFor() {
    PositionWorkflow position = watched();
    Instant judged = now().plus(Duration.ofMinutes(5));
    stage.pass(Duration.ofMinutes(5));
    stage.watchSees();
    KeptQuote late = kept(judged.minusSeconds(30), "4.30");
    recorded(judged.minusSeconds(10), "4.10");
    stage.pass(Duration.ofMinutes(6));
    assertThat(position.state().shadow().orElseThrow().exits()).as("not yet").isEmpty();
    stage.ledger.keeps(late);
    stage.watchSees();
    stage.pass(Duration.ofMinutes(10));
    assertWouldHaveClosed(position, late.at(), "4.3");
  }

  @Test
  void withoutTheLedgerTheShadowWaitsAndTheRealPlanDoesNot() {
    PositionWorkflow position = watched();
    KeptQuote touched = recorded(now().plusSeconds(60), "4.30");
    stage.pass(Duration.ofMinutes(5));
    stage.watchSees();
    stage.ledger.down = true;
    stage.pass(Duration.ofMinutes(11));
    assertThat(position.state().shadow().orElseThrow().exits()).isEmpty();
    stage.ledger.down = false;
    stage.watchSees();
    stage.pass(Duration.ofMinutes(11));
    assertWouldHaveClosed(position, touched.at(), "4.3");
  }

  @Test
  @DisplayName("one look takes 200 quotes, the next goes on where it ended")
  void theNextLookGoesOnWhereTheLastEnded() {
    PositionWorkflow position = watched();
    Instant start = now();
    for (int i = 1; i <= 250; i++) {
      recorded(start.plusSeconds(i), i < 240 ? "4.70" : "4.30");
    }
    stage.pass(Duration.ofMinutes(6));
    stage.watchSees();
    stage.pass(Duration.ofMinutes(5));
    assertThat(position.state().shadow().orElseThrow().seenUpTo()).contains(start.plusSeconds(200));
    stage.pass(Duration.ofMinutes(10));
    assertWouldHaveClosed(position, start.plusSeconds(240), "4.3");
    assertThat(stage.ledger.asked).contains(200);
  }

  @Test
  @DisplayName("at the close it sees what was recorded until then, and what the watch told of")
  void atTheCloseItSeesTheLastQuotes() throws Exception {
    PositionWorkflow position = watched();
    Instant start = now();
    recorded(start.plusSeconds(30), "4.50");
    stage.pass(Duration.ofMinutes(2));
    KeptQuote touched = kept(now().minusSeconds(20), "4.31");
    KeptQuote breach = kept(now(), "2.40");
    stage.price("2.40");
    position.exitSent(sent(breach, List.of(touched, breach)));
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.STOP);
    assertWouldHaveClosed(position, touched.at(), "4.31");
    assertThat(stage.ledger.quotes).contains(touched, breach);
    assertThat(world.ordersAtBroker()).as("the real one's").isOne();
  }

  @Test
  void aCloseWithoutWhatTheLedgerHasIsWrittenAllTheSame() {
    PositionWorkflow position = watched();
    stage.ledger.cannotRead = true;
    stage.requestClose();
    assertThat(stage.awaitEnd(position).phase()).isEqualTo(Phase.CLOSED);
  }

  @Test
  @DisplayName("a state from before a shadow knew what it saw last is read, and begins anew")
  void anOlderStateIsRead() throws Exception {
    PositionWorkflow position = watched();
    Shadow shadow = position.state().shadow().orElseThrow();
    assertThat(shadow.seenUpTo()).isPresent();
    String older =
        Payloads.mapper().writeValueAsString(shadow).replaceAll(",\"seenUpTo\":\"[^\"]*\"", "");
    Shadow read = Payloads.mapper().readValue(older, Shadow.class);
    assertThat(read.seenUpTo()).isEmpty();
    assertThat(read.basis()).isEqualTo(shadow.basis());
  }

  private ExitSent sent(KeptQuote breach, List<KeptQuote> quotes) {
    return new ExitSent(
        1,
        1,
        ExitReason.STOP,
        new RuleTrace(
            "stop",
            Verdict.FIRED,
            Reading.parse("2.4"),
            Reading.parse("2.4"),
            Why.LEVEL_REACHED,
            ""),
        Optional.of(breach.seen().quote()),
        Stage.TEN,
        Optional.of(
            world.submitExit(stage.watch.armed.getFirst().order(Stage.TEN, Optional.empty()))),
        Stage.ENTRY,
        breach.at(),
        quotes);
  }
}
