package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
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

/** Literal prices at each boundary and one tick past it. */
class EvaluatorTest {
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
  void anOptionsTargetFiresWhenTouchedAndNotATickBefore() {
    assertThat(option("5.00", "5.00", "8.99", 31)).isInstanceOf(Decision.Hold.class);
    assertExits(option("5.00", "5.00", "9.00", 31), ExitReason.TARGET);
  }

  @Test
  void anOptionsStopFiresWhenTouchedAndNotATickBefore() {
    assertThat(option("5.00", "5.00", "2.01", 31)).isInstanceOf(Decision.Hold.class);
    assertExits(option("5.00", "5.00", "2.00", 31), ExitReason.STOP);
  }

  @Test
  void aStocksStoredLevelsAreUsedAndPercentagesWhereNoneAreKnown() {
    Plan stored = Plans.defaultsFor(terms(Optional.of("600"), Optional.of("640")), stock("622"));
    assertThat(decide(stored, stock("622"), "600.01", 1)).isInstanceOf(Decision.Hold.class);
    assertExits(decide(stored, stock("622"), "600", 1), ExitReason.STOP);
    assertExits(decide(stored, stock("622"), "640", 1), ExitReason.TARGET);
    Plan percent = Plans.defaultsFor(terms(Optional.empty(), Optional.empty()), stock("100"));
    assertThat(decide(percent, stock("100"), "98.01", 1)).isInstanceOf(Decision.Hold.class);
    assertExits(decide(percent, stock("100"), "98", 1), ExitReason.STOP);
    assertExits(decide(percent, stock("100"), "103", 1), ExitReason.TARGET);
  }

  @Test
  void aShortsStopLiesAboveAndItsTargetBelow() {
    Basis shortStock = new Basis(STOCK, Direction.SHORT, p("100"), Quantity.of(10), p("100"), OPEN);
    Plan plan = Plans.defaultsFor(terms(Optional.empty(), Optional.empty()), shortStock);
    assertThat(decide(plan, shortStock, "101.99", 1)).isInstanceOf(Decision.Hold.class);
    assertExits(decide(plan, shortStock, "102", 1), ExitReason.STOP);
    assertExits(decide(plan, shortStock, "97", 1), ExitReason.TARGET);
  }

  @Test
  void theTrailingStopKeepsThreeQuartersOfThePeakGain() {
    assertThat(option("9.00", "13.00", "12.01", 5)).isInstanceOf(Decision.Hold.class);
    assertExits(option("9.00", "13.00", "12.00", 5), ExitReason.TRAILING_STOP);
    assertThat(option("9.00", "9.00", "8.99", 5))
        .as("no gain yet, nothing to trail")
        .isInstanceOf(Decision.Hold.class);
  }

  @Test
  void theTrailingStopOfAShortLiesAboveItsLow() {
    Basis shortStock = new Basis(STOCK, Direction.SHORT, p("100"), Quantity.of(1), p("98"), OPEN);
    assertThat(new TrailingStop(Percent.of(75)).level(shortStock, OPEN)).contains(p("98.5"));
  }

  @Test
  void theMinimumHoldSuppressesTargetAndStopOnlyUntilItsEnd() {
    Decision early = option("5.00", "5.00", "9.00", 29);
    assertThat(early).isInstanceOf(Decision.Hold.class);
    assertThat(early.trace())
        .filteredOn(rule -> rule.verdict() == Verdict.SUPPRESSED)
        .extracting(RuleTrace::rule)
        .containsExactly("target");
    assertExits(option("5.00", "5.00", "9.00", 30), ExitReason.TARGET);
  }

  @Test
  void aCatastrophicLossOverridesTheMinimumHold() {
    assertThat(option("5.00", "5.00", "2.51", 1)).isInstanceOf(Decision.Hold.class);
    assertExits(option("5.00", "5.00", "2.50", 1), ExitReason.CATASTROPHIC_STOP);
    assertThat(option("5.00", "5.00", "2.50", 31))
        .as("after the minimum hold the ordinary stop counts")
        .isInstanceOf(Decision.Hold.class);
  }

  @Test
  void maxHoldFiresAtItsMoment() {
    assertThat(option("5.00", "5.00", "5.00", 239)).isInstanceOf(Decision.Hold.class);
    assertExits(option("5.00", "5.00", "5.00", 240), ExitReason.MAX_HOLD);
  }

  @Test
  void dayTradesAreClosedFiveMinutesBeforeTheRealCloseAlsoOnEarlyCloses() {
    TradingSession early =
        new TradingSession(LocalDate.of(2026, 11, 27), OPEN, OPEN.plus(Duration.ofMinutes(210)));
    Basis basis = stock("100");
    DayTradeClose rule = new DayTradeClose(Duration.ofMinutes(5));
    assertThat(judge(rule, basis, at(204, "100", Optional.of(early)))).isEqualTo(Verdict.HELD);
    assertThat(judge(rule, basis, at(205, "100", Optional.of(early)))).isEqualTo(Verdict.FIRED);
    assertThat(judge(rule, basis, at(384, "100", Optional.of(SESSION)))).isEqualTo(Verdict.HELD);
    assertThat(judge(rule, basis, at(385, "100", Optional.of(SESSION)))).isEqualTo(Verdict.FIRED);
  }

  @Test
  @DisplayName("incident 10: levels of the underlying are never compared with the premium")
  void underlyingLevelsAreNeverComparedWithThePremium() {
    EntryTerms terms =
        new EntryTerms(
            Strategy.SWING_TRADE,
            Direction.LONG,
            Quantity.of(10),
            OPEN,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(UnderlyingPrice.parse("395")),
            Optional.of(UnderlyingPrice.parse("420")),
            Optional.empty(),
            false);
    Basis basis = call("9.00", "9.00");
    Plan plan = Plans.defaultsFor(terms, basis);
    assertThat(plan.rules())
        .extracting(rule -> rule.level(basis, OPEN).map(Price::toString).orElse("none"))
        .doesNotContain("395", "420");
    assertThat(decide(plan, basis, "9.05", 31)).isInstanceOf(Decision.Hold.class);
  }

  @Test
  @DisplayName("incident 14: a stale or missing quote is unknown, neither safe nor an exit")
  void unusableQuotesAreUnknown() {
    Basis basis = call("5.00", "5.00");
    Plan plan = Plans.defaultsFor(terms(Optional.empty(), Optional.empty()), basis);
    Instant now = OPEN.plus(Duration.ofMinutes(40));
    MarketMoment moment = new MarketMoment(now, Optional.of(SESSION), NEXT, 1);
    for (Optional<Quote> quote :
        java.util.List.of(
            Optional.<Quote>empty(),
            Optional.of(new Quote(p("1"), p("1"), now.minus(Duration.ofSeconds(301)))),
            Optional.of(new Quote(p("1"), p("1"), now.plus(Duration.ofSeconds(6)))),
            Optional.of(new Quote(p("9.5"), p("9.4"), now)),
            Optional.of(new Quote(p("0"), p("0"), now)),
            Optional.of(new Quote(p("0.10"), p("3"), now)))) {
      Observation seen = new Observation(moment, quote, Optional.empty(), Optional.empty());
      assertThat(Evaluator.evaluate(plan, basis, seen))
          .as("%s", quote)
          .isInstanceOf(Decision.Unknown.class);
      assertThat(Evaluator.observe(plan, basis, seen).peak()).isEqualTo(basis.peak());
    }
  }

  @Test
  void timeRulesActWhileTheQuoteIsUnknown() {
    Basis basis = call("5.00", "5.00");
    Plan plan = Plans.defaultsFor(terms(Optional.empty(), Optional.empty()), basis);
    Observation seen =
        new Observation(
            new MarketMoment(OPEN.plus(Duration.ofMinutes(240)), Optional.of(SESSION), NEXT, 1),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertExits(Evaluator.evaluate(plan, basis, seen), ExitReason.MAX_HOLD);
  }

  @Test
  @DisplayName("incident 22: expiry counts from the exchange's close, in summer and in winter")
  void expiryCountsFromTheExchangesClose() {
    Basis basis = call("5.00", "5.00");
    Expiry rule = new Expiry(Duration.ofHours(24));
    for (String close : new String[] {"2026-02-20T21:00:00Z", "2026-07-17T20:00:00Z"}) {
      Instant expiry = Instant.parse(close);
      assertThat(judge(rule, basis, expiring(expiry, Duration.ofHours(24).plusSeconds(1))))
          .isEqualTo(Verdict.HELD);
      assertThat(judge(rule, basis, expiring(expiry, Duration.ofHours(24))))
          .isEqualTo(Verdict.FIRED);
    }
  }

  @Test
  @DisplayName("incident 23: profit of an option counts a hundred per contract")
  void profitCountsTheMultiplier() {
    assertThat(Direction.LONG.profit(p("4.80"), p("7.20"), Quantity.of(10), CALL.multiplier()))
        .hasToString("2400 USD");
    assertThat(Direction.SHORT.profit(p("100"), p("98.5"), Quantity.of(2), STOCK.multiplier()))
        .hasToString("3 USD");
  }

  @Test
  void aPlanIsChangedFieldByFieldAndNonsenseIsRefusedByName() {
    Basis basis = call("5.00", "5.00");
    Plan plan = Plans.defaultsFor(terms(Optional.empty(), Optional.empty()), basis);
    Plan changed = Plans.changed(plan, change("4.50", null, "90%"), basis);
    assertThat(changed.version()).isEqualTo(2);
    assertExits(decide(changed, basis, "4.50", 31), ExitReason.STOP);
    assertThatThrownBy(() -> Plans.changed(plan, change("9.50", null, null), basis))
        .hasMessageContaining("stop 9.5 must lie on the losing side of target 9");
    assertThatThrownBy(() -> Plans.changed(plan, change(null, null, "0%"), basis))
        .hasMessageContaining("trailingKeep must be above 0%");
  }

  @Test
  void plansAndDecisionsSurviveSerialisation() throws Exception {
    ObjectMapper json = Payloads.mapper();
    Basis basis = call("5.00", "6.00");
    Plan plan = Plans.defaultsFor(terms(Optional.empty(), Optional.empty()), basis);
    Decision decision = decide(plan, basis, "5.50", 31);
    assertThat(json.readValue(json.writeValueAsString(plan), Plan.class)).isEqualTo(plan);
    assertThat(json.readValue(json.writeValueAsString(decision), Decision.class))
        .isEqualTo(decision);
    assertThat(json.readValue(json.writeValueAsString(basis), Basis.class)).isEqualTo(basis);
  }

  @Test
  void occSymbolsAndClientOrderIdsRoundTrip() {
    OptionContract contract = OptionContract.parse("INTC260220C00049500");
    assertThat(contract.strike()).hasToString("49.5");
    assertThat(contract.symbol()).isEqualTo("INTC260220C00049500");
    PositionId position = new PositionId(new AccountName("large"), contract, new UUID(1, 2));
    ClientOrderId id = ClientOrderId.of(position, 3, 2);
    assertThat(id.toString()).hasSizeLessThanOrEqualTo(128);
    assertThat(ClientOrderId.parse(id.toString())).isEqualTo(id);
    assertThat(PositionId.parse(position.workflowId())).isEqualTo(position);
    assertThatThrownBy(() -> Instrument.parse("not a symbol")).hasMessageContaining("ticker");
  }

  @Property
  void aTrailingLevelNeverLoosens(
      @ForAll @IntRange(min = 1, max = 10_000) int entry,
      @ForAll @IntRange(min = 1, max = 10_000) int one,
      @ForAll @IntRange(min = 1, max = 10_000) int other) {
    TrailingStop rule = new TrailingStop(Percent.of(75));
    Basis basis = call(cents(entry), cents(entry));
    Basis later = basis.seeing(p(cents(one)));
    Basis latest = later.seeing(p(cents(other)));
    rule.level(later, OPEN)
        .ifPresent(
            level ->
                assertThat(rule.level(latest, OPEN).orElseThrow()).isGreaterThanOrEqualTo(level));
  }

  @Property
  void aWorsePriceNeverTurnsAStopIntoAHold(
      @ForAll @IntRange(min = 10, max = 10_000) int entry,
      @ForAll @IntRange(min = 1, max = 10_000) int price,
      @ForAll @IntRange(min = 0, max = 100) int worse) {
    StopLoss rule = new StopLoss(new Level.AtGain(Percent.of(-60)));
    Basis basis = call(cents(entry), cents(entry));
    if (judge(rule, basis, at(40, cents(price), Optional.of(SESSION))) == Verdict.FIRED) {
      int lower = Math.max(1, price - worse);
      assertThat(judge(rule, basis, at(40, cents(lower), Optional.of(SESSION))))
          .isEqualTo(Verdict.FIRED);
    }
  }

  private static Decision option(String entry, String peak, String mid, int minutes) {
    Basis basis = call(entry, peak);
    return decide(
        Plans.defaultsFor(terms(Optional.empty(), Optional.empty()), basis), basis, mid, minutes);
  }

  private static Decision decide(Plan plan, Basis basis, String mid, int minutes) {
    return Evaluator.evaluate(plan, basis, at(minutes, mid, Optional.of(SESSION)));
  }

  private static Verdict judge(ExitRule rule, Basis basis, Observation seen) {
    JudgedPrice price = new JudgedPrice.Usable(seen.quote().orElseThrow().mid(), PriceSource.MID);
    return rule.bind(basis).judge(Sight.of(seen, price, price)).verdict();
  }

  private static Observation at(int minutes, String mid, Optional<TradingSession> session) {
    Instant now = OPEN.plus(Duration.ofMinutes(minutes));
    return new Observation(
        new MarketMoment(now, session, NEXT, 1),
        Optional.of(new Quote(p(mid), p(mid), now)),
        Optional.empty(),
        Optional.of(EXPIRY));
  }

  private static Observation expiring(Instant expiry, Duration before) {
    Instant now = expiry.minus(before);
    return new Observation(
        new MarketMoment(now, Optional.empty(), NEXT, 1),
        Optional.of(new Quote(p("5"), p("5"), now)),
        Optional.empty(),
        Optional.of(expiry));
  }

  private static PlanChange change(String stop, String target, String keep) {
    return new PlanChange(
        Optional.ofNullable(stop).map(Price::parse),
        Optional.ofNullable(target).map(Price::parse),
        Optional.ofNullable(keep).map(Percent::parse),
        Optional.empty());
  }

  private static EntryTerms terms(Optional<String> stop, Optional<String> target) {
    return new EntryTerms(
        Strategy.DAY_TRADE,
        Direction.LONG,
        Quantity.of(10),
        OPEN,
        Optional.empty(),
        Optional.empty(),
        stop.map(Price::parse),
        target.map(Price::parse),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static Basis call(String entry, String peak) {
    return new Basis(CALL, Direction.LONG, p(entry), Quantity.of(10), p(peak), OPEN);
  }

  private static Basis stock(String entry) {
    return new Basis(STOCK, Direction.LONG, p(entry), Quantity.of(40), p(entry), OPEN);
  }

  private static String cents(int cents) {
    return java.math.BigDecimal.valueOf(cents, 2).toPlainString();
  }

  private static Price p(String text) {
    return Price.parse(text);
  }

  private static void assertExits(Decision decision, ExitReason reason) {
    assertThat(decision)
        .as("%s", decision.trace())
        .isInstanceOfSatisfying(
            Decision.Exit.class, exit -> assertThat(exit.reason()).isEqualTo(reason));
  }
}
