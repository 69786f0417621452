package org.positionmanager.workflows.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.PriceSight;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** The first choice that fits has the position, and each position is some choice's. */
class PlanBookTest {
  private static final AccountName LARGE = new AccountName("large");
  private static final AccountName TINY = new AccountName("tiny");
  private static final Instrument NOW_PUT = Instrument.parse("NOW260220P00110000");
  private static final Instrument NOW = Instrument.parse("NOW");

  private static final InstrumentKind OPTION = InstrumentKind.OPTION;

  private final PlanBook book =
      book(
          choice("tiny", "swing_trade", "option", "NOW", "now"),
          choice("tiny", "swing_trade", "option", "", "small"),
          choice("", "swing_trade", "option", "", "swing"),
          choice("", "", "option", "", "any"),
          choice("", "", "stock", "", "shares"));

  @Test
  void theFirstChoiceThatFitsHasThePosition() {
    Instrument call = Instrument.parse("BAC260220C00056000");
    assertThat(planOf(TINY, Strategy.SWING_TRADE, NOW_PUT)).isEqualTo("now");
    assertThat(planOf(TINY, Strategy.SWING_TRADE, call)).isEqualTo("small");
    assertThat(planOf(LARGE, Strategy.SWING_TRADE, NOW_PUT)).isEqualTo("swing");
    assertThat(planOf(TINY, Strategy.DAY_TRADE, NOW_PUT)).isEqualTo("any");
    assertThat(planOf(TINY, Strategy.SWING_TRADE, NOW)).isEqualTo("shares");
  }

  @Test
  void theOrderDecidesAndNotHowSpecialAChoiceIs() {
    PlanBook general =
        book(
            choice("", "swing_trade", "option", "", "swing"),
            choice("tiny", "", "option", "NOW", "now"),
            choice("", "", "option", "", "any"),
            choice("", "", "stock", "", "shares"));
    assertThat(general.choiceFor(TINY, Strategy.SWING_TRADE, NOW_PUT).plan()).isEqualTo("swing");
    assertThat(general.choiceFor(TINY, Strategy.DAY_TRADE, NOW_PUT).plan()).isEqualTo("now");
  }

  @Test
  void aSymbolIsAContractATickerOrWhatContractsAreAbout() {
    PlanChoice byContract = choice("", "", "option", NOW_PUT.symbol(), "now");
    PlanChoice byUnderlying = choice("", "", "option", "NOW", "now");
    PlanChoice byTicker = choice("", "", "stock", "NOW", "shares");
    Instrument otherPut = Instrument.parse("NOW260220P00115000");
    assertThat(byContract.fits(LARGE, Strategy.DAY_TRADE, NOW_PUT)).isTrue();
    assertThat(byContract.fits(LARGE, Strategy.DAY_TRADE, otherPut)).isFalse();
    assertThat(byUnderlying.fits(LARGE, Strategy.DAY_TRADE, otherPut)).isTrue();
    assertThat(byUnderlying.fits(LARGE, Strategy.DAY_TRADE, NOW)).isFalse();
    assertThat(byTicker.fits(LARGE, Strategy.DAY_TRADE, NOW)).isTrue();
    assertThat(byTicker.fits(LARGE, Strategy.DAY_TRADE, NOW_PUT)).isFalse();
  }

  @Test
  void aPlanHasTheNameOfItsTemplateAndTheShadowBesideIt() {
    PlanChoice shadowed =
        new PlanChoice(
            Set.of(),
            Set.of(),
            InstrumentKind.OPTION,
            Set.of(),
            "any",
            Optional.of("swing"),
            "line 1");
    ChosenPlan chosen =
        book(shadowed, choice("", "", "stock", "", "shares"))
            .planFor(LARGE, terms(Strategy.DAY_TRADE), basis(NOW_PUT));
    assertThat(chosen.plan().name()).contains("any");
    assertThat(chosen.plan().version()).isEqualTo(1);
    assertThat(chosen.shadow().flatMap(Plan::name)).contains("swing");
    assertThat(book.planFor(LARGE, terms(Strategy.DAY_TRADE), basis(NOW_PUT)).shadow()).isEmpty();
  }

  @Test
  void aChoiceBehindOneThatHasAllOfItsPositionsIsRefused() {
    List<PlanChoice> choices =
        List.of(
            choice("", "", "stock", "", "shares"),
            choice("", "swing_trade", "option", "", "swing"),
            choice("tiny", "swing_trade", "option", "NOW", "now"),
            choice("", "", "option", "", "any"));
    assertThat(PlanBook.unreached(choices)).containsExactly(new PlanBook.Unreached(2, 1));
    assertThatThrownBy(() -> new PlanBook(templates(choices), choices))
        .hasMessageContaining("choice=2");
  }

  @Test
  void aNarrowChoiceDoesNotHideAWiderOne() {
    assertThat(PlanBook.unreached(book.choices())).isEmpty();
    assertThat(
            PlanBook.unreached(
                List.of(
                    choice("large,tiny", "", "option", "", "any"),
                    choice("tiny", "", "option", "NOW", "now"))))
        .containsExactly(new PlanBook.Unreached(1, 0));
  }

  @Test
  void whoIsCoveredByWhomIsDecidedByEachListForItself() {
    PlanChoice some = choice("", "day_trade", "option", "NOW", "now");
    assertThat(choice("", "", "option", "NOW", "a").covers(some)).isTrue();
    assertThat(choice("", "", "option", "", "a").covers(some)).isTrue();
    assertThat(choice("", "", "stock", "NOW", "a").covers(some)).as("kind").isFalse();
    assertThat(choice("tiny", "", "option", "NOW", "a").covers(some)).as("account").isFalse();
    assertThat(choice("", "swing_trade", "option", "NOW", "a").covers(some))
        .as("strategy")
        .isFalse();
    assertThat(choice("", "day_trade", "option", "BAC", "a").covers(some)).as("symbol").isFalse();
    assertThat(choice("", "", "option", "NOW", "a").coversAll(Strategy.DAY_TRADE, OPTION))
        .as("one symbol is not all")
        .isFalse();
    assertThat(choice("tiny", "", "option", "", "a").coversAll(Strategy.DAY_TRADE, OPTION))
        .as("one account is not all")
        .isFalse();
    assertThat(choice("", "", "stock", "", "a").coversAll(Strategy.DAY_TRADE, OPTION)).isFalse();
    assertThat(choice("", "swing_trade", "option", "", "a").coversAll(Strategy.DAY_TRADE, OPTION))
        .isFalse();
    assertThat(choice("", "day_trade", "option", "", "a").coversAll(Strategy.DAY_TRADE, OPTION))
        .isTrue();
  }

  @Test
  void positionsWithoutAPlanAreNamed() {
    List<PlanChoice> choices =
        List.of(
            choice("", "day_trade,swing_trade", "option", "", "any"),
            choice("tiny", "", "option", "", "small"),
            choice("", "", "stock", "", "shares"));
    assertThat(PlanBook.gaps(choices))
        .containsExactly(
            new PlanBook.Gap(Strategy.CONSERVATIVE, InstrumentKind.OPTION),
            new PlanBook.Gap(Strategy.STOCK, InstrumentKind.OPTION));
    assertThatThrownBy(() -> new PlanBook(templates(choices), choices))
        .hasMessageContaining("CONSERVATIVE");
  }

  @Test
  void aChoiceOfNoPlanOrOneForTheOtherKindIsRefused() {
    assertThatThrownBy(() -> new PlanBook(List.of(), book.choices()))
        .hasMessage("line 1: there is no plan 'now' for options");
    List<PlanChoice> mixed = List.of(choice("", "", "stock", "", "any"));
    assertThatThrownBy(() -> new PlanBook(templates(book.choices()), mixed))
        .hasMessage("line 1: there is no plan 'any' for stocks");
  }

  @Test
  void whatIsChosenForAKindIsToldWithItsSymbols() {
    assertThat(book.choicesFor(TINY, Strategy.SWING_TRADE, InstrumentKind.OPTION))
        .extracting(PlanChoice::plan)
        .containsExactly("now", "small");
    assertThat(book.choicesFor(LARGE, Strategy.STOCK, InstrumentKind.STOCK))
        .extracting(PlanChoice::plan)
        .containsExactly("shares");
  }

  private String planOf(AccountName account, Strategy strategy, Instrument instrument) {
    return book.planFor(account, terms(strategy), basis(instrument)).plan().name().orElseThrow();
  }

  private static PlanBook book(PlanChoice... choices) {
    return new PlanBook(templates(List.of(choices)), List.of(choices));
  }

  private static List<PlanTemplate> templates(List<PlanChoice> choices) {
    return choices.stream()
        .flatMap(it -> Stream.concat(Stream.of(it.plan()), it.shadow().stream()).distinct())
        .distinct()
        .map(
            name ->
                new PlanTemplate(
                    name,
                    name.equals("shares") ? InstrumentKind.STOCK : InstrumentKind.OPTION,
                    List.of(),
                    new ExitStyle.MarketNow(),
                    Duration.ofMinutes(1),
                    PriceSight.of(Duration.ofMinutes(1))))
        .toList();
  }

  private static PlanChoice choice(
      String accounts, String strategies, String kind, String symbols, String plan) {
    return new PlanChoice(
        words(accounts).map(AccountName::new).collect(Collectors.toSet()),
        words(strategies)
            .map(it -> Strategy.valueOf(it.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toSet()),
        kind.equals("stock") ? InstrumentKind.STOCK : InstrumentKind.OPTION,
        words(symbols).collect(Collectors.toSet()),
        plan,
        Optional.empty(),
        "line 1");
  }

  private static Stream<String> words(String list) {
    return Arrays.stream(list.split(",")).filter(it -> !it.isEmpty());
  }

  private static EntryTerms terms(Strategy strategy) {
    return TermsOf.row(strategy).terms();
  }

  private static Basis basis(Instrument instrument) {
    Price entry = Price.parse("5");
    return new Basis(
        instrument,
        Direction.LONG,
        entry,
        Quantity.of(1),
        entry,
        Instant.parse("2026-02-10T15:00:00Z"));
  }
}
