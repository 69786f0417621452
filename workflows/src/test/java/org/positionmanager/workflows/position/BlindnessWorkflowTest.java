package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.plan.ChosenPlan;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Extra;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.PriceSight;
import org.positionmanager.workflows.rules.PriceSource;
import org.positionmanager.workflows.rules.ProfitTarget;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.rules.TimeStop;
import org.positionmanager.workflows.rules.UnderlyingStop;
import org.positionmanager.workflows.rules.WatchSight;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.UnderlyingPrice;
import org.positionmanager.workflows.watch.WatchBlind;

/** What becomes of a position that cannot be judged; every history made here is replayed. */
@Timeout(60)
class BlindnessWorkflowTest extends StagedTest {
  private static final StopLoss STOP = new StopLoss(gain(-50));
  private static final ProfitTarget TARGET = new ProfitTarget(gain(80));
  private static final Price WATCHED = Price.parse("5.00");

  @Test
  @DisplayName("with a trade at the first blind look people are told that stops go on by it")
  void withATradePeopleAreToldThatStopsGoOnByIt() {
    planFileHas(List.of(PriceSource.LAST_TRADE), STOP, TARGET);
    PositionWorkflow position = stage.start();
    world.noQuote = true;
    world.lastTrade = Optional.of(new Trade(Price.parse("4.10"), now()));
    stage.pass(Duration.ofMinutes(5));
    assertThat(blind())
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert.message())
                    .contains("no usable quote since")
                    .endsWith("stops are judged by the latest trade, 4.1: stop")
                    .doesNotContain("cannot"));
    end(position);
  }

  @Test
  @DisplayName("without a trade people are told that stops cannot be judged, and why")
  void withoutATradePeopleAreToldThatStopsCannotBeJudged() {
    planFileHas(List.of(PriceSource.LAST_TRADE), STOP, TARGET);
    PositionWorkflow position = stage.start();
    world.noQuote = true;
    stage.pass(Duration.ofMinutes(5));
    assertThat(blind())
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert.message())
                    .endsWith(
                        "stops cannot be judged: stop, no usable price: the market data has no quote")
                    .doesNotContain("are judged by"));
    end(position);
  }

  @Test
  @DisplayName(
      "where one stop goes on by the near side and another cannot be judged, both are told")
  void whatGoesOnAndWhatCannotAreToldApart() {
    Level range = new Level.AtRange(new BigDecimal("-2"), 14, Optional.empty());
    planFileHas(
        List.of(PriceSource.NEAR_SIDE),
        new StopLoss(range),
        new TimeStop(Duration.ofMinutes(1), Percent.of(-40)));
    PositionWorkflow position = stage.start();
    world.spread = Optional.of(Price.parse("90"));
    stage.pass(Duration.ofMinutes(5));
    assertThat(alertsAbout("blind/" + Stage.ID))
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert.message())
                    .contains(
                        "stops are judged by the side of the quote that an exit trades against,"
                            + " 4.8: time stop; stops cannot be judged: stop, the average true"
                            + " range is not known"));
    end(position);
  }

  @Test
  @DisplayName("a stop whose range is not known is told once its time is over, and once only")
  void aStopWithoutItsRangeIsTold() {
    planFileHas(
        List.of(),
        new StopLoss(new Level.AtRange(new BigDecimal("-2"), 14, Optional.empty())),
        TARGET);
    PositionWorkflow position = stage.start();
    stage.pass(Duration.ofSeconds(110));
    assertThat(blind()).isEmpty();
    stage.pass(Duration.ofSeconds(20));
    assertThat(blind())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.key()).isEqualTo("blind/stop/" + Stage.ID);
              assertThat(alert.severity()).isEqualTo(Alert.Severity.CRITICAL);
              assertThat(alert.message())
                  .startsWith("stop: the average true range is not known since ")
                  .endsWith("it cannot be judged: the average true range is not known");
            });
    stage.pass(Duration.ofMinutes(30));
    assertThat(blind()).hasSize(1);
    assertThat(position.state().told().unjudged())
        .singleElement()
        .satisfies(it -> assertThat(it.told()).isTrue());
    world.range = Optional.of(Price.parse("0.40"));
    stage.pass(Duration.ofMinutes(2));
    assertThat(position.state().told().unjudged()).isEmpty();
    end(position);
  }

  @Test
  @DisplayName("what is missing for less than the plan bears is told to nobody")
  void whatIsMissingForAMomentIsToldToNobody() {
    planFileHas(List.of(), underlyingStop());
    PositionWorkflow position = stage.start();
    stage.pass(Duration.ofSeconds(60));
    world.underlying = Optional.of(Price.parse("120"));
    stage.pass(Duration.ofMinutes(3));
    world.underlying = Optional.empty();
    stage.pass(Duration.ofSeconds(90));
    world.underlying = Optional.of(Price.parse("120"));
    stage.pass(Duration.ofMinutes(10));
    assertThat(blind()).isEmpty();
    end(position);
  }

  @Test
  @DisplayName("an underlying without a quote is told, and its latest trade ends the position")
  void anUnderlyingWithoutAQuoteIsJudgedByItsTrade() {
    planFileHas(List.of(PriceSource.LAST_TRADE), underlyingStop(), TARGET);
    PositionWorkflow position = stage.start();
    world.underlyingTrade = Optional.of(Price.parse("120"));
    stage.pass(Duration.ofMinutes(5));
    assertThat(blind())
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert.message())
                    .startsWith("underlying stop: no usable price of the underlying since ")
                    .endsWith("it is judged by the underlying's latest trade, underlying 120"));
    assertThat(position.state().told().unjudged()).as("there is still no quote").hasSize(1);
    stage.pass(Duration.ofMinutes(10));
    assertThat(blind()).as("told once").hasSize(1);
    world.underlyingTrade = Optional.of(Price.parse("130"));
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.UNDERLYING_STOP);
  }

  @Test
  @DisplayName("the underlying's trade is asked for only where the plan falls back on trades")
  void aPlanWithoutTradesDoesNotAskForThem() {
    planFileHas(List.of(PriceSource.NEAR_SIDE), underlyingStop());
    PositionWorkflow position = stage.start();
    world.underlyingTrade = Optional.of(Price.parse("130"));
    stage.pass(Duration.ofMinutes(10));
    assertThat(blind())
        .singleElement()
        .satisfies(alert -> assertThat(alert.message()).contains("it cannot be judged"));
    assertThat(world.asked)
        .allSatisfy(extras -> assertThat(extras).doesNotContain(Extra.UNDERLYING_TRADE));
    end(position);
  }

  @Test
  @DisplayName("a night without quotes of the underlying is nothing to tell")
  void aNightIsNothingToTell() {
    planFileHas(List.of(), underlyingStop());
    world.underlying = Optional.of(Price.parse("120"));
    PositionWorkflow position = stage.start();
    stage.pass(Duration.between(now(), world.session.closeExclusive()).minusSeconds(70));
    world.underlying = Optional.empty();
    stage.pass(Duration.between(now(), world.nextSession.openInclusive()).plusSeconds(30));
    assertThat(blind()).isEmpty();
    stage.pass(Duration.ofMinutes(3));
    assertThat(blind()).hasSize(1);
    end(position);
  }

  @Test
  @DisplayName("a watch that goes blind wakes its position: people know and stops go on at once")
  void aWatchThatGoesBlindWakesItsPosition() {
    planFileHas(List.of(PriceSource.LAST_TRADE), STOP, TARGET);
    PositionWorkflow position = stage.start();
    isWatched(true);
    stage.pass(Duration.ofMinutes(3));
    int looks = world.asked.size();
    stage.pass(Duration.ofMinutes(5));
    assertThat(world.asked.size()).as("it is left to the watch").isEqualTo(looks);

    world.noQuote = true;
    isWatched(false);
    world.lastTrade = Optional.of(new Trade(Price.parse("4.10"), now()));
    position.watchBlind(new WatchBlind(now().minus(Duration.ofMinutes(2))));
    stage.pass(Duration.ofSeconds(5));
    assertThat(world.asked.getLast()).contains(Extra.LAST_TRADE, Extra.READ_QUOTE);
    assertThat(blind())
        .singleElement()
        .satisfies(alert -> assertThat(alert.message()).contains("judged by the latest trade"));
    stage.pass(Duration.ofMinutes(3));
    assertThat(world.asked.size()).as("a look each minute").isGreaterThanOrEqualTo(looks + 3);
    world.lastTrade = Optional.of(new Trade(Price.parse("2.40"), now()));
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.STOP);
  }

  @Test
  @DisplayName("what the position can read itself is no blindness, whatever the watch says")
  void whatThePositionCanReadItselfIsNoBlindness() {
    planFileHas(List.of(), STOP, TARGET);
    PositionWorkflow position = stage.start();
    position.watchBlind(new WatchBlind(now().minus(Duration.ofMinutes(9))));
    stage.pass(Duration.ofSeconds(5));
    assertThat(blind()).isEmpty();
    assertThat(position.state().basis().orElseThrow().track().unknownSince()).isEmpty();
    stage.pass(Duration.ofMinutes(1));
    world.noQuote = true;
    position.watchBlind(new WatchBlind(now().minus(Duration.ofMinutes(9))));
    stage.pass(Duration.ofSeconds(5));
    assertThat(blind()).as("it saw a price a minute ago").isEmpty();
    stage.pass(Duration.ofMinutes(3));
    assertThat(blind()).hasSize(1);
    end(position);
  }

  @Test
  @DisplayName("what a review knows already is told, whatever the watch says of when it began")
  void aReviewThatKnowsAlreadyStillTells() {
    planFileHas(List.of(), STOP, TARGET);
    PositionWorkflow position = stage.start();
    world.noQuote = true;
    stage.pass(Duration.ofSeconds(70));
    assertThat(position.state().basis().orElseThrow().track().unknownSince()).isPresent();
    position.watchBlind(new WatchBlind(now().minus(Duration.ofMinutes(5))));
    stage.pass(Duration.ofMinutes(3));
    assertThat(blind()).hasSize(1);
    end(position);
  }

  @Test
  void aWatchThatIsBlindForAPositionThatExitsChangesNothing() {
    PositionWorkflow position = stage.start();
    world.fillsAtOnce = false;
    stage.requestClose();
    stage.pass(Duration.ofSeconds(5));
    position.watchBlind(new WatchBlind(now().minus(Duration.ofMinutes(9))));
    stage.pass(Duration.ofSeconds(5));
    assertThat(position.state().basis().orElseThrow().track().unknownSince()).isEmpty();
    world.fillEverything();
    stage.awaitEnd(position);
  }

  private void isWatched(boolean fresh) {
    world.watch = Optional.of(new WatchSight(1, WATCHED, WATCHED, now(), fresh, Optional.empty()));
  }

  private void end(PositionWorkflow position) {
    stage.requestClose();
    stage.awaitEnd(position);
  }

  private List<Alert> blind() {
    return alertsAbout("blind/");
  }

  private List<Alert> alertsAbout(String key) {
    return stage.ledger.alerts.stream().filter(alert -> alert.key().startsWith(key)).toList();
  }

  private Instant now() {
    return Instant.ofEpochMilli(stage.environment.currentTimeMillis());
  }

  private static Level gain(long percent) {
    return new Level.AtGain(Percent.of(percent));
  }

  /** Of the put that the stage is about: it is harmed by a rise. */
  private static UnderlyingStop underlyingStop() {
    return new UnderlyingStop(UnderlyingPrice.parse("130"));
  }

  private void planFileHas(List<PriceSource> fallbacks, ExitRule... rules) {
    Plan plan =
        new Plan(
            1,
            Optional.of("mine"),
            List.of(rules),
            new ExitStyle.MarketNow(),
            Duration.ofMinutes(1),
            new PriceSight(Duration.ofMinutes(5), Duration.ofMinutes(2), fallbacks));
    world.planFile = (terms, basis) -> new ChosenPlan(plan, Optional.empty());
  }
}
