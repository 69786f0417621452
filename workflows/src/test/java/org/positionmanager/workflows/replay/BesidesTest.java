package org.positionmanager.workflows.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.workflows.replay.Paths.CALL;
import static org.positionmanager.workflows.replay.Paths.NYSE;
import static org.positionmanager.workflows.replay.Paths.bought;
import static org.positionmanager.workflows.replay.Paths.mid;
import static org.positionmanager.workflows.replay.Paths.minute;
import static org.positionmanager.workflows.replay.Paths.quote;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Extra;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.OvernightCheck;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.rules.UnderlyingStop;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.UnderlyingPrice;

/** What a replay knows besides the instrument's quotes: underlying, trades, equity. */
class BesidesTest {
  private static final Opening TEN_CALLS = bought(CALL, 10, "5.00");
  private static final UnderlyingStop BELOW_395 = new UnderlyingStop(UnderlyingPrice.parse("395"));
  private static final StopLoss HALF = new StopLoss(new Level.AtGain(Percent.of(-50)));

  /** Over night only what is at most 5% of equity, from an hour before the close on. */
  private static final OvernightCheck SMALL_ENOUGH =
      new OvernightCheck(
          List.of(new OvernightCheck.Stage(Duration.ofMinutes(60), 1)),
          3,
          Percent.of(10),
          Percent.of(5));

  private static Replay replay(ExitRule rule) {
    Plan plan =
        new Plan(
            1,
            List.of(rule),
            new ExitStyle.MarketNow(),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5));
    return Replay.of(TEN_CALLS, plan, NYSE, FillAt.NEAR);
  }

  private static Quote underlying(double minute, String price) {
    return new Quote(Price.parse(price), Price.parse(price), minute(minute));
  }

  private static Trade trade(double minute, String price) {
    return new Trade(Price.parse(price), minute(minute));
  }

  @Test
  @DisplayName("an underlying that reaches its level closes at once, by the option's last quote")
  void byTheUnderlying() {
    Replay replay = replay(BELOW_395);
    replay.seeUnderlying(underlying(0.5, "390"), Duration.ZERO);
    replay.seeUnderlying(underlying(1, "400"), Duration.ZERO);
    replay.see(mid(1, "5"));
    replay.seeUnderlying(underlying(1.5, "395"), Duration.ZERO);
    assertThat(replay.result().exits())
        .singleElement()
        .satisfies(
            exit -> {
              assertThat(exit.rule()).isEqualTo("underlying stop");
              assertThat(exit.decidedAt()).isEqualTo(minute(1.5));
              assertThat(exit.price()).isEqualTo(Price.parse("4.99"));
            });
    assertThat(replay.result().missed()).isEmpty();
  }

  @Test
  @DisplayName(
      "an underlying's quote of the night before or of more than a minute ago says nothing")
  void anOldQuoteOfTheUnderlying() {
    Replay replay = replay(BELOW_395);
    replay.seeUnderlying(underlying(1, "390"), Duration.ZERO);
    replay.see(mid(3, "5"));
    assertThat(replay.isOver()).isFalse();
    assertThat(replay.result().changes().getFirst().rules().getFirst().because())
        .contains("the quote is 120 s old");
  }

  @Test
  @DisplayName("a bar's price stands until the bar's next one")
  void aBarOfTheUnderlying() {
    Replay replay = replay(BELOW_395);
    replay.seeUnderlying(underlying(-1, "390"), Duration.ofMinutes(5));
    replay.see(mid(3, "5"));
    assertThat(replay.result().exits()).hasSize(1);
  }

  @Test
  void withoutAnUnderlyingItIsTold() {
    Replay replay = replay(BELOW_395);
    replay.see(mid(1, "5"));
    assertThat(replay.result().missed()).containsExactly(Extra.UNDERLYING);
  }

  @Test
  @DisplayName("a position that is too large for the account does not stay over night")
  void byTheEquity() {
    assertThat(overNight(Optional.of(Money.parse("100000 USD"))).exits()).hasSize(1);
    assertThat(overNight(Optional.of(Money.parse("120000 USD"))).exits()).isEmpty();
    ReplayResult unjudged = overNight(Optional.empty());
    assertThat(unjudged.exits()).isEmpty();
    assertThat(unjudged.missed()).containsExactly(Extra.EQUITY);
  }

  /** Worth 6,000. */
  private static ReplayResult overNight(Optional<Money> equity) {
    Replay replay = replay(SMALL_ENOUGH).withEquity(equity);
    replay.see(mid(331, "6"));
    return replay.result();
  }

  @Test
  @DisplayName("after two minutes without a usable quote a stop is judged by the latest trade")
  void byTrades() {
    Replay replay = replay(HALF);
    replay.see(mid(1, "5"));
    replay.see(quote(2, "1", "19"));
    replay.seeTrade(trade(3, "2.4"));
    replay.see(quote(3.5, "1", "19"));
    assertThat(replay.isOver()).isFalse();
    replay.see(quote(5, "1", "19"));
    assertThat(replay.result().exits())
        .singleElement()
        .satisfies(exit -> assertThat(exit.decidedAt()).isEqualTo(minute(4)));
  }

  @Test
  @DisplayName("trades are missed only once a stop would have been judged by them")
  void tradesThatAreMissed() {
    Replay replay = replay(HALF);
    replay.see(mid(1, "5"));
    replay.see(quote(2, "1", "19"));
    replay.see(quote(3.5, "1", "19"));
    assertThat(replay.result().missed()).isEmpty();
    replay.see(quote(5, "1", "19"));
    assertThat(replay.result().missed()).containsExactly(Extra.LAST_TRADE);
  }
}
