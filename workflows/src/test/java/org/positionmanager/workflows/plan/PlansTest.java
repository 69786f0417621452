package org.positionmanager.workflows.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.DayTradeClose;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.MaxHold;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.ProfitTarget;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.rules.TrailingStop;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** The shipped plans, and what an adjustment may make of them. */
class PlansTest {
  private static final Instrument CALL = Instrument.parse("MSFT260220C00400000");
  private static final Instrument STOCK = Instrument.parse("DE");

  @Test
  void defaultsAreDocumentedPerKindOfInstrument() {
    Plan option = plan(Strategy.SWING_TRADE, CALL, Optional.empty());
    Plan stock = plan(Strategy.STOCK, STOCK, Optional.empty());
    assertThat(option.sight().staleAfter()).isEqualTo(Duration.ofMinutes(5));
    assertThat(stock.sight().staleAfter()).isEqualTo(Duration.ofSeconds(60));
    assertThat(List.of(option, stock))
        .allSatisfy(
            plan -> {
              assertThat(plan.version()).isEqualTo(1);
              assertThat(plan.style()).isEqualTo(new ExitStyle.MarketNow());
              assertThat(plan.reviewEvery()).isEqualTo(Duration.ofSeconds(60));
            });
    assertThat(stock.rules())
        .extracting(rule -> rule.kind().reason())
        .containsExactly(
            ExitReason.MAX_HOLD, ExitReason.STOP, ExitReason.TRAILING_STOP, ExitReason.TARGET);
  }

  @Test
  void theLongestHoldIsTheRowsElseTheStrategys() {
    assertThat(plan(Strategy.DAY_TRADE, CALL, Optional.empty()).rules())
        .contains(new MaxHold(Duration.ofMinutes(240)), new DayTradeClose(Duration.ofMinutes(5)));
    assertThat(plan(Strategy.SWING_TRADE, CALL, Optional.empty()).rules())
        .contains(new MaxHold(Duration.ofMinutes(360)))
        .doesNotHaveAnyElementsOfTypes(DayTradeClose.class);
    assertThat(plan(Strategy.DAY_TRADE, STOCK, Optional.of(Duration.ofMinutes(90))).rules())
        .contains(new MaxHold(Duration.ofMinutes(90)));
  }

  @Test
  void aChangeReplacesPercentagesByPricesAndCountsTheVersion() {
    Plan plan = plan(Strategy.DAY_TRADE, CALL, Optional.empty());
    Plan changed =
        Plans.changed(plan, change("4", "8", "90%", Duration.ofMinutes(60)), basis(CALL));
    assertThat(changed.version()).isEqualTo(2);
    assertThat(changed.rules())
        .contains(
            new StopLoss(new Level.AtPrice(Price.parse("4"))),
            new ProfitTarget(new Level.AtPrice(Price.parse("8"))),
            new TrailingStop(Percent.of(90)),
            new MaxHold(Duration.ofMinutes(60)))
        .hasSameSizeAs(plan.rules());
    assertThat(changed.rules())
        .extracting(rule -> rule.kind().reason())
        .as("precedence stays")
        .isEqualTo(plan.rules().stream().map(rule -> rule.kind().reason()).toList());
  }

  @Test
  void whatIsNotChangedStays() {
    Plan plan = plan(Strategy.DAY_TRADE, CALL, Optional.empty());
    Plan changed = Plans.changed(plan, change(null, "8", null, null), basis(CALL));
    assertThat(changed.rules())
        .filteredOn(rule -> !(rule instanceof ProfitTarget))
        .isEqualTo(plan.rules().stream().filter(rule -> !(rule instanceof ProfitTarget)).toList());
  }

  @Test
  void nonsenseIsRefusedByTheNameOfTheField() {
    assertRefused(change("9", null, null, null), "stop");
    assertRefused(change(null, "2", null, null), "target");
    assertRefused(change(null, null, "0%", null), "trailingKeep");
    assertRefused(change(null, null, "100.01%", null), "trailingKeep");
    assertRefused(change(null, null, null, Duration.ZERO), "maxHold");
    assertRefused(change(null, null, null, Duration.ofMinutes(-1)), "maxHold");
  }

  @Test
  void theBoundsThemselvesAreAllowed() {
    Plan plan = plan(Strategy.DAY_TRADE, CALL, Optional.empty());
    assertThat(Plans.changed(plan, change("8.99", null, "100%", null), basis(CALL)).version())
        .isEqualTo(2);
  }

  @Test
  void aShortsStopLiesAboveItsTarget() {
    Basis sold =
        new Basis(
            STOCK,
            Direction.SHORT,
            Price.parse("100"),
            Quantity.of(10),
            Price.parse("100"),
            Instant.EPOCH);
    Plan plan = Plans.defaultsFor(terms(Strategy.STOCK, Optional.empty()), sold);
    assertThat(Plans.changed(plan, change("101", null, null, null), sold).version()).isEqualTo(2);
    assertThatThrownBy(() -> Plans.changed(plan, change("96", null, null, null), sold))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stop");
  }

  @Test
  void aStopThatThePriceHasReachedAlreadyIsRefusedWithWhatToDoInstead() {
    assertRefusedAtOnce(
        change("5.20", null, null, null),
        "5.10",
        "stop would close the position at once: level 5.2, price 5.1; to close it now, use close");
    assertRefusedAtOnce(change("5.10", null, null, null), "5.10", "stop");
    assertAcceptedAt(change("5.09", null, null, null), "5.10");
  }

  @Test
  void aTargetThatIsReachedAlreadyIsRefused() {
    assertRefusedAtOnce(change(null, "5.05", null, null), "5.10", "target");
    assertRefusedAtOnce(change(null, "5.10", null, null), "5.10", "target");
    assertAcceptedAt(change(null, "5.11", null, null), "5.10");
  }

  @Test
  void aTrailingStopThatWouldFireAtOnceIsRefused() {
    Basis peaked = basis(CALL).seeing(Price.parse("6"));
    Plan plan = plan(Strategy.SWING_TRADE, CALL, Optional.empty());
    Plan tighter = Plans.changed(plan, change(null, null, "90%", null), peaked);
    assertThatThrownBy(() -> Plans.requireNoExitAtOnce(plan, tighter, peaked, seen("5.80", 0)))
        .hasMessageContaining("trailingKeep would close the position at once: level 5.9");
    Plans.requireNoExitAtOnce(plan, tighter, peaked, seen("5.91", 0));
  }

  @Test
  void aLongestHoldThatIsOverAlreadyIsRefusedAlsoWithoutAPrice() {
    Plan plan = plan(Strategy.SWING_TRADE, CALL, Optional.empty());
    Plan shorter =
        Plans.changed(plan, change(null, null, null, Duration.ofMinutes(60)), basis(CALL));
    assertThatThrownBy(
            () -> Plans.requireNoExitAtOnce(plan, shorter, basis(CALL), seen("5.10", 60, 3600)))
        .hasMessageContaining("maxHold would close the position at once");
    Plans.requireNoExitAtOnce(plan, shorter, basis(CALL), seen("5.10", 59, 3600));
  }

  @Test
  void duringTheMinimumHoldAStopBeyondThePriceIsRefusedTooThoughItWouldFireLater() {
    Plan plan = plan(Strategy.SWING_TRADE, CALL, Optional.empty());
    Plan changed = Plans.changed(plan, change("5.20", null, null, null), basis(CALL));
    assertThatThrownBy(() -> Plans.requireNoExitAtOnce(plan, changed, basis(CALL), seen("5.10", 1)))
        .hasMessageContaining("stop would close the position");
  }

  @Test
  void whereNoFreshPriceIsKnownAStopIsAccepted() {
    Plan plan = plan(Strategy.SWING_TRADE, CALL, Optional.empty());
    Plan changed = Plans.changed(plan, change("5.20", null, null, null), basis(CALL));
    Plans.requireNoExitAtOnce(plan, changed, basis(CALL), seen("5.10", 40, 301));
    assertThat(Plans.isPriceKnown(plan, basis(CALL), seen("5.10", 40, 301))).isFalse();
    assertThat(Plans.isPriceKnown(plan, basis(CALL), seen("5.10", 40, 300))).isTrue();
  }

  @Test
  void whatIsNotChangedIsNotJudged() {
    Plan plan = plan(Strategy.SWING_TRADE, CALL, Optional.empty());
    Plan changed = Plans.changed(plan, change(null, "12", null, null), basis(CALL));
    Plans.requireNoExitAtOnce(plan, changed, basis(CALL), seen("1.00", 40));
  }

  @Test
  void aShortsStopBelowThePriceIsRefused() {
    Basis sold =
        new Basis(
            STOCK,
            Direction.SHORT,
            Price.parse("100"),
            Quantity.of(10),
            Price.parse("100"),
            Instant.EPOCH);
    Plan plan = Plans.defaultsFor(terms(Strategy.STOCK, Optional.empty()), sold);
    Plan changed = Plans.changed(plan, change("101", null, null, null), sold);
    assertThatThrownBy(() -> Plans.requireNoExitAtOnce(plan, changed, sold, seen("101.50", 40)))
        .hasMessageContaining("stop would close");
    Plans.requireNoExitAtOnce(plan, changed, sold, seen("100.50", 40));
  }

  private static void assertRefusedAtOnce(PlanChange change, String price, String message) {
    Plan plan = plan(Strategy.SWING_TRADE, CALL, Optional.empty());
    Plan changed = Plans.changed(plan, change, basis(CALL));
    assertThatThrownBy(() -> Plans.requireNoExitAtOnce(plan, changed, basis(CALL), seen(price, 40)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static void assertAcceptedAt(PlanChange change, String price) {
    Plan plan = plan(Strategy.SWING_TRADE, CALL, Optional.empty());
    Plans.requireNoExitAtOnce(
        plan, Plans.changed(plan, change, basis(CALL)), basis(CALL), seen(price, 40));
  }

  private static Observation seen(String price, int minutesAfterTheFill) {
    return seen(price, minutesAfterTheFill, 0);
  }

  private static Observation seen(String price, int minutesAfterTheFill, int secondsOld) {
    Instant now = Instant.EPOCH.plus(Duration.ofMinutes(minutesAfterTheFill));
    TradingSession session =
        new TradingSession(
            java.time.LocalDate.EPOCH, Instant.EPOCH, Instant.EPOCH.plus(Duration.ofHours(6)));
    Price mid = Price.parse(price);
    return new Observation(
        new MarketMoment(now, Optional.of(session), session, 1),
        Optional.of(new Quote(mid, mid, now.minusSeconds(secondsOld))),
        Optional.empty(),
        Optional.empty());
  }

  private static void assertRefused(PlanChange change, String field) {
    Plan plan = plan(Strategy.DAY_TRADE, CALL, Optional.empty());
    assertThatThrownBy(() -> Plans.changed(plan, change, basis(CALL)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(field);
  }

  private static PlanChange change(String stop, String target, String keep, Duration maxHold) {
    return new PlanChange(
        Optional.ofNullable(stop).map(Price::parse),
        Optional.ofNullable(target).map(Price::parse),
        Optional.ofNullable(keep).map(Percent::parse),
        Optional.ofNullable(maxHold));
  }

  private static Plan plan(Strategy strategy, Instrument of, Optional<Duration> maxHold) {
    return Plans.defaultsFor(terms(strategy, maxHold), basis(of));
  }

  private static Basis basis(Instrument of) {
    return new Basis(
        of, Direction.LONG, Price.parse("5"), Quantity.of(10), Price.parse("5"), Instant.EPOCH);
  }

  private static EntryTerms terms(Strategy strategy, Optional<Duration> maxHold) {
    return new EntryTerms(
        strategy,
        Direction.LONG,
        Quantity.of(10),
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        maxHold,
        false);
  }
}
