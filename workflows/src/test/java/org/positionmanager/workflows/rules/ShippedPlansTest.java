package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.UnderlyingPrice;

/** The plans that are shipped, over literal prices: what is closed when, and why. */
class ShippedPlansTest {
  private static final Scene OPTION = shipped(Strategy.CONSERVATIVE, Scene.call().bought("5.00"));
  private static final Scene STOCK = shipped(Strategy.STOCK, Scene.stock().bought("100"));

  @Test
  void anOptionIsClosedAtTheseLevels() {
    Scene later = OPTION.at(31);
    later.priced("2.01").holdsOn();
    later.priced("2.00").exits(ExitReason.STOP);
    later.priced("8.99").holdsOn();
    later.priced("9.00").exits(ExitReason.TARGET);
    later.peak("7.00").priced("6.51").holdsOn();
    later.peak("7.00").priced("6.50").exits(ExitReason.TRAILING_STOP);
    OPTION.at(29).priced("2.51").holdsOn();
    OPTION.at(29).priced("2.50").exits(ExitReason.CATASTROPHIC_STOP);
    OPTION.at(30).priced("2.50").holdsOn();
    OPTION.at(359).holdsOn();
    OPTION.at(360).exits(ExitReason.MAX_HOLD);
  }

  @Test
  void aSoldOptionsLevelsAreMirrored() {
    Scene sold = shipped(Strategy.SWING_TRADE, Scene.call().sold("5.00")).at(31);
    sold.priced("7.99").holdsOn();
    sold.priced("8.00").exits(ExitReason.STOP);
    sold.priced("1.01").holdsOn();
    sold.priced("1.00").exits(ExitReason.TARGET);
    sold.at(1).priced("7.49").holdsOn();
    sold.at(1).priced("7.50").exits(ExitReason.CATASTROPHIC_STOP);
  }

  @Test
  void aStockIsClosedAtTheseLevelsFromTheFirstMoment() {
    STOCK.priced("98.01").holdsOn();
    STOCK.priced("98").exits(ExitReason.STOP);
    STOCK.priced("102.99").holdsOn();
    STOCK.priced("103").exits(ExitReason.TARGET);
    Scene sold = shipped(Strategy.STOCK, Scene.stock().sold("100"));
    sold.priced("101.99").holdsOn();
    sold.priced("102").exits(ExitReason.STOP);
    sold.priced("97.01").holdsOn();
    sold.priced("97").exits(ExitReason.TARGET);
  }

  @Test
  void aStocksStoredLevelsAreTaken() {
    Scene stored = Scene.stock().bought("622");
    EntryTerms terms =
        new EntryTerms(
            Strategy.STOCK,
            Direction.LONG,
            Quantity.of(10),
            Scene.OPEN,
            Optional.empty(),
            Optional.empty(),
            Optional.of(Price.parse("600")),
            Optional.of(Price.parse("640")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false);
    Scene held = stored.under(Plans.defaultsFor(terms, stored.basis()));
    held.priced("600.01").holdsOn();
    held.priced("600").exits(ExitReason.STOP);
    held.priced("639.99").holdsOn();
    held.priced("640").exits(ExitReason.TARGET);
  }

  @Test
  void whereSeveralRulesFireTheirOrderDecides() {
    // 15:55 on the expiry day, held for 385 minutes, 80% lost after a gain.
    Scene day = shipped(Strategy.DAY_TRADE, Scene.call().bought("5.00")).peak("6.00");
    Scene all = day.expiring(Optional.of(Words.minute(390))).priced("1.00");
    all.at(385).exits(ExitReason.EXPIRY);
    all.at(1).exits(ExitReason.CATASTROPHIC_STOP);
    day.at(385).priced("1.00").exits(ExitReason.DAY_TRADE_CLOSE);
    day.at(384).priced("1.00").exits(ExitReason.END_OF_DAY);
    day.at(299).priced("1.00").exits(ExitReason.MAX_HOLD);
    day.at(239).priced("1.00").exits(ExitReason.STOP);
    day.at(239).priced("2.01").exits(ExitReason.TRAILING_STOP);
  }

  @Test
  void timeAloneChangesTheAnswerAtTheseMoments() {
    Scene day = shipped(Strategy.DAY_TRADE, Scene.call().bought("5.00"));
    assertThat(day.at(0).nextChange()).contains(Words.minute(30));
    assertThat(day.at(30).nextChange()).contains(Words.minute(240));
    assertThat(day.at(240).nextChange()).contains(Words.minute(300));
    assertThat(day.at(300).nextChange()).contains(Words.minute(330));
    assertThat(day.at(360).nextChange()).contains(Words.minute(385));
    assertThat(day.at(385).nextChange()).contains(Instant.parse("2026-02-19T21:00:00Z"));
  }

  @Test
  @DisplayName("incident 10: levels of the underlying are never compared with the premium")
  void underlyingLevelsAreNeverComparedWithThePremium() {
    Scene held = shipped(Strategy.SWING_TRADE, Scene.call().bought("9.00"));
    assertThat(held.rules())
        .extracting(
            rule -> rule.level(held.basis(), Scene.OPEN).map(Price::toString).orElse("none"))
        .doesNotContain("395", "420");
    held.at(1).priced("9.05").holdsOn();
    held.at(31).priced("9.05").holdsOn();
  }

  @Test
  @DisplayName("incident 10: one rule set per kind of instrument, none with underlying levels")
  void oneRuleSetPerKindOfInstrument() {
    for (Strategy strategy : Strategy.values()) {
      for (Scene scene : List.of(Scene.call(), Scene.stock())) {
        assertThat(shipped(strategy, scene).rules())
            .extracting(Object::getClass)
            .doesNotHaveDuplicates();
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
  @DisplayName("incident 11: a position that is reloaded at each look still trails its peak")
  void thePeakSurvivesReloads() throws IOException {
    Scene path = shipped(Strategy.SWING_TRADE, Scene.call().bought("9.00"));
    for (String price : List.of("11.00", "13.95", "13.00", "12.80")) {
      String written = Payloads.mapper().writeValueAsString(path.priced(price).then().basis());
      path = path.with(Payloads.mapper().readValue(written, Basis.class));
    }
    path.at(5).priced("12.72").holdsOn();
    path.at(5).priced("12.71").exits(ExitReason.TRAILING_STOP);
  }

  @Test
  @DisplayName("incident 14: a stale or missing quote is unknown, neither safe nor an exit")
  void unusableQuotesAreUnknown() {
    OPTION.at(40).unpriced().answer().isUnknown();
    OPTION.at(40).priced("1.00", Duration.ofSeconds(301)).answer().isUnknown();
    OPTION.at(360).unpriced().exits(ExitReason.MAX_HOLD);
  }

  @Test
  @DisplayName("incident 22: the last day begins by the exchange's close, early closes included")
  void theLastDayBeginsByTheExchangesClose() {
    for (String close :
        List.of("2026-02-20T21:00:00Z", "2026-07-17T20:00:00Z", "2026-11-27T18:00:00Z")) {
      Instant due = Instant.parse(close).minus(Duration.ofHours(24));
      Scene held = OPTION.marketClosed().expiring(Optional.of(Instant.parse(close)));
      Scene young =
          held.with(
              new Basis(
                  Scene.CALL,
                  Direction.LONG,
                  Price.parse("5"),
                  Quantity.of(1),
                  Price.parse("5"),
                  due.minusSeconds(3600)));
      young.at(due.minusNanos(1)).priced("5.60").holdsOn();
      young.at(due).exits(ExitReason.EXPIRY);
    }
  }

  @Test
  @DisplayName("incident 23: profit of an option counts a hundred per contract")
  void profitCountsTheMultiplier() {
    Price entry = Price.parse("4.80");
    Price exit = Price.parse("7.20");
    assertThat(Direction.LONG.profit(entry, exit, Quantity.of(10), Scene.CALL.multiplier()))
        .hasToString("2400 USD");
    assertThat(Direction.SHORT.profit(entry, exit, Quantity.of(2), Scene.STOCK.multiplier()))
        .hasToString("-4.8 USD");
  }

  @Test
  @DisplayName("incident 25: a stock's quote is judged up to 60 seconds old, and no longer")
  void quotesAreJudgedUpToTheirAge() {
    STOCK.at(10).priced("98", Duration.ofSeconds(60)).exits(ExitReason.STOP);
    STOCK.at(10).priced("98", Duration.ofSeconds(60).plusNanos(1)).answer().isUnknown();
    OPTION.at(40).priced("2.00", Duration.ofSeconds(300)).exits(ExitReason.STOP);
  }

  private static Scene shipped(Strategy strategy, Scene scene) {
    EntryTerms terms =
        new EntryTerms(
            strategy,
            scene.basis().direction(),
            scene.basis().opened(),
            Scene.OPEN,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(UnderlyingPrice.parse("395")),
            Optional.of(UnderlyingPrice.parse("420")),
            Optional.empty(),
            false);
    return scene.under(Plans.defaultsFor(terms, scene.basis()));
  }
}
