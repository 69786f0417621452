package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.Reading;
import org.positionmanager.workflows.rules.RuleTrace;
import org.positionmanager.workflows.rules.Verdict;
import org.positionmanager.workflows.rules.Why;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.watch.ExitSent;

/** Letters to workflows, for as long as it takes. */
@Timeout(60)
class OutboxTest {
  private static final PositionId POSITION =
      new PositionId(FakeAccount.NAME, WatchScene.WMT, new UUID(0, 1));
  private static final PositionId ANOTHER =
      new PositionId(FakeAccount.NAME, WatchScene.DE, new UUID(0, 2));

  private final FakeWorkflows workflows = new FakeWorkflows();
  private final ExitsUnderWay exits = new ExitsUnderWay();
  private final FakePermissions ledger = new FakePermissions();
  private final Outbox outbox = new Outbox(workflows, ledger, exits, "outbox");

  @AfterEach
  void close() {
    outbox.close();
  }

  private static ExitSent sent(int exit) {
    return sent(exit, Optional.empty());
  }

  private static ExitSent mayBeAtBroker(int exit) {
    return sent(exit, Optional.of(new SubmitOutcome.Unknown("the answer was lost")));
  }

  private static ExitSent sent(int exit, Optional<SubmitOutcome> outcome) {
    Price price = Price.parse("94");
    return new ExitSent(
        1,
        exit,
        ExitReason.STOP,
        new RuleTrace(
            "stop", Verdict.FIRED, Reading.parse("95"), Reading.parse("94"), Why.LEVEL_REACHED, ""),
        Optional.empty(),
        Quantity.of(10),
        outcome,
        price,
        Instant.parse("2026-02-11T15:00:00Z"),
        List.of());
  }

  @Test
  void whatIsWrittenIsToldOnceAndInOrder() throws Exception {
    outbox.tell(POSITION, sent(1));
    outbox.tell(POSITION, sent(2));
    assertThat(outbox.drain(Duration.ofSeconds(10))).isTrue();
    assertThat(workflows.of(POSITION)).containsExactly(sent(1), sent(2));
  }

  @Test
  @DisplayName("incident 9: what happened while the engine was away is told when it is back")
  void whatHappenedWhileTheEngineWasAwayIsToldWhenItIsBack() throws Exception {
    workflows.away = true;
    outbox.tell(POSITION, sent(1));
    outbox.tell(ANOTHER, sent(1));
    assertThat(outbox.drain(Duration.ofMillis(50))).isFalse();
    assertThat(outbox.size()).isEqualTo(2);
    workflows.away = false;
    assertThat(outbox.drain(Duration.ofSeconds(10))).isTrue();
    assertThat(workflows.told)
        .containsExactly(
            new FakeWorkflows.Told(POSITION, sent(1)), new FakeWorkflows.Told(ANOTHER, sent(1)));
  }

  @Test
  void exitsThatAreUnderWayGoFirst() throws Exception {
    exits.begins();
    exits.begins();
    outbox.tell(POSITION, sent(1));
    exits.ends();
    assertThat(outbox.drain(Duration.ofMillis(50))).isFalse();
    exits.ends();
    assertThat(outbox.drain(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void anExitThatIsNeverAnsweredHoldsNoLetterUpForLong() throws Exception {
    exits.begins();
    outbox.tell(POSITION, sent(1));
    outbox.tell(ANOTHER, sent(1));
    assertThat(outbox.drain(Outbox.LETS_PASS_FOR.plusSeconds(10))).isTrue();
    assertThat(workflows.of(ANOTHER)).containsExactly(sent(1));
  }

  @Test
  @DisplayName("what was sent for a position without a workflow is noted, for the one that comes")
  void whatWasSentForAPositionWithoutAWorkflowIsNoted() throws Exception {
    workflows.gone = Optional.of(POSITION);
    outbox.tell(POSITION, sent(1));
    outbox.tell(ANOTHER, sent(1));
    assertThat(outbox.drain(Duration.ofSeconds(10))).isTrue();
    assertThat(ledger.sentWithoutWorkflow())
        .containsExactly(new FakeWorkflows.Told(POSITION, sent(1)));
    assertThat(workflows.told).containsExactly(new FakeWorkflows.Told(ANOTHER, sent(1)));
  }

  @Test
  @DisplayName("a workflow that was begun while an exit was noted is told of it")
  void aWorkflowThatWasBegunMeanwhileIsTold() throws Exception {
    workflows.gone = Optional.of(POSITION);
    ledger.afterNoting(() -> workflows.gone = Optional.empty());
    outbox.tell(POSITION, mayBeAtBroker(1));
    assertThat(outbox.drain(Duration.ofSeconds(10))).isTrue();
    assertThat(workflows.of(POSITION)).containsExactly(mayBeAtBroker(1));
  }

  @Test
  @DisplayName("what may be at the broker is noted while the engine is away, each once")
  void whatMayBeAtTheBrokerIsNotedWhileTheEngineIsAway() throws Exception {
    workflows.away = true;
    outbox.tell(POSITION, mayBeAtBroker(1));
    outbox.tell(ANOTHER, sent(1));
    outbox.tell(ANOTHER, mayBeAtBroker(2));
    await().until(() -> ledger.sentWithoutWorkflow().size() == 2);
    assertThat(ledger.sentWithoutWorkflow())
        .containsExactly(
            new FakeWorkflows.Told(POSITION, mayBeAtBroker(1)),
            new FakeWorkflows.Told(ANOTHER, mayBeAtBroker(2)));
    workflows.away = false;
    assertThat(outbox.drain(Duration.ofSeconds(10))).isTrue();
    assertThat(workflows.told).as("and is told all the same").hasSize(3);
    assertThat(ledger.sentWithoutWorkflow()).hasSize(2);
  }

  @Test
  @DisplayName("a letter that can neither be told nor noted is kept until it can")
  void aLetterThatCanNeitherBeToldNorNotedIsKept() throws Exception {
    workflows.gone = Optional.of(POSITION);
    ledger.isAway(true);
    outbox.tell(POSITION, mayBeAtBroker(1));
    outbox.tell(ANOTHER, sent(1));
    await().until(() -> !workflows.of(ANOTHER).isEmpty());
    assertThat(outbox.size()).isOne();
    ledger.isAway(false);
    assertThat(outbox.drain(Duration.ofSeconds(10))).isTrue();
    assertThat(ledger.sentWithoutWorkflow()).hasSize(1);
  }

  @Test
  void oneThatCannotBeToldKeepsNoOtherFromIt() {
    workflows.cannotBeTold = Optional.of(POSITION);
    outbox.tell(POSITION, sent(1));
    outbox.tell(ANOTHER, sent(1));
    await().until(() -> !workflows.of(ANOTHER).isEmpty());
    assertThat(outbox.size()).as("and is tried again").isOne();
    workflows.cannotBeTold = Optional.empty();
    await().until(() -> !workflows.of(POSITION).isEmpty());
  }
}
