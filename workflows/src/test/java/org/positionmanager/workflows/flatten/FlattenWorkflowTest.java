package org.positionmanager.workflows.flatten;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.common.WorkflowExecutionHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.flatten.CloseReply.Status;
import org.positionmanager.workflows.flatten.FlattenState.Step;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.NextRun;
import org.positionmanager.workflows.position.Phase;

/** A flatten in virtual time; every history made here is replayed. */
@Timeout(120)
class FlattenWorkflowTest {
  private static final Duration LAG = Duration.ofSeconds(10);

  private final FlattenStage stage = new FlattenStage();
  private final FakeAccount account = stage.account;

  /** Every run of it, followed through continue-as-new, is replayed by the current code. */
  @AfterEach
  void replayAndClose() throws Exception {
    List<WorkflowExecutionHistory> histories = stage.histories();
    stage.close();
    assertThat(histories).as("runs to replay").isNotEmpty();
    for (WorkflowExecutionHistory history : histories) {
      FlattenStage.replay(history);
    }
  }

  /** The summaries of its activities, as the engine has them. */
  private List<String> scheduled() {
    return stage.histories().stream()
        .flatMap(history -> history.getEvents().stream())
        .filter(event -> event.hasActivityTaskScheduledEventAttributes())
        .map(event -> event.getUserMetadata().getSummary().getData().toStringUtf8())
        .map(json -> json.replace("\"", ""))
        .toList();
  }

  private static FlattenRequest request(String id, Optional<Strategy> strategy) {
    return FlattenStage.request(id, strategy);
  }

  private FlattenWorkflow start(FlattenRequest request, Map<String, Object> memo) {
    return stage.start(request, memo);
  }

  private FlattenWorkflow start() {
    return start(request("r-1", Optional.empty()), Map.of());
  }

  private static FlattenState end(FlattenWorkflow flatten) {
    return FlattenStage.end(flatten);
  }

  @Test
  void positionsAreAskedInOrderOfRiskAfterTheIntakeIsHalted() {
    account.has("WMT", 10, "100", true);
    account.has("DE", 10, "600", true);
    account.has("F", 10, "12", false);
    account.has("KO", 10, "60", false, Strategy.SWING_TRADE, Phase.AWAITING_ENTRY);

    FlattenState end = end(start());

    assertThat(scheduled())
        .as("in the order in which they were handed to the engine; some run at once")
        .startsWith("halt the intake", "read what is left")
        .containsSubsequence("close F", "close DE", "close WMT", "close KO");
    assertThat(account.symbolsAsked()).hasSize(4);
    assertThat(account.halts).containsExactly("large by ann: flatten: news");
    assertThat(end.isFlat()).isTrue();
    assertThat(end.closed()).isEqualTo(4);
    assertThat(account.told).as("nothing was in the way").isEmpty();
  }

  @Test
  @DisplayName("the ledger keeps what was asked for from before the first close until its end")
  void theLedgerKeepsWhatWasAskedFor() {
    account.has("WMT", 10, "100", true);
    FlattenState end = end(start());
    assertThat(scheduled())
        .containsSubsequence("keep what was asked for", "close WMT", "keep that it has ended");
    assertThat(account.kept).containsExactly(Map.entry("r-1", true));
    assertThat(end.isFlat()).isTrue();
  }

  @Test
  @DisplayName("what is asked for while the end is kept is carried out too, and kept")
  void whatIsAskedForWhileTheEndIsKeptIsCarriedOut() {
    FlattenWorkflow[] flatten = new FlattenWorkflow[1];
    account.onEnd =
        () -> {
          account.onEnd = () -> {};
          account.has("DE", 10, "600", true);
          flatten[0].ask(request("r-2", Optional.empty()));
        };
    flatten[0] = start(request("r-1", Optional.of(Strategy.DAY_TRADE)), Map.of());
    FlattenState end = end(flatten[0]);
    assertThat(account.symbolsAsked()).containsExactly("DE");
    assertThat(end.requests()).hasSize(2);
    assertThat(account.kept).containsExactly(Map.entry("r-1", true), Map.entry("r-2", true));
  }

  @Test
  void itEndsOnlyAfterTwoGoodReadsTheBrokersLagApart() {
    end(start());
    assertThat(account.looks).hasSize(2);
    assertThat(Duration.between(account.looks.getFirst(), account.looks.getLast()))
        .isGreaterThanOrEqualTo(LAG);
  }

  @Test
  void whatCouldNotBeReadIsNeverNothingThere() {
    account.has("WMT", 10, "100", true);
    account.looksFail(1);

    FlattenState end = end(start());

    assertThat(account.told.getFirst()).contains("cannot go on", "the broker does not answer");
    assertThat(account.told).last().isEqualTo("over");
    assertThat(account.symbolsAsked()).containsExactly("WMT");
    assertThat(end.isFlat()).isTrue();
  }

  @Test
  void aReadThatFailsBetweenTheTwoDoesNotCountAsTheSecond() {
    account.onLook =
        () -> {
          if (account.looks.isEmpty()) {
            account.looksFail(1);
          }
        };
    end(start());
    assertThat(account.looks).as("good reads").hasSize(2);
    assertThat(Duration.between(account.looks.getFirst(), account.looks.getLast()))
        .isGreaterThanOrEqualTo(LAG);
  }

  @Test
  void somethingThatAppearsBetweenTheTwoReadsIsClosedToo() {
    account.onLook =
        () -> {
          if (account.looks.size() == 1) {
            account.has("WMT", 10, "100", true);
          }
        };
    end(start());
    assertThat(account.symbolsAsked()).containsExactly("WMT");
    int looks = account.looks.size();
    assertThat(Duration.between(account.looks.get(looks - 2), account.looks.getLast()))
        .as("two reads after it was closed")
        .isGreaterThanOrEqualTo(LAG);
  }

  @Test
  void whileTheMarketIsClosedOnlyEntriesAreWithdrawnAndTheRestWaitsForTheOpen() {
    account.has("WMT", 10, "100", true);
    account.has("KO", 10, "60", false, Strategy.SWING_TRADE, Phase.AWAITING_ENTRY);
    account.openings.add(new BrokerOrderId("o-1"));
    Instant opens =
        Instant.ofEpochMilli(stage.environment.currentTimeMillis()).plus(Duration.ofHours(9));
    account.opens = Optional.of(opens);

    FlattenWorkflow flatten = start();
    stage.environment.sleep(Duration.ofMinutes(5));
    FlattenState waiting = flatten.progress();
    assertThat(waiting.step()).isEqualTo(Step.WAITING_FOR_OPEN);
    assertThat(waiting.note()).contains("the market is closed; goes on at " + opens);
    assertThat(account.symbolsAsked()).containsExactly("KO");
    assertThat(account.openings).as("withdrawn").isEmpty();

    FlattenState end = end(flatten);
    assertThat(account.symbolsAsked()).containsExactly("KO", "WMT");
    assertThat(account.asked.getLast().at()).isAfterOrEqualTo(opens);
    assertThat(end.isFlat()).isTrue();
  }

  @Test
  void aHoldingThatNobodyWatchesIsLookedAfterAndClosedOnceTwoReadsSawIt() {
    account.holds("GE", 5);
    Instant began = Instant.ofEpochMilli(stage.environment.currentTimeMillis());

    FlattenState end = end(start());

    assertThat(account.adopted).hasSize(1);
    assertThat(account.symbolsAsked()).containsExactly("GE");
    assertThat(Duration.between(began, account.asked.getFirst().at())).isGreaterThanOrEqualTo(LAG);
    assertThat(end.acknowledged().getFirst().reply().status()).isEqualTo(Status.CLOSED);
  }

  @Test
  void aHoldingThatIsShownForAWhileAfterItsPositionClosedIsNotClosedAgain() {
    account.has("WMT", 10, "100", true);
    account.lags = true;
    account.onLook =
        () -> {
          boolean closedLongAgo =
              account.asked.stream()
                  .anyMatch(
                      it ->
                          Duration.between(
                                      it.at(),
                                      Instant.ofEpochMilli(stage.environment.currentTimeMillis()))
                                  .compareTo(Duration.ofSeconds(8))
                              > 0);
          if (closedLongAgo) {
            account.holdsNoMore("WMT");
          }
        };
    end(start());
    assertThat(account.adopted).isEmpty();
    assertThat(account.asked).hasSize(1);
  }

  @Test
  void onlyPositionsOfTheStrategyAreClosedAndOtherHoldingsAreLeft() {
    account.has("WMT", 10, "100", true, Strategy.DAY_TRADE, Phase.PROTECTED);
    account.has("DE", 10, "600", true);
    account.holds("GE", 5);

    FlattenState end = end(start(request("r-1", Optional.of(Strategy.DAY_TRADE)), Map.of()));

    assertThat(account.symbolsAsked()).containsExactly("WMT");
    assertThat(end.isFlat()).isTrue();
  }

  @Test
  void aWiderRequestWidensTheOneThatRunsAndARepeatedOneChangesNothing() {
    PositionId slow = account.has("WMT", 10, "100", true, Strategy.DAY_TRADE, Phase.PROTECTED);
    account.replies(slow, Status.UNDER_WAY, Status.UNDER_WAY, Status.UNDER_WAY);
    account.has("DE", 10, "600", true);

    FlattenWorkflow flatten = start(request("r-1", Optional.of(Strategy.DAY_TRADE)), Map.of());
    stage.environment.sleep(Duration.ofSeconds(2));
    flatten.ask(request("r-1", Optional.of(Strategy.DAY_TRADE)));
    assertThat(account.symbolsAsked()).containsOnly("WMT");
    flatten.ask(request("r-2", Optional.empty()));

    FlattenState end = end(flatten);
    assertThat(account.symbolsAsked()).contains("DE");
    assertThat(end.requests()).extracting(FlattenRequest::id).containsExactly("r-1", "r-2");
  }

  @Test
  void whatIsUnderWayIsAskedAgainByTheSameCommandAndWhatClosedInPartByTheNext() {
    PositionId slow = account.has("WMT", 10, "100", true);
    account.replies(slow, Status.UNDER_WAY, Status.UNANSWERED, Status.PART);

    end(start());

    assertThat(account.asked)
        .extracting(FakeAccount.Asked::commandId)
        .containsExactly("flatten/r-1/1", "flatten/r-1/1", "flatten/r-1/1", "flatten/r-1/2");
  }

  @Test
  void moreThanTheBudgetAllowsIsAskedAtItsPace() {
    IntStream.range(0, 30)
        .forEach(
            i -> account.has("A" + (char) ('A' + i % 26) + (i / 26 == 0 ? "" : "B"), 1, "1", true));
    account.pace = Duration.ofSeconds(2);

    end(start());

    assertThat(account.asked).hasSize(30);
    List<Instant> at = closesHandedToTheEngine();
    assertThat(Duration.between(at.getFirst(), at.get(24))).isLessThan(Duration.ofSeconds(2));
    for (int i = 25; i < 30; i++) {
      assertThat(Duration.between(at.get(i - 1), at.get(i)))
          .as("close " + i)
          .isBetween(Duration.ofMillis(1_990), Duration.ofSeconds(4));
    }
  }

  private List<Instant> closesHandedToTheEngine() {
    return stage.histories().stream()
        .flatMap(history -> history.getEvents().stream())
        .filter(event -> event.hasActivityTaskScheduledEventAttributes())
        .filter(
            event ->
                event
                    .getActivityTaskScheduledEventAttributes()
                    .getActivityType()
                    .getName()
                    .equals("AskClose"))
        .map(
            event ->
                Instant.ofEpochSecond(
                    event.getEventTime().getSeconds(), event.getEventTime().getNanos()))
        .toList();
  }

  @Test
  void aPositionWithoutAWorkflowIsToldOfAndWaitedFor() {
    PositionId lost = account.has("WMT", 10, "100", true);
    account.has("DE", 10, "600", true);
    account.replies(lost, Status.LOST, Status.LOST, Status.LOST);

    FlattenState end = end(start());

    assertThat(account.told).hasSize(2);
    assertThat(account.told.getFirst()).contains("no workflow is there to close", lost.toString());
    assertThat(account.told.getLast()).isEqualTo("over");
    assertThat(account.symbolsAsked()).contains("DE");
    assertThat(end.closed()).isEqualTo(2);
  }

  @Test
  void ordersThatMayOpenSomethingAreCancelledBeforeItIsFlat() {
    account.openings.add(new BrokerOrderId("o-1"));
    end(start());
    assertThat(account.openings).isEmpty();
  }

  @Test
  void allThatIsKnownSurvivesContinueAsNew() {
    List<PositionId> slow = new ArrayList<>();
    for (String symbol : List.of("WMT", "DE", "F", "KO")) {
      PositionId id = account.has(symbol, 10, "100", true);
      account.replies(id, Status.UNDER_WAY, Status.UNDER_WAY, Status.UNDER_WAY);
      slow.add(id);
    }
    FlattenState end =
        end(start(request("r-1", Optional.empty()), Map.of(NextRun.AFTER_EVENTS, 40)));

    assertThat(stage.histories()).as("runs").hasSizeGreaterThan(2);
    assertThat(end.acknowledged())
        .extracting(CloseAcknowledgement::position)
        .containsExactlyInAnyOrderElementsOf(slow);
    assertThat(end.closed()).isEqualTo(4);
    assertThat(account.halts).as("halted once").hasSize(1);
    assertThat(account.asked)
        .extracting(FakeAccount.Asked::commandId)
        .containsOnly("flatten/r-1/1");
  }
}
