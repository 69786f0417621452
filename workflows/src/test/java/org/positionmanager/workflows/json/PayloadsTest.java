package org.positionmanager.workflows.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.PlanChange;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.rules.AssignmentGuard;
import org.positionmanager.workflows.rules.BreakEven;
import org.positionmanager.workflows.rules.CatastrophicStop;
import org.positionmanager.workflows.rules.Confirmation;
import org.positionmanager.workflows.rules.Confirmed;
import org.positionmanager.workflows.rules.DayTradeClose;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.DteLadder;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Expiry;
import org.positionmanager.workflows.rules.ExpiryCutOff;
import org.positionmanager.workflows.rules.GradedClose;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.MaxHold;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.OvernightCheck;
import org.positionmanager.workflows.rules.PartialExit;
import org.positionmanager.workflows.rules.ProfitTarget;
import org.positionmanager.workflows.rules.Reading;
import org.positionmanager.workflows.rules.RollProposal;
import org.positionmanager.workflows.rules.RuleTrace;
import org.positionmanager.workflows.rules.ShrinkingTarget;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.rules.ThetaDecay;
import org.positionmanager.workflows.rules.TimeStop;
import org.positionmanager.workflows.rules.TrailingAmount;
import org.positionmanager.workflows.rules.TrailingLadder;
import org.positionmanager.workflows.rules.TrailingPercent;
import org.positionmanager.workflows.rules.TrailingStop;
import org.positionmanager.workflows.rules.UnderlyingStop;
import org.positionmanager.workflows.rules.Verdict;
import org.positionmanager.workflows.rules.Why;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.UnderlyingPrice;

/** What goes into a workflow's history comes out of it again, under names that stay. */
class PayloadsTest {
  private static final ObjectMapper JSON = Payloads.mapper();
  private static final Instant NOW = Instant.parse("2026-02-11T15:00:00.123456789Z");
  private static final Instrument CALL = Instrument.parse("MSFT260220C00400000");
  private static final Plan PLAN =
      new Plan(
          3,
          List.of(
              new CatastrophicStop(gain(-50), Duration.ofMinutes(30)),
              new Expiry(Duration.ofHours(24)),
              new ExpiryCutOff(0, LocalTime.of(15, 0)),
              new AssignmentGuard(1, LocalTime.of(9, 45), Percent.of(1)),
              new DayTradeClose(Duration.ofMinutes(5)),
              new GradedClose(
                  List.of(
                      new GradedClose.Stage(Duration.ofMinutes(90), Optional.of(Percent.of(-20))),
                      new GradedClose.Stage(Duration.ofMinutes(5), Optional.empty()))),
              new OvernightCheck(
                  List.of(new OvernightCheck.Stage(Duration.ofMinutes(60), 2)),
                  3,
                  Percent.of(10),
                  Percent.of(5)),
              new MaxHold(Duration.ofMinutes(240)),
              new StopLoss(new Level.AtPrice(Price.parse("3.60"))),
              new UnderlyingStop(UnderlyingPrice.parse("395")),
              new BreakEven(Percent.of(10), Percent.of(1)),
              new TrailingStop(Percent.parse("72.5%")),
              new TrailingPercent(Percent.of(10), Percent.of(20)),
              new TrailingAmount(Price.parse("0.75"), Percent.of(5)),
              new TrailingLadder(List.of(new TrailingLadder.Step(Percent.of(20), Percent.of(70)))),
              new ThetaDecay(List.of(new ThetaDecay.Step(1, Percent.of(10)))),
              new TimeStop(Duration.ofMinutes(240), Percent.of(5)),
              new Confirmed(new ProfitTarget(gain(80)), new Confirmation.Quotes(2)),
              new ShrinkingTarget(List.of(new ShrinkingTarget.Step(Duration.ZERO, Percent.of(80)))),
              new DteLadder(List.of(new DteLadder.Step(21, Percent.of(25)))),
              new PartialExit(List.of(new PartialExit.Stage(Percent.of(50), Percent.of(50)))),
              new RollProposal(21, Percent.of(-10), 30)),
          new ExitStyle.LimitThenMarket(Percent.of(25), 3, Duration.ofSeconds(10)),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5));

  private static Level gain(long percent) {
    return new Level.AtGain(Percent.of(percent));
  }

  @Test
  void everyRuleKeepsTheNameThatHistoriesWereWrittenWith() throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonNode rule : JSON.readTree(JSON.writeValueAsString(PLAN)).get("rules")) {
      names.add(rule.get("type").asText());
    }
    assertThat(names)
        .containsExactly(
            "catastrophicStop",
            "expiry",
            "expiryCutOff",
            "assignmentGuard",
            "dayTradeClose",
            "gradedClose",
            "overnightCheck",
            "maxHold",
            "stopLoss",
            "underlyingStop",
            "breakEven",
            "trailingStop",
            "trailingPercent",
            "trailingAmount",
            "trailingLadder",
            "thetaDecay",
            "timeStop",
            "confirmed",
            "shrinkingTarget",
            "dteLadder",
            "partialExit",
            "rollProposal")
        .as("a new rule has to be listed here; a target stands within its confirmation")
        .hasSize(ExitRule.class.getPermittedSubclasses().length - 1);
  }

  @Test
  void aPlanWithEveryRuleRoundTrips() throws IOException {
    assertThat(again(PLAN, Plan.class)).isEqualTo(PLAN);
  }

  @Test
  void aPlanWrittenEarlierIsStillRead() throws IOException {
    String written =
        """
        {"version":1,"rules":[
          {"type":"stopLoss","at":{"type":"price","price":"600"}},
          {"type":"profitTarget","at":{"type":"gain","gain":"3%"}},
          {"type":"trailingStop","keep":"75%"},
          {"type":"maxHold","longest":"PT6H","unknownToThisVersion":1}],
         "style":{"type":"market"},"reviewEvery":"PT1M","staleAfter":"PT1M"}
        """;
    assertThat(JSON.readValue(written, Plan.class))
        .isEqualTo(
            new Plan(
                1,
                List.of(
                    new StopLoss(new Level.AtPrice(Price.parse("600"))),
                    new ProfitTarget(new Level.AtGain(Percent.of(3))),
                    new TrailingStop(Percent.of(75)),
                    new MaxHold(Duration.ofHours(6))),
                new ExitStyle.MarketNow(),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1)));
  }

  @Test
  void everyDecisionRoundTrips() throws IOException {
    RuleTrace fired =
        new RuleTrace(
            "stop",
            Verdict.FIRED,
            Reading.parse("2"),
            Reading.parse("1.99"),
            Why.LEVEL_REACHED,
            "");
    RuleTrace unknown =
        new RuleTrace(
            "target",
            Verdict.UNKNOWN,
            Reading.parse("9"),
            Reading.parse("STALE"),
            Why.PRICE_UNKNOWN,
            "too old");
    for (Decision decision :
        List.of(
            new Decision.Hold(List.of()),
            new Decision.Unknown("too old", List.of(unknown)),
            new Decision.Exit(
                ExitReason.STOP, fired, List.of(fired, unknown), Optional.of(Quantity.of(3))))) {
      assertThat(again(decision, Decision.class)).isEqualTo(decision);
    }
  }

  @Test
  void observationsRoundTripFullAndEmpty() throws IOException {
    TradingSession session =
        new TradingSession(LocalDate.of(2026, 2, 11), NOW.minusSeconds(60), NOW.plusSeconds(60));
    Price price = Price.parse("5.05");
    Observation full =
        new Observation(
            new MarketMoment(NOW, Optional.of(session), session, 60),
            Optional.of(new Quote(Price.parse("5"), Price.parse("5.10"), NOW)),
            Optional.of(new Holding(CALL, Direction.LONG, Quantity.of(10), Quantity.of(4), price)),
            Optional.of(NOW.plus(Duration.ofDays(9))));
    Observation empty =
        new Observation(
            new MarketMoment(NOW, Optional.empty(), session, 1),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(again(full, Observation.class)).isEqualTo(full);
    assertThat(again(empty, Observation.class)).isEqualTo(empty);
  }

  @Test
  void aChangeRoundTrips() throws IOException {
    PlanChange change =
        new PlanChange(
            Optional.of(Price.parse("4.5")),
            Optional.empty(),
            Optional.of(Percent.of(90)),
            Optional.of(Duration.ofMinutes(90)));
    assertThat(again(change, PlanChange.class)).isEqualTo(change);
  }

  @Test
  void anAnnouncedPositionRoundTrips() throws IOException {
    EntryTerms terms =
        new EntryTerms(
            Strategy.SWING_TRADE,
            Direction.LONG,
            Quantity.of(10),
            NOW,
            Optional.of(new BrokerOrderId("61e69015-8549-4bfd-b9c3-01e75843f47d")),
            Optional.of(Price.parse("4.80")),
            Optional.empty(),
            Optional.empty(),
            Optional.of(UnderlyingPrice.parse("395")),
            Optional.of(UnderlyingPrice.parse("420.5")),
            Optional.of(Duration.ofMinutes(240)),
            false);
    PositionState state =
        PositionState.announced(
            new PositionId(new AccountName("large"), CALL, new UUID(1, 2)), terms);
    assertThat(again(state, PositionState.class)).isEqualTo(state);
  }

  private static <T> T again(T value, Class<T> type) throws IOException {
    return JSON.readValue(JSON.writeValueAsString(value), type);
  }
}
