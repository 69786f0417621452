package org.positionmanager.workflows.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.positionmanager.workflows.replay.Paths.CALL;
import static org.positionmanager.workflows.replay.Paths.NYSE;
import static org.positionmanager.workflows.replay.Paths.STOCK;
import static org.positionmanager.workflows.replay.Paths.bought;
import static org.positionmanager.workflows.replay.Paths.defaults;
import static org.positionmanager.workflows.replay.Paths.mid;
import static org.positionmanager.workflows.replay.Paths.minute;
import static org.positionmanager.workflows.replay.Paths.quote;
import static org.positionmanager.workflows.replay.Paths.sold;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.Verdict;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Literal paths: exits, profit, excursions, trace. */
class ReplayTest {
  private static final Opening TEN_CALLS = bought(CALL, 10, "5.00");

  private static ReplayResult swing(Opening opening, SeenQuote... path) {
    return Replay.on(
        List.of(path), opening, defaults(opening, Strategy.CONSERVATIVE), NYSE, FillAt.NEAR);
  }

  @Test
  void aTargetSellsAtTheBidWithTheMultiplier() {
    // Target of 5.00 is 9.00; the bid at that moment is 8.99.
    ReplayResult result = swing(TEN_CALLS, mid(31, "5"), mid(32, "8.99"), mid(33, "9"));
    assertThat(result.exits())
        .containsExactly(
            new ReplayExit(
                minute(33),
                minute(33),
                ExitReason.TARGET,
                "target",
                Quantity.of(10),
                Price.parse("8.99"),
                Money.parse("3990 USD")));
    assertThat(result.profit()).isEqualTo(Money.parse("3990 USD"));
    assertThat(result.gain()).isEqualTo(Percent.parse("79.8%"));
    assertThat(result.open()).isEqualTo(Quantity.ZERO);
    assertThat(result.held()).isEqualTo(Duration.ofMinutes(33));
  }

  @Test
  void aShortIsBoughtBackAtTheAsk() {
    // Target of a short at 5.00 is 1.00.
    ReplayResult result = swing(sold(CALL, 10, "5.00"), mid(31, "4"), mid(32, "1"));
    assertThat(result.exits())
        .singleElement()
        .satisfies(
            exit -> {
              assertThat(exit.price()).isEqualTo(Price.parse("1.01"));
              assertThat(exit.profit()).isEqualTo(Money.parse("3990 USD"));
            });
  }

  @Test
  void anExitFillsAtTheMidWhereAskedFor() {
    ReplayResult result =
        Replay.on(
            List.of(mid(31, "9")),
            TEN_CALLS,
            defaults(TEN_CALLS, Strategy.CONSERVATIVE),
            NYSE,
            FillAt.MID);
    assertThat(result.exits()).extracting(ReplayExit::price).containsExactly(Price.parse("9"));
  }

  @Test
  void whatIsStillOpenCountsAtTheLastUsableMid() {
    // The last quote is crossed.
    ReplayResult result = swing(TEN_CALLS, mid(1, "5.5"), mid(2, "5.4"), quote(3, "5.60", "5.50"));
    assertThat(result.exits()).isEmpty();
    assertThat(result.open()).isEqualTo(Quantity.of(10));
    assertThat(result.mark()).isEqualTo(Price.parse("5.4"));
    assertThat(result.unrealised()).isEqualTo(Money.parse("400 USD"));
    assertThat(result.realised()).isEqualTo(Money.ZERO);
    assertThat(result.held()).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void excursionsAreTheFirstBestAndWorstMids() {
    ReplayResult result =
        swing(
            TEN_CALLS, mid(1, "4.6"), mid(2, "5.2"), mid(3, "5.2"), mid(4, "5.16"), mid(5, "4.6"));
    // 5.15 is the trailing level of the peak 5.20: the last quote closes it.
    assertThat(result.best())
        .isEqualTo(
            new Excursion(
                Price.parse("5.2"), Money.parse("200 USD"), Percent.parse("4%"), minute(2)));
    assertThat(result.worst())
        .isEqualTo(
            new Excursion(
                Price.parse("4.6"), Money.parse("-400 USD"), Percent.parse("-8%"), minute(1)));
  }

  @Test
  void excursionsOfAShortAreMirrored() {
    ReplayResult result = swing(sold(STOCK, 10, "100"), mid(1, "101"), mid(2, "98.5"));
    assertThat(result.best().amount()).isEqualTo(Money.parse("15 USD"));
    assertThat(result.best().percent()).isEqualTo(Percent.parse("1.5%"));
    assertThat(result.worst().amount()).isEqualTo(Money.parse("-10 USD"));
  }

  @Test
  void aPathThatIsNeverWorseHasAnExcursionOfZeroAtTheEntry() {
    ReplayResult result = swing(TEN_CALLS, mid(1, "5.1"));
    assertThat(result.worst())
        .isEqualTo(new Excursion(Price.parse("5"), Money.ZERO, Percent.of(0), minute(0)));
  }

  @Test
  @DisplayName("a rule that time alone fires is judged between two quotes")
  void timeRulesFireBetweenQuotes() {
    // A day trade: closed at 15:55, 385 minutes after the open, by the quote of a minute before.
    Opening lateEntry =
        new Opening(CALL, TEN_CALLS.direction(), Quantity.of(10), Price.parse("5"), minute(300));
    ReplayResult result =
        Replay.on(
            List.of(mid(380, "5"), mid(384, "5.02"), mid(389, "4.9")),
            lateEntry,
            defaults(lateEntry, Strategy.DAY_TRADE),
            NYSE,
            FillAt.NEAR);
    assertThat(result.exits())
        .singleElement()
        .satisfies(
            exit -> {
              assertThat(exit.reason()).isEqualTo(ExitReason.DAY_TRADE_CLOSE);
              assertThat(exit.decidedAt()).isEqualTo(minute(385));
              assertThat(exit.filledAt()).isEqualTo(minute(385));
              assertThat(exit.price()).isEqualTo(Price.parse("5.01"));
            });
  }

  @Test
  void anExitOnAStaleQuoteFillsAtTheNextOne() {
    // Max hold of a swing trade is 360 minutes; the quote is 60 minutes old by then.
    ReplayResult result = swing(TEN_CALLS, mid(300, "5"), mid(380, "4.5"), mid(381, "4.4"));
    assertThat(result.exits())
        .singleElement()
        .satisfies(
            exit -> {
              assertThat(exit.reason()).isEqualTo(ExitReason.MAX_HOLD);
              assertThat(exit.decidedAt()).isEqualTo(minute(360));
              assertThat(exit.filledAt()).isEqualTo(minute(380));
              assertThat(exit.price()).isEqualTo(Price.parse("4.49"));
            });
  }

  @Test
  void anExitThatNoQuoteCanFillIsTold() {
    // At the second quote nobody bids; a stop fires, and nothing follows.
    ReplayResult result = swing(TEN_CALLS, mid(31, "5"), quote(32, "0", "0.05"));
    assertThat(result.exits()).isEmpty();
    assertThat(result.unfilled())
        .contains(new UnfilledExit(minute(32), ExitReason.STOP, "stop", Quantity.of(10)));
    assertThat(result.open()).isEqualTo(Quantity.of(10));
  }

  @Test
  void whileTheMarketIsClosedNothingIsJudged() {
    // 30 minutes before the open, then 16:00 itself, then the next day.
    Opening early =
        new Opening(CALL, TEN_CALLS.direction(), Quantity.of(10), Price.parse("5"), minute(-60));
    ReplayResult result = swing(early, mid(-30, "9.5"), mid(390, "9.5"), mid(1440, "5"));
    assertThat(result.outsideSessions()).isEqualTo(2);
    assertThat(result.exits()).extracting(ReplayExit::reason).containsExactly(ExitReason.MAX_HOLD);
    assertThat(result.best().price()).isEqualTo(Price.parse("5"));
  }

  @Test
  void aTimeThatComesAtNightActsAtTheNextOpen() {
    Opening atNoon =
        new Opening(CALL, TEN_CALLS.direction(), Quantity.of(10), Price.parse("5"), minute(150));
    // Max hold ends 510 minutes after the open, at 18:00; the market opens at minute 1440.
    ReplayResult result = swing(atNoon, mid(389, "5"), mid(1441, "5.1"));
    assertThat(result.exits())
        .singleElement()
        .satisfies(
            exit -> {
              assertThat(exit.decidedAt()).isEqualTo(minute(1440));
              assertThat(exit.filledAt()).isEqualTo(minute(1441));
            });
  }

  @Test
  void anEarlyCloseIsTheRealClose() {
    // Friday 2026-11-27 closes at 13:00: day trades at 12:55.
    Sessions nyse = Sessions.ofNyse();
    var open = nyse.on(LocalDate.of(2026, 11, 27)).orElseThrow().openInclusive();
    Opening opening =
        new Opening(STOCK, TEN_CALLS.direction(), Quantity.of(1), Price.parse("100"), open);
    ReplayResult result =
        Replay.on(
            List.of(
                SeenQuote.fresh(
                    new Quote(
                        Price.parse("100"),
                        Price.parse("100"),
                        open.plus(Duration.ofMinutes(205))))),
            opening,
            defaults(opening, Strategy.DAY_TRADE),
            nyse,
            FillAt.NEAR);
    assertThat(result.exits())
        .extracting(ReplayExit::reason)
        .containsExactly(ExitReason.DAY_TRADE_CLOSE);
  }

  @Test
  @DisplayName("the trace has every rule once and then those that answered otherwise")
  void theTraceTellsChanges() {
    ReplayResult result =
        swing(TEN_CALLS, mid(1, "5"), mid(2, "5"), mid(30, "5"), mid(31, "5"), mid(32, "2"));
    assertThat(result.changes()).hasSize(3);
    assertThat(result.changes().get(0).at()).isEqualTo(minute(1));
    assertThat(result.changes().get(0).rules())
        .extracting(RuleAnswer::rule)
        .containsExactly(
            "catastrophic stop",
            "expiry",
            "max hold",
            "stop",
            "trailing stop",
            "theta decay",
            "target");
    assertThat(result.changes().get(1).at()).isEqualTo(minute(30));
    assertThat(result.changes().get(1).rules())
        .extracting(RuleAnswer::rule, RuleAnswer::verdict)
        .containsExactly(tuple("catastrophic stop", Verdict.SKIPPED));
    assertThat(result.changes().get(2).rules())
        .extracting(RuleAnswer::rule, RuleAnswer::verdict, RuleAnswer::level)
        .containsExactly(tuple("stop", Verdict.FIRED, "2"));
  }

  @Test
  void levelsAreKeptWhereTheyMove() {
    ReplayResult result = swing(TEN_CALLS, mid(1, "5"), mid(2, "5.4"), mid(3, "5.35"));
    assertThat(result.levels())
        .contains(
            level("target", 1, "9", "5"),
            level("stop", 1, "2", "5"),
            level("trailing stop", 2, "5.3", "5.4"));
    assertThat(result.levels()).filteredOn(it -> it.rule().equals("trailing stop")).hasSize(1);
  }

  private static LevelChange level(String rule, double minute, String level, String mid) {
    return new LevelChange(
        rule, minute(minute), Optional.of(Price.parse(level)), Optional.of(Price.parse(mid)));
  }

  @Test
  void quotesOutOfOrderAreRefused() {
    Replay replay =
        Replay.of(TEN_CALLS, defaults(TEN_CALLS, Strategy.CONSERVATIVE), NYSE, FillAt.NEAR);
    replay.see(mid(2, "5"));
    assertThatThrownBy(() -> replay.see(mid(1, "5"))).hasMessageContaining("in order");
  }

  @Test
  void anOpeningOfNothingIsRefused() {
    assertThatThrownBy(() -> bought(CALL, 0, "5")).hasMessageContaining("quantity must be above");
    assertThatThrownBy(() -> bought(CALL, 1, "0")).hasMessageContaining("entry must be above");
  }

  @Test
  @DisplayName("a usable quote's mid is the entry where none is said")
  void theEntryIsTheFirstUsableMid() {
    EntryWish wish =
        new EntryWish(
            STOCK, TEN_CALLS.direction(), Quantity.of(1), Optional.empty(), Optional.empty());
    assertThat(List.of(mid(-1, "100"), quote(1, "1", "100"), quote(2, "99", "100")))
        .extracting(
            seen -> wish.on(seen, NYSE, it -> defaults(it, Strategy.STOCK)).map(Opening::entry))
        .containsExactly(Optional.empty(), Optional.empty(), Optional.of(Price.parse("99.5")));
  }

  @Test
  void anEntryThatIsSaidIsTakenFromThereOn() {
    EntryWish priced =
        new EntryWish(
            STOCK,
            TEN_CALLS.direction(),
            Quantity.of(1),
            Optional.of(Price.parse("98")),
            Optional.empty());
    Opening opening =
        priced.on(quote(1, "1", "100"), NYSE, it -> defaults(it, Strategy.STOCK)).orElseThrow();
    assertThat(opening.entry()).isEqualTo(Price.parse("98"));
    assertThat(opening.at()).isEqualTo(minute(1));
    EntryWish timed =
        new EntryWish(
            STOCK, TEN_CALLS.direction(), Quantity.of(1), Optional.empty(), Optional.of(minute(2)));
    assertThat(timed.on(mid(1, "100"), NYSE, it -> defaults(it, Strategy.STOCK))).isEmpty();
    assertThat(timed.on(mid(3, "100"), NYSE, it -> defaults(it, Strategy.STOCK)))
        .map(Opening::at)
        .contains(minute(3));
  }
}
