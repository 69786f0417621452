package org.positionmanager.activities.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.alert.AccountSnapshot.Heard;
import org.positionmanager.activities.alert.AccountSnapshot.Open;
import org.positionmanager.activities.alert.AccountSnapshot.Sync;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.NyseCalendar;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Each rule at its boundary and one past it, and when its alerts end. */
class AlertRulesTest {
  private static final AccountName LARGE = new AccountName("large");

  /** A Wednesday, 10:00 in New York, half an hour after the open. */
  private static final Instant NOW = Instant.parse("2026-02-11T15:00:00Z");

  private static final AccountLimits LIMITS =
      new AccountLimits(
          Optional.of(5),
          Optional.of(Money.parse("10000")),
          Optional.of(Quantity.of(10)),
          Optional.of(Money.parse("500")));

  private final AlertRules rules = new AlertRules(AlertBounds.DEFAULT, LIMITS);

  private Optional<MarketMoment> market = Optional.of(moment(NOW, 1));
  private final List<Open> open = new ArrayList<>();
  private List<Instant> recorded = List.of();
  private Optional<Money> realisedToday = Optional.of(Money.ZERO);
  private List<Money> lastCloses = List.of();
  private Optional<Heard> watch = Optional.empty();
  private Optional<Sync> sync = Optional.empty();
  private List<AccountSnapshot.Limited> limited = List.of();

  private AccountSnapshot seen() {
    return new AccountSnapshot(
        LARGE, NOW, market, open, recorded, realisedToday, lastCloses, watch, sync, limited);
  }

  private static MarketMoment moment(Instant now, double speed) {
    TradingSession today =
        NyseCalendar.on(now.atZone(ExchangeZone.NEW_YORK).toLocalDate()).orElseThrow();
    TradingSession next = NyseCalendar.on(today.date().plusDays(1)).orElseThrow();
    return new MarketMoment(now, Optional.of(today).filter(it -> it.contains(now)), next, speed);
  }

  private static MarketMoment closed() {
    return moment(Instant.parse("2026-02-11T22:00:00Z"), 1);
  }

  private static Instant ago(String duration) {
    return NOW.minus(Duration.parse(duration));
  }

  private static PositionId id(String symbol) {
    return new PositionId(LARGE, Instrument.parse(symbol), UUID.randomUUID());
  }

  private static Open holding(String symbol, int quantity, String entry) {
    return new Open(
        id(symbol),
        Phase.PROTECTED,
        ago("PT1H"),
        ago("PT1H"),
        Quantity.of(quantity),
        Optional.of(Price.parse(entry)),
        Optional.of(ago("PT1H")),
        Optional.of(NOW),
        true);
  }

  private static Open evaluated(Optional<Instant> at, boolean vouched) {
    Open it = holding("WMT", 1, "100");
    return new Open(
        it.id(),
        it.phase(),
        it.since(),
        it.recordedAt(),
        it.held(),
        it.entry(),
        it.openedAt(),
        at,
        vouched);
  }

  private static Open in(Phase phase, Instant since) {
    Open it = holding("WMT", 1, "100");
    return new Open(
        it.id(),
        phase,
        since,
        it.recordedAt(),
        it.held(),
        it.entry(),
        it.openedAt(),
        it.evaluatedAt(),
        it.isVouchedFor());
  }

  private static List<NewAlert> alerts(Ruling ruling) {
    assertThat(ruling).isInstanceOf(Ruling.Judged.class);
    return ((Ruling.Judged) ruling).alerts();
  }

  private static void assertNone(Ruling ruling) {
    assertThat(alerts(ruling)).isEmpty();
  }

  private static NewAlert only(Ruling ruling) {
    assertThat(alerts(ruling)).hasSize(1);
    return alerts(ruling).getFirst();
  }

  private static void assertCannotTell(Ruling ruling) {
    assertThat(ruling).isInstanceOf(Ruling.CannotTell.class);
  }

  @Test
  void fivePositionsWithinFiveMinutesAreTooRapidFourAreNot() {
    recorded = List.of(ago("PT0S"), ago("PT1M"), ago("PT2M"), ago("PT4M59.999S"));
    assertNone(rules.rapidCreation(seen()));
    recorded = List.of(ago("PT0S"), ago("PT1M"), ago("PT2M"), ago("PT3M"), ago("PT4M59.999S"));
    assertThat(only(rules.rapidCreation(seen())).message()).startsWith("5 positions were recorded");
  }

  @Test
  @DisplayName("rapid creation ends once the window no longer holds them")
  void rapidCreationEndsOnceTheWindowHoldsFewer() {
    recorded = List.of(ago("PT0S"), ago("PT1M"), ago("PT2M"), ago("PT3M"), ago("PT5M"));
    assertNone(rules.rapidCreation(seen()));
  }

  @Test
  void theLimitOfPositionsIsAllowedAndOneMoreIsAnAlert() {
    IntStream.range(0, 5).forEach(i -> open.add(holding("WMT", 1, "10")));
    assertNone(rules.positionLimit(seen()));
    open.add(holding("DE", 1, "10"));
    NewAlert alert = only(rules.positionLimit(seen()));
    assertThat(alert.key()).isEqualTo("position-limit/positions");
    assertThat(alert.message()).isEqualTo("6 positions are open, the limit is 5");
  }

  @Test
  void whatWaitsForItsEntryHoldsNothingAndCountsForNoLimit() {
    IntStream.range(0, 5).forEach(i -> open.add(holding("WMT", 1, "10")));
    open.add(
        new Open(
            id("DE"),
            Phase.AWAITING_ENTRY,
            NOW,
            NOW,
            Quantity.ZERO,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false));
    assertNone(rules.positionLimit(seen()));
  }

  @Test
  @DisplayName("incident 23: notional counts the multiplier; the limit is allowed, a cent more not")
  void notionalCountsTheMultiplier() {
    open.add(holding("NOW260220P00110000", 10, "10"));
    assertNone(rules.positionLimit(seen()));
    open.clear();
    open.add(holding("NOW260220P00110000", 10, "10.00001"));
    assertThat(only(rules.positionLimit(seen())).message())
        .isEqualTo("open positions cost 10000.01 USD, the limit is 10000 USD");
  }

  @Test
  void contractsOfAllPositionsCountTogetherAndSharesDoNot() {
    open.add(holding("NOW260220P00110000", 6, "1"));
    open.add(holding("INTC260220C00049500", 4, "1"));
    open.add(holding("WMT", 50, "1"));
    assertNone(rules.positionLimit(seen()));
    open.add(holding("BAC260220C00056000", 1, "1"));
    assertThat(only(rules.positionLimit(seen())).key()).isEqualTo("position-limit/contracts");
  }

  @Test
  void withoutLimitsNothingExceedsThem() {
    IntStream.range(0, 50).forEach(i -> open.add(holding("NOW260220P00110000", 10, "100")));
    realisedToday = Optional.of(Money.parse("-1000000"));
    AlertRules unlimited = new AlertRules(AlertBounds.DEFAULT, AccountLimits.NONE);
    assertNone(unlimited.positionLimit(seen()));
    assertNone(unlimited.dailyLoss(seen()));
  }

  @Test
  void aLossThatReachesTheDaysLimitIsAnAlertACentLessIsNot() {
    realisedToday = Optional.of(Money.parse("-499.99"));
    assertNone(rules.dailyLoss(seen()));
    realisedToday = Optional.of(Money.parse("-500"));
    assertThat(only(rules.dailyLoss(seen())).message())
        .isEqualTo("500 USD lost today, the limit is 500 USD");
    realisedToday = Optional.of(Money.parse("500"));
    assertNone(rules.dailyLoss(seen()));
  }

  @Test
  void whereTheDayCannotBeToldTheLossIsNotJudged() {
    realisedToday = Optional.empty();
    assertCannotTell(rules.dailyLoss(seen()));
  }

  @Test
  void threeLossesInARowAreAStreakTwoAreNot() {
    Money loss = Money.parse("-10");
    lastCloses = List.of(loss, loss);
    assertNone(rules.losingStreak(seen()));
    lastCloses = List.of(loss, loss, Money.ZERO);
    assertNone(rules.losingStreak(seen()));
    lastCloses = List.of(loss, loss, loss, Money.parse("100"));
    assertThat(only(rules.losingStreak(seen())).message())
        .isEqualTo("the last 3 closed positions lost 30 USD together");
  }

  @Test
  void aStreakEndsWithACloseThatLostNothing() {
    Money loss = Money.parse("-10");
    lastCloses = List.of(Money.ZERO, loss, loss, loss);
    assertNone(rules.losingStreak(seen()));
  }

  @Test
  @DisplayName("incident 16: an exit is stuck after more than two minutes of open market")
  void anExitIsStuckPastItsBound() {
    open.add(in(Phase.EXITING, ago("PT2M")));
    assertNone(rules.stuckExit(seen()));
    Open stuck = in(Phase.EXITING, ago("PT2M0.001S"));
    open.add(stuck);
    NewAlert alert = only(rules.stuckExit(seen()));
    assertThat(alert.position()).contains(stuck.id());
    assertThat(alert.kind()).isEqualTo(AlertKind.STUCK_EXIT);
  }

  @Test
  void onlyTimeOfOpenMarketMakesAnExitStuck() {
    open.add(in(Phase.EXITING, ago("PT17H")));
    market = Optional.of(closed());
    assertNone(rules.stuckExit(seen()));
    market = Optional.of(moment(Instant.parse("2026-02-11T14:32:00Z"), 1));
    assertNone(rules.stuckExit(seen()));
    market = Optional.of(moment(Instant.parse("2026-02-11T14:32:00.001Z"), 1));
    assertThat(alerts(rules.stuckExit(seen()))).hasSize(1);
    market = Optional.empty();
    assertCannotTell(rules.stuckExit(seen()));
  }

  @Test
  void aPositionThatHoldsIsNotStuck() {
    open.add(in(Phase.PROTECTED, ago("PT5H")));
    assertNone(rules.stuckExit(seen()));
  }

  @Test
  void anEvaluationIsStalePastItsBoundUnlessTheWatchVouches() {
    open.add(evaluated(Optional.of(ago("PT2M")), false));
    open.add(evaluated(Optional.of(ago("PT20M")), true));
    assertNone(rules.staleData(seen()));
    Open stale = evaluated(Optional.of(ago("PT2M0.001S")), false);
    open.add(stale);
    assertThat(only(rules.staleData(seen())).position()).contains(stale.id());
  }

  @Test
  void aPositionThatWasNeverEvaluatedIsStaleSinceItOpened() {
    open.add(evaluated(Optional.empty(), false));
    assertThat(only(rules.staleData(seen())).message()).contains("since it opened");
  }

  @Test
  void nothingIsStaleOvernightNorRightAfterTheOpen() {
    open.add(evaluated(Optional.of(ago("PT17H")), false));
    market = Optional.of(closed());
    assertNone(rules.staleData(seen()));
    market = Optional.of(moment(Instant.parse("2026-02-11T14:32:00Z"), 1));
    assertNone(rules.staleData(seen()));
    market = Optional.empty();
    assertCannotTell(rules.staleData(seen()));
  }

  @Test
  void aSimulatedDaysHasteIsNoStaleness() {
    market = Optional.of(moment(NOW, 10));
    open.add(evaluated(Optional.of(ago("PT19M")), false));
    assertNone(rules.staleData(seen()));
    open.add(evaluated(Optional.of(ago("PT20M0.01S")), false));
    assertThat(alerts(rules.staleData(seen()))).hasSize(1);
  }

  @Test
  void aWatchIsSilentPastItsBoundAndWhereThereIsNone() {
    open.add(holding("WMT", 1, "1"));
    watch = Optional.of(new Heard("worker@1", ago("PT15S")));
    assertNone(rules.silentWatch(seen()));
    watch = Optional.of(new Heard("worker@1", ago("PT15.001S")));
    assertThat(only(rules.silentWatch(seen())).message()).contains("last heard of at");
    watch = Optional.empty();
    assertThat(only(rules.silentWatch(seen())).message()).contains("nobody holds their watch");
  }

  @Test
  void whereNothingIsOpenNoWatchIsMissed() {
    watch = Optional.of(new Heard("worker@1", ago("PT15H")));
    assertNone(rules.silentWatch(seen()));
  }

  private static AccountLiveness live(Optional<Instant> busy, Optional<Instant> heard) {
    return new AccountLiveness(LARGE, NOW, 2, 1, busy, heard);
  }

  @Test
  @DisplayName(
      "incident 2: an account that trades and has no live watcher is an alert within a minute")
  void anAccountWithoutALiveWorkerIsAnAlert() {
    Optional<Instant> busy = Optional.of(ago("PT1H"));
    assertNone(rules.noLiveWorker(live(busy, Optional.of(ago("PT30S")))));
    NewAlert alert = only(rules.noLiveWorker(live(busy, Optional.of(ago("PT30.001S")))));
    assertThat(alert.message()).contains("2 positions are open and 1 rows wait");
    assertThat(alert.account()).contains(LARGE);
    assertThat(alerts(rules.noLiveWorker(live(busy, Optional.empty())))).hasSize(1);
    assertThat(AlertBounds.DEFAULT.noWorkerAfter().plus(AlertSweep.EVERY))
        .as("found by the next sweep")
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void anAccountThatHasJustBegunToTradeIsLeftItsWorkersTime() {
    assertNone(rules.noLiveWorker(live(Optional.of(ago("PT30S")), Optional.empty())));
    assertNone(rules.noLiveWorker(live(Optional.empty(), Optional.empty())));
  }

  @Test
  void aSyncIsLatePastThreeIntervals() {
    assertCannotTell(rules.lateSync(seen()));
    sync = Optional.of(new Sync(ago("PT15M"), Duration.ofMinutes(5)));
    assertNone(rules.lateSync(seen()));
    sync = Optional.of(new Sync(ago("PT15M0.001S"), Duration.ofMinutes(5)));
    assertThat(only(rules.lateSync(seen())).message()).contains("one is due every 5m");
  }

  @Test
  void everyRuleOfAnAccountJudgesAKindOfItsOwn() {
    assertThat(rules.of(seen())).extracting(Ruling::kind).doesNotHaveDuplicates().hasSize(8);
  }

  @Test
  @DisplayName("rows that wait at a gate are told by the alert of their limit, with how many")
  void rowsThatWait() {
    open.addAll(Collections.nCopies(5, holding("WMT", 1, "100")));
    assertThat(messages(rules.positionLimit(seen()))).as("the limit itself").isEmpty();
    limited =
        List.of(
            new AccountSnapshot.Limited(
                IntakeGate.Limit.POSITIONS, 6, "5 positions are open, the limit is 5"),
            new AccountSnapshot.Limited(IntakeGate.Limit.DAILY_LOSS, 2, "lost"));
    assertThat(messages(rules.positionLimit(seen())))
        .containsExactly("5 positions are open, the limit is 5; 6 rows wait to be taken in");
    open.add(holding("WMT", 1, "100"));
    assertThat(messages(rules.positionLimit(seen())))
        .containsExactly("6 positions are open, the limit is 5; 6 rows wait to be taken in");
    realisedToday = Optional.of(Money.parse("-500"));
    assertThat(messages(rules.dailyLoss(seen())))
        .containsExactly("500 USD lost today, the limit is 500 USD; 2 rows wait to be taken in");
  }

  @Test
  void anAccountsOwnRateTakesTheDesksPlace() {
    AlertRules own =
        new AlertRules(
            AlertBounds.DEFAULT,
            new AccountLimits(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new AccountLimits.RapidCreation(2, Duration.ofMinutes(1))),
                false));
    recorded = List.of(ago("PT10S"), ago("PT60S"));
    assertThat(messages(own.rapidCreation(seen()))).isEmpty();
    recorded = List.of(ago("PT10S"), ago("PT59.999S"));
    assertThat(messages(own.rapidCreation(seen()))).hasSize(1);
    assertThat(messages(rules.rapidCreation(seen()))).isEmpty();
  }

  private static List<String> messages(Ruling ruling) {
    return ((Ruling.Judged) ruling).alerts().stream().map(NewAlert::message).toList();
  }
}
