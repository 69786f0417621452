package org.positionmanager.workflows.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.CatastrophicStop;
import org.positionmanager.workflows.rules.Confirmation;
import org.positionmanager.workflows.rules.Confirmed;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.MaxHold;
import org.positionmanager.workflows.rules.ProfitTarget;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Fixed prices against the fill: what would close a position at once is left out. */
class LevelsAtFillTest {
  private static final Instant OPEN = Instant.parse("2026-02-11T14:30:00Z");
  private static final Duration HOLD = Duration.ofMinutes(30);

  @ParameterizedTest
  @DisplayName("incident 10: a fixed price on the wrong side of the fill, or at it, is left out")
  @CsvSource({
    // direction, stop, is it left out, target, is it left out
    "LONG,  4.79, false, 4.81, false",
    "LONG,  4.80, true,  4.80, true",
    "LONG,  395,  true,  4.79, true",
    "SHORT, 4.81, false, 4.79, false",
    "SHORT, 4.80, true,  4.80, true",
    "SHORT, 4.79, true,  395,  true"
  })
  void aFixedPriceOnTheWrongSideIsLeftOut(
      Direction direction, String stop, boolean noStop, String target, boolean noTarget) {
    Basis basis = basis("NOW260220P00110000", direction);
    EntryTerms terms = EntryTerms.of(Strategy.STOCK, direction, Quantity.of(1), OPEN);
    StopLoss stopLoss = new StopLoss(at(stop));
    ProfitTarget profit = new ProfitTarget(at(target));
    assertIsLeftOut(noStop, stopLoss, terms, basis);
    assertIsLeftOut(noStop, new CatastrophicStop(at(stop), HOLD), terms, basis);
    assertIsLeftOut(noStop, new Confirmed(stopLoss, new Confirmation.Quotes(2)), terms, basis);
    assertIsLeftOut(noTarget, profit, terms, basis);

    Basis share = basis("WMT", direction);
    EntryTerms stored =
        terms.withLevels(Optional.of(Price.parse(stop)), Optional.of(Price.parse(target)));
    EntryTerms sound = LevelsAtFill.sound(stored, share);
    assertThat(sound.stop().isEmpty()).isEqualTo(noStop);
    assertThat(sound.target().isEmpty()).isEqualTo(noTarget);
    assertThat(LevelsAtFill.wrong(stored, share)).hasSize((noStop ? 1 : 0) + (noTarget ? 1 : 0));
  }

  private static void assertIsLeftOut(
      boolean leftOut, ExitRule rule, EntryTerms terms, Basis basis) {
    MaxHold other = new MaxHold(Duration.ofHours(4));
    Plan plan = plan(rule, other).asVersion(3);
    Plan sound = LevelsAtFill.sound(plan, terms, basis);
    if (leftOut) {
      assertThat(sound.rules()).containsExactly(other);
      assertThat(sound.version()).isEqualTo(3);
      assertThat(LevelsAtFill.wrong(plan, terms, basis))
          .singleElement()
          .satisfies(it -> assertThat(it).startsWith(rule.kind().label() + " "));
    } else {
      assertThat(sound).isSameAs(plan);
    }
  }

  @Test
  void peopleAreToldTheLevelAndTheFill() {
    Basis basis = basis("WMT", Direction.LONG);
    EntryTerms terms =
        EntryTerms.of(Strategy.STOCK, Direction.LONG, Quantity.of(1), OPEN)
            .withLevels(Optional.of(Price.parse("395")), Optional.of(Price.parse("3")));
    assertThat(LevelsAtFill.wrong(terms, basis))
        .containsExactly(
            "stored stop 395 of a LONG position filled at 4.8",
            "stored target 3 of a LONG position filled at 4.8");
    assertThat(LevelsAtFill.wrong(plan(new StopLoss(at("395"))), terms, basis))
        .containsExactly("stop 395 of a LONG position filled at 4.8");
  }

  @Test
  void whatIsNotAFixedPriceStays() {
    EntryTerms terms = EntryTerms.of(Strategy.STOCK, Direction.LONG, Quantity.of(1), OPEN);
    Plan plan =
        plan(
            new StopLoss(new Level.AtGain(Percent.of(10))),
            new CatastrophicStop(new Level.AtRange(BigDecimal.ONE, 14, Optional.empty()), HOLD),
            new ProfitTarget(new Level.AtGain(Percent.of(-10))));
    assertThat(LevelsAtFill.sound(plan, terms, basis("WMT", Direction.LONG))).isSameAs(plan);
  }

  @Test
  @DisplayName("a holding that was there already may have a stop above its entry")
  void aHoldingThatWasThereAlreadyMayHaveGained() {
    EntryTerms terms =
        EntryTerms.ofHolding(Strategy.STOCK, Direction.LONG, Quantity.of(1), OPEN)
            .withLevels(Optional.of(Price.parse("6")), Optional.of(Price.parse("4")));
    Basis basis = basis("WMT", Direction.LONG);
    Plan plan = plan(new StopLoss(at("6")));
    assertThat(LevelsAtFill.sound(terms, basis)).isSameAs(terms);
    assertThat(LevelsAtFill.sound(plan, terms, basis)).isSameAs(plan);
  }

  @Test
  @DisplayName(
      "what was filled more than five minutes before it was announced may have gained, too")
  void anOldFillMayHaveGained() {
    EntryTerms late =
        EntryTerms.of(
            Strategy.STOCK, Direction.LONG, Quantity.of(1), OPEN.plus(Duration.ofMinutes(5)));
    EntryTerms later =
        EntryTerms.of(
            Strategy.STOCK,
            Direction.LONG,
            Quantity.of(1),
            OPEN.plus(Duration.ofMinutes(5)).plusNanos(1));
    Basis basis = basis("WMT", Direction.LONG);
    Plan plan = plan(new StopLoss(at("6")));
    assertThat(LevelsAtFill.sound(plan, late, basis).rules()).isEmpty();
    assertThat(LevelsAtFill.sound(plan, later, basis)).isSameAs(plan);
  }

  @Test
  void storedLevelsOfAnOptionAreUsedByNoPlan() {
    EntryTerms terms =
        EntryTerms.of(Strategy.STOCK, Direction.LONG, Quantity.of(1), OPEN)
            .withLevels(Optional.of(Price.parse("395")), Optional.empty());
    assertThat(LevelsAtFill.wrong(terms, basis("NOW260220P00110000", Direction.LONG))).isEmpty();
  }

  private static Basis basis(String symbol, Direction direction) {
    Price entry = Price.parse("4.80");
    return new Basis(Instrument.parse(symbol), direction, entry, Quantity.of(1), entry, OPEN);
  }

  private static Level at(String price) {
    return new Level.AtPrice(Price.parse(price));
  }

  private static Plan plan(ExitRule... rules) {
    return new Plan(
        1, List.of(rules), new ExitStyle.MarketNow(), Duration.ofMinutes(1), Duration.ofMinutes(5));
  }
}
