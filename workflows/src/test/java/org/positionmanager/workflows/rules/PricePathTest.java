package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.PlanChange;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.UnderlyingPrice;

/** Whole plans over literal prices and moments: shorts, precedence, quotes, calendars, reloads. */
class PricePathTest {
  /** 09:30 in New York on 2026-02-11. */
  private static final Instant OPEN = Instant.parse("2026-02-11T14:30:00Z");

  private static final TradingSession SESSION =
      new TradingSession(LocalDate.of(2026, 2, 11), OPEN, OPEN.plus(Duration.ofMinutes(390)));
  private static final TradingSession NEXT =
      new TradingSession(
          LocalDate.of(2026, 2, 12),
          OPEN.plus(Duration.ofDays(1)),
          OPEN.plus(Duration.ofDays(1)).plus(Duration.ofMinutes(390)));
  private static final Instant EXPIRY = Instant.parse("2026-02-20T21:00:00Z");
  private static final Instrument CALL = Instrument.parse("MSFT260220C00400000");
  private static final Instrument STOCK = Instrument.parse("DE");

  @Test
  void aShortOptionsLevelsAreMirrored() {
    // Sold at 5.00: stop at 8.00 (-60%), target at 1.00 (+80%).
    Basis sold = basis(CALL, Direction.SHORT, "5.00", "5.00");
    assertHolds(decide(sold, "7.99", 31));
    assertExits(decide(sold, "8.00", 31), ExitReason.STOP);
    assertExits(decide(sold, "8.01", 31), ExitReason.STOP);
    assertHolds(decide(sold, "1.01", 31));
    assertExits(decide(sold, "1.00", 31), ExitReason.TARGET);
    assertExits(decide(sold, "0.99", 31), ExitReason.TARGET);
  }

  @Test
  void aShortOptionsCatastrophicStopFiresDuringTheMinimumHold() {
    Basis sold = basis(CALL, Direction.SHORT, "5.00", "5.00");
    assertHolds(decide(sold, "7.49", 1));
    assertExits(decide(sold, "7.50", 1), ExitReason.CATASTROPHIC_STOP);
    assertExits(decide(sold, "7.51", 1), ExitReason.CATASTROPHIC_STOP);
  }

  @Test
  void aShortsTrailingStopFiresWhenThePriceRisesFromItsLow() {
    // Sold at 100, low 98: a gain of 2, of which 1.50 is kept.
    Basis sold = basis(STOCK, Direction.SHORT, "100", "98");
    assertHolds(decide(sold, "98.49", 1));
    assertExits(decide(sold, "98.50", 1), ExitReason.TRAILING_STOP);
    assertExits(decide(sold, "98.51", 1), ExitReason.TRAILING_STOP);
  }

  @Test
  void aTickBeyondALevelFiresAsWell() {
    Basis held = basis(CALL, Direction.LONG, "5.00", "5.00");
    assertExits(decide(held, "9.01", 31), ExitReason.TARGET);
    assertExits(decide(held, "1.99", 31), ExitReason.STOP);
    assertExits(decide(held, "2.49", 1), ExitReason.CATASTROPHIC_STOP);
    assertExits(
        decide(basis(CALL, Direction.LONG, "9.00", "13.00"), "11.99", 1), ExitReason.TRAILING_STOP);
  }

  @Test
  void theTrailingStopDoesNotWaitForTheMinimumHold() {
    Basis risen = basis(CALL, Direction.LONG, "5.00", "6.00");
    assertExits(decide(risen, "5.75", 1), ExitReason.TRAILING_STOP);
  }

  @Test
  void theMinimumHoldSuppressesAStopAndSaysSo() {
    Plan plan = plan(Strategy.SWING_TRADE, basis(CALL, Direction.LONG, "5.00", "5.00"));
    Basis held = basis(CALL, Direction.LONG, "5.00", "5.00");
    Plan tight =
        Plans.changed(
            plan,
            new PlanChange(
                Optional.of(p("4.00")), Optional.empty(), Optional.empty(), Optional.empty()),
            held);
    Decision early = Evaluator.evaluate(tight, held, at(29, quote("4.00", 29)));
    assertHolds(early);
    assertThat(early.trace())
        .filteredOn(rule -> rule.verdict() == Verdict.SUPPRESSED)
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.rule()).isEqualTo("stop");
              assertThat(rule.because()).startsWith("suppressed by the minimum hold");
            });
    assertExits(Evaluator.evaluate(tight, held, at(30, quote("4.00", 30))), ExitReason.STOP);
  }

  @Test
  void theShippedOrderDecidesWhereSeveralRulesFire() {
    Basis held = basis(CALL, Direction.LONG, "5.00", "6.00");
    Plan plan = plan(Strategy.DAY_TRADE, held);
    assertThat(plan.rules())
        .extracting(rule -> rule.kind().reason())
        .containsExactly(
            ExitReason.CATASTROPHIC_STOP,
            ExitReason.EXPIRY,
            ExitReason.DAY_TRADE_CLOSE,
            ExitReason.MAX_HOLD,
            ExitReason.STOP,
            ExitReason.TRAILING_STOP,
            ExitReason.TARGET);
    // 15:55, held for 385 minutes, on the expiry day, 80% lost, after a gain.
    Optional<Instant> today = Optional.of(SESSION.closeExclusive());
    Decision all = Evaluator.evaluate(plan, held, at(385, quote("1.00", 385), today));
    assertExits(all, ExitReason.EXPIRY);
    assertThat(all.trace()).hasSameSizeAs(plan.rules());
    assertExits(
        Evaluator.evaluate(plan, held, at(385, quote("1.00", 385))), ExitReason.DAY_TRADE_CLOSE);
    assertExits(Evaluator.evaluate(plan, held, at(384, quote("1.00", 384))), ExitReason.MAX_HOLD);
    assertExits(Evaluator.evaluate(plan, held, at(239, quote("1.00", 239))), ExitReason.STOP);
    assertExits(
        Evaluator.evaluate(plan, held, at(239, quote("2.01", 239))), ExitReason.TRAILING_STOP);
    assertExits(
        Evaluator.evaluate(plan, held, at(1, quote("1.00", 1), today)),
        ExitReason.CATASTROPHIC_STOP);
  }

  @Test
  void aStocksPlanHasNoMinimumHold() {
    Basis held = basis(STOCK, Direction.LONG, "100", "100");
    assertExits(decide(held, "98", 0), ExitReason.STOP);
    assertExits(decide(held, "103", 0), ExitReason.TARGET);
  }

  @Test
  void aStockThatNobodyBidsForIsUnknownAndNotAtHalfItsAsk() {
    Basis held = basis(STOCK, Direction.LONG, "100", "100");
    Observation seen = at(1, new Quote(p("0"), p("100.01"), minute(1)));
    assertThat(Evaluator.evaluate(plan(Strategy.STOCK, held), held, seen))
        .isInstanceOf(Decision.Unknown.class);
    Basis sold = basis(STOCK, Direction.SHORT, "100", "100");
    assertThat(Evaluator.observe(plan(Strategy.STOCK, sold), sold, seen).peak())
        .isEqualTo(sold.peak());
  }

  @Test
  void anOptionThatIsNearlyWorthlessIsJudgedThoughNobodyBids() {
    Basis held = basis(CALL, Direction.LONG, "5.00", "5.00");
    Observation seen = at(31, new Quote(p("0"), p("0.05"), minute(31)));
    assertExits(Evaluator.evaluate(plan(Strategy.SWING_TRADE, held), held, seen), ExitReason.STOP);
  }

  @Test
  void theWidthThatIsStillJudgedEndsAtHalfOfTheMid() {
    Basis held = basis(CALL, Direction.LONG, "5.00", "5.00");
    assertThat(flaw(held, "3", "5")).as("2.00 wide at 4.00, half of it").isEmpty();
    assertThat(flaw(held, "2.99", "5")).contains(JudgedPrice.Flaw.TOO_WIDE);
    assertThat(flaw(held, "0.05", "0.15")).as("10 cents are always fine").isEmpty();
    assertThat(flaw(held, "0.05", "0.16")).contains(JudgedPrice.Flaw.TOO_WIDE);
  }

  @Test
  void aStocksStubQuoteIsNoPrice() {
    Basis held = basis(STOCK, Direction.LONG, "100", "100");
    assertThat(flaw(held, "95", "105")).as("10.00 wide at 100, a tenth of it").isEmpty();
    assertThat(flaw(held, "94.99", "105")).contains(JudgedPrice.Flaw.TOO_WIDE);
    assertThat(flaw(held, "1", "100")).contains(JudgedPrice.Flaw.TOO_WIDE);
    assertThat(flaw(held, "0.20", "0.30")).as("10 cents are always fine").isEmpty();
  }

  @Test
  @DisplayName("incident 25: a quote is judged up to its plan's age, and not a moment older")
  void quotesAreJudgedUpToTheirAge() {
    Basis stock = basis(STOCK, Direction.LONG, "100", "100");
    Plan plan = plan(Strategy.STOCK, stock);
    Quote old = quote("98", 10);
    Instant limit = minute(10).plus(plan.sight().staleAfter());
    assertExits(Evaluator.evaluate(plan, stock, seenAt(limit, old)), ExitReason.STOP);
    assertThat(Evaluator.evaluate(plan, stock, seenAt(limit.plusNanos(1), old)))
        .isInstanceOf(Decision.Unknown.class);
  }

  @Test
  @DisplayName("incident 10: one rule set per kind of instrument, none with underlying levels")
  void oneRuleSetPerKindOfInstrument() {
    for (Strategy strategy : Strategy.values()) {
      for (Instrument instrument : List.of(CALL, STOCK)) {
        Plan plan = plan(strategy, basis(instrument, Direction.LONG, "5", "5"));
        assertThat(plan.rules()).extracting(Object::getClass).doesNotHaveDuplicates();
      }
    }
    for (Class<?> rule : ExitRule.class.getPermittedSubclasses()) {
      assertThat(Arrays.stream(rule.getRecordComponents()).map(RecordComponent::getType))
          .as("%s: only the rule that is about the underlying takes a level of it", rule)
          .noneMatch(type -> rule != UnderlyingStop.class && type == UnderlyingPrice.class);
    }
    for (Class<?> level : Level.class.getPermittedSubclasses()) {
      assertThat(Arrays.stream(level.getRecordComponents()).map(RecordComponent::getType))
          .as("%s", level)
          .noneMatch(UnderlyingPrice.class::equals);
    }
  }

  @Test
  @DisplayName("incident 11: the peak survives a reload, and the trailing stop fires after it")
  void thePeakSurvivesAReload() throws IOException {
    Basis opened = basis(CALL, Direction.LONG, "9.00", "9.00");
    Plan plan = plan(Strategy.SWING_TRADE, opened);
    Basis risen = Evaluator.observe(plan, opened, at(5, quote("13.95", 5)));
    Basis fallen = Evaluator.observe(plan, risen, at(6, quote("12.80", 6)));
    Basis reloaded =
        Payloads.mapper().readValue(Payloads.mapper().writeValueAsString(fallen), Basis.class);
    assertThat(reloaded.peak()).isEqualTo(p("13.95"));
    // 9.00 + 75% of 4.95 = 12.7125
    assertHolds(Evaluator.evaluate(plan, reloaded, at(7, quote("12.72", 7))));
    assertExits(
        Evaluator.evaluate(plan, reloaded, at(8, quote("12.71", 8))), ExitReason.TRAILING_STOP);
  }

  @Test
  @DisplayName("incident 22: the last day begins by the exchange's close, early closes included")
  void theLastDayBeginsByTheExchangesClose() {
    Basis held = basis(CALL, Direction.LONG, "5.00", "5.00");
    Plan plan = plan(Strategy.SWING_TRADE, held);
    // 16:00 in New York in winter and in summer, 13:00 on the day after Thanksgiving.
    for (String close :
        List.of("2026-02-20T21:00:00Z", "2026-07-17T20:00:00Z", "2026-11-27T18:00:00Z")) {
      Instant due = Instant.parse(close).minus(Duration.ofHours(24));
      Basis opened =
          new Basis(CALL, Direction.LONG, p("5"), Quantity.of(1), p("5"), due.minusSeconds(3600));
      Optional<Instant> expiry = Optional.of(Instant.parse(close));
      assertHolds(Evaluator.evaluate(plan, opened, closed(due.minusNanos(1), expiry)));
      assertThat(Evaluator.nextChange(plan, opened, closed(due.minusNanos(1), expiry)))
          .contains(due);
      assertExits(Evaluator.evaluate(plan, opened, closed(due, expiry)), ExitReason.EXPIRY);
    }
  }

  @Test
  void timeAloneChangesTheAnswerAtTheseMoments() {
    Basis held = basis(CALL, Direction.LONG, "5.00", "5.00");
    Plan plan = plan(Strategy.DAY_TRADE, held);
    assertNextChange(plan, held, 0, Optional.of(minute(30)));
    assertNextChange(plan, held, 30, Optional.of(minute(240)));
    assertNextChange(plan, held, 240, Optional.of(minute(385)));
    assertNextChange(plan, held, 385, Optional.of(Instant.parse("2026-02-19T21:00:00Z")));
  }

  @Property
  void theSameInputHasTheSameAnswer(
      @ForAll @IntRange(min = 1, max = 2_000) int peak,
      @ForAll @IntRange(min = 1, max = 2_000) int mid,
      @ForAll @IntRange(min = 0, max = 389) int minutes,
      @ForAll Direction direction) {
    Basis held = basis(CALL, direction, "5.00", cents(peak));
    Plan plan = plan(Strategy.DAY_TRADE, held);
    Observation seen = at(minutes, quote(cents(mid), minutes));
    assertThat(Evaluator.evaluate(plan, held, seen))
        .isEqualTo(Evaluator.evaluate(plan, held, seen))
        .satisfies(decision -> assertThat(decision.trace()).hasSameSizeAs(plan.rules()));
  }

  @Property
  void aTrailingLevelNeverLoosensOverAnyPath(
      @ForAll Direction direction,
      @ForAll @IntRange(min = 1, max = 100) int keep,
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 20_000) Integer> path) {
    TrailingStop rule = new TrailingStop(Percent.of(keep));
    Basis now = basis(STOCK, direction, "100", "100");
    Plan plan = plan(Strategy.STOCK, now);
    for (int cents : path) {
      Optional<Price> before = rule.level(now, OPEN);
      now = Evaluator.observe(plan, now, at(1, quote(cents(cents), 1)));
      Optional<Price> after = rule.level(now, OPEN);
      before.ifPresent(
          level -> assertThat(direction.isBetter(level, after.orElseThrow())).isFalse());
    }
  }

  @Property
  void aWorsePriceNeverTurnsAStopsExitIntoAHold(
      @ForAll Direction direction,
      @ForAll @IntRange(min = 0, max = 200) int minutes,
      @ForAll @IntRange(min = 1, max = 20_000) int mid,
      @ForAll @IntRange(min = 0, max = 5_000) int worse) {
    Basis held = basis(CALL, direction, "50", "50");
    Plan plan = plan(Strategy.SWING_TRADE, held);
    int beyond = direction == Direction.LONG ? Math.max(1, mid - worse) : mid + worse;
    if (isStop(Evaluator.evaluate(plan, held, at(minutes, quote(cents(mid), minutes))))) {
      assertThat(isStop(Evaluator.evaluate(plan, held, at(minutes, quote(cents(beyond), minutes)))))
          .isTrue();
    }
  }

  private static boolean isStop(Decision decision) {
    return decision instanceof Decision.Exit exit
        && (exit.reason() == ExitReason.STOP || exit.reason() == ExitReason.CATASTROPHIC_STOP);
  }

  private static Optional<JudgedPrice.Flaw> flaw(Basis basis, String bid, String ask) {
    Observation seen = at(31, new Quote(p(bid), p(ask), minute(31)));
    return switch (JudgedPrice.of(
        plan(Strategy.SWING_TRADE, basis).sight(), basis.instrument(), seen)) {
      case JudgedPrice.Usable usable -> Optional.empty();
      case JudgedPrice.Unusable unusable -> Optional.of(unusable.flaw());
    };
  }

  private static void assertNextChange(
      Plan plan, Basis basis, int minutes, Optional<Instant> expected) {
    assertThat(Evaluator.nextChange(plan, basis, at(minutes, quote("5.00", minutes))))
        .isEqualTo(expected);
  }

  private static Decision decide(Basis basis, String mid, int minutes) {
    return Evaluator.evaluate(
        plan(Strategy.SWING_TRADE, basis), basis, at(minutes, quote(mid, minutes)));
  }

  private static Plan plan(Strategy strategy, Basis basis) {
    return Plans.defaultsFor(
        new EntryTerms(
            strategy,
            basis.direction(),
            basis.opened(),
            OPEN,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false),
        basis);
  }

  private static Basis basis(Instrument of, Direction direction, String entry, String peak) {
    return new Basis(of, direction, p(entry), Quantity.of(10), p(peak), OPEN);
  }

  private static Observation at(int minutes, Quote quote) {
    return at(minutes, quote, Optional.of(EXPIRY));
  }

  private static Observation at(int minutes, Quote quote, Optional<Instant> expiresAt) {
    return new Observation(
        new MarketMoment(minute(minutes), Optional.of(SESSION), NEXT, 1),
        Optional.of(quote),
        Optional.empty(),
        expiresAt);
  }

  private static Observation seenAt(Instant now, Quote quote) {
    return new Observation(
        new MarketMoment(now, Optional.of(SESSION), NEXT, 1),
        Optional.of(quote),
        Optional.empty(),
        Optional.of(EXPIRY));
  }

  private static Observation closed(Instant now, Optional<Instant> expiresAt) {
    return new Observation(
        new MarketMoment(now, Optional.empty(), NEXT, 1),
        Optional.of(new Quote(p("5"), p("5"), now)),
        Optional.empty(),
        expiresAt);
  }

  private static Quote quote(String mid, int minutes) {
    return new Quote(p(mid), p(mid), minute(minutes));
  }

  private static Instant minute(int minutes) {
    return OPEN.plus(Duration.ofMinutes(minutes));
  }

  private static String cents(int cents) {
    return BigDecimal.valueOf(cents, 2).toPlainString();
  }

  private static Price p(String text) {
    return Price.parse(text);
  }

  private static void assertHolds(Decision decision) {
    assertThat(decision).as("%s", decision.trace()).isInstanceOf(Decision.Hold.class);
  }

  private static void assertExits(Decision decision, ExitReason reason) {
    assertThat(decision)
        .as("%s", decision.trace())
        .isInstanceOfSatisfying(
            Decision.Exit.class, exit -> assertThat(exit.reason()).isEqualTo(reason));
  }
}
