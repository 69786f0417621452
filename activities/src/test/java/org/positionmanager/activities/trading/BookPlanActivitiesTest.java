package org.positionmanager.activities.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ApplicationFailure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.PriceHistory;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.DailyBar;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.plan.ChosenPlan;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.InstrumentKind;
import org.positionmanager.workflows.plan.PlanBook;
import org.positionmanager.workflows.plan.PlanChoice;
import org.positionmanager.workflows.plan.PlanTemplate;
import org.positionmanager.workflows.plan.RuleTemplate;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.Evaluator;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.MaxHold;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.PriceSight;
import org.positionmanager.workflows.rules.ProfitTarget;
import org.positionmanager.workflows.rules.RuleKind;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.rules.Why;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** The plan of a fill at 100.00, 10:00 in New York on Tuesday, 10 February 2026. */
class BookPlanActivitiesTest {
  private static final AccountName TINY = new AccountName("tiny");
  private static final PositionId POSITION =
      PositionId.parse("tiny/BMY/7f1c0000-0000-4000-8000-000000000001");
  private static final Instant FILLED = Instant.parse("2026-02-10T15:00:00Z");
  private static final LocalDate FILLED_ON = LocalDate.of(2026, 2, 10);
  private static final Level TWO_RANGES_BELOW = range("-2", 14);

  private final List<String> asked = new ArrayList<>();

  @Test
  void levelsAreMadeOfTheRangeOfTheWholeDaysBeforeTheFill() {
    ChosenPlan chosen =
        choose(
            answering(bars(15, "1.50")),
            new StopLoss(TWO_RANGES_BELOW),
            new ProfitTarget(range("3", 14)));
    assertThat(levelOf(chosen, RuleKind.STOP)).contains(Price.parse("97"));
    assertThat(levelOf(chosen, RuleKind.TARGET)).contains(Price.parse("104.5"));
    assertThat(asked).as("one read, up to the day before").hasSize(1);
    assertThat(asked.getFirst()).startsWith("BMY ").endsWith(" 2026-02-10");
    assertThat(LocalDate.parse(asked.getFirst().split(" ")[1]))
        .as("so many calendar days that 71 sessions lie between")
        .isBefore(FILLED_ON.minusDays(71 * 7 / 5));
  }

  @Test
  void aPlanWithoutRangesAsksForNoBars() {
    ChosenPlan chosen = choose(answering(bars(15, "1")), new MaxHold(Duration.ofHours(4)));
    assertThat(chosen.plan().name()).contains("shares");
    assertThat(asked).isEmpty();
  }

  @Test
  void barsThatCannotBeReadLeaveTheLevelUnknownAndTheTraceSaysSo() {
    ChosenPlan chosen = choose(failing(), new StopLoss(TWO_RANGES_BELOW));
    assertThat(levelOf(chosen, RuleKind.STOP)).isEmpty();
    Decision decision = Evaluator.evaluate(chosen.plan(), basis(), nothingSeen());
    assertThat(decision).isInstanceOf(Decision.Unknown.class);
    assertThat(decision.trace())
        .singleElement()
        .satisfies(answer -> assertThat(answer.why()).isEqualTo(Why.RANGE_UNKNOWN));
  }

  @Test
  void tooFewBarsLeaveTheLongAverageUnknownAndMakeTheShortOne() {
    ChosenPlan chosen =
        choose(
            answering(bars(14, "1")),
            new StopLoss(TWO_RANGES_BELOW),
            new ProfitTarget(range("3", 13)));
    assertThat(levelOf(chosen, RuleKind.STOP)).isEmpty();
    assertThat(levelOf(chosen, RuleKind.TARGET)).contains(Price.parse("103"));
  }

  @Test
  void aPositionOfAnotherAccountIsRefused() {
    BookPlanActivities large =
        new BookPlanActivities(new AccountName("large"), book(), answering(List.of()));
    assertThatThrownBy(() -> large.choosePlan(POSITION, terms(), basis()))
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContaining("account large");
  }

  private ChosenPlan choose(PriceHistory history, ExitRule... rules) {
    return new BookPlanActivities(TINY, book(rules), history)
        .choosePlan(POSITION, terms(), basis());
  }

  private PriceHistory answering(List<DailyBar> bars) {
    return (Instrument of, LocalDate from, LocalDate to) -> {
      asked.add(of + " " + from + " " + to);
      return bars;
    };
  }

  private static PriceHistory failing() {
    return (of, from, to) -> {
      throw new BrokerException(BrokerException.Kind.UNAVAILABLE, "bars: connection refused");
    };
  }

  private static List<DailyBar> bars(int count, String range) {
    Price low = Price.parse("99");
    Price high = new Price(low.value().add(new BigDecimal(range)));
    return IntStream.range(0, count)
        .mapToObj(day -> new DailyBar(FILLED_ON.minusDays(count - day), high, low, low))
        .toList();
  }

  private static Level range(String ranges, int days) {
    return new Level.AtRange(new BigDecimal(ranges), days, Optional.empty());
  }

  private static Optional<Price> levelOf(ChosenPlan chosen, RuleKind kind) {
    return chosen.plan().rule(kind).orElseThrow().level(basis(), FILLED);
  }

  private static PlanBook book(ExitRule... rules) {
    return new PlanBook(
        List.of(
            template("shares", InstrumentKind.STOCK, rules),
            template("options", InstrumentKind.OPTION)),
        List.of(choice(InstrumentKind.STOCK, "shares"), choice(InstrumentKind.OPTION, "options")));
  }

  private static PlanTemplate template(String name, InstrumentKind kind, ExitRule... rules) {
    return new PlanTemplate(
        name,
        kind,
        List.of(rules).stream().<RuleTemplate>map(RuleTemplate.Fixed::new).toList(),
        new ExitStyle.MarketNow(),
        Duration.ofMinutes(1),
        PriceSight.of(Duration.ofMinutes(1)));
  }

  private static PlanChoice choice(InstrumentKind kind, String plan) {
    return new PlanChoice(Set.of(), Set.of(), kind, Set.of(), plan, Optional.empty(), "line 1");
  }

  private static Basis basis() {
    Price entry = Price.parse("100");
    return new Basis(POSITION.instrument(), Direction.LONG, entry, Quantity.of(10), entry, FILLED);
  }

  private static Observation nothingSeen() {
    TradingSession day =
        new TradingSession(
            FILLED_ON,
            Instant.parse("2026-02-10T14:30:00Z"),
            Instant.parse("2026-02-10T21:00:00Z"));
    return new Observation(
        new MarketMoment(FILLED, Optional.of(day), day, 1),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static EntryTerms terms() {
    return EntryTerms.of(Strategy.STOCK, Direction.LONG, Quantity.of(10), FILLED);
  }
}
