package org.positionmanager.starter.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.InstrumentKind;
import org.positionmanager.workflows.plan.PlanBook;
import org.positionmanager.workflows.plan.PlanChoice;
import org.positionmanager.workflows.plan.PlanTemplate;
import org.positionmanager.workflows.plan.RuleTemplate;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.PriceSight;
import org.positionmanager.workflows.rules.ProfitTarget;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** The plans of a book for what is replayed. */
class BookPlansTest {
  private static final Instant TEN = Instant.parse("2026-02-11T15:00:00Z");
  private static final ProfitTarget TARGET = new ProfitTarget(at("5"));
  private static final PlanBook BOOK =
      new PlanBook(
          List.of(
              template("calls", InstrumentKind.OPTION, new StopLoss(at("395"))),
              template("shares", InstrumentKind.STOCK, new StopLoss(at("4")))),
          List.of(choice(InstrumentKind.OPTION, "calls"), choice(InstrumentKind.STOCK, "shares")));

  @Test
  @DisplayName("incident 10: a fixed stop above the fill ends no replay at its first quote")
  void aFixedPriceOnTheWrongSideIsLeftOut() {
    Price entry = Price.parse("4.80");
    Basis basis =
        new Basis(
            Instrument.parse("NOW260220P00110000"),
            Direction.LONG,
            entry,
            Quantity.of(1),
            entry,
            TEN);
    EntryTerms terms = EntryTerms.of(Strategy.SWING_TRADE, Direction.LONG, Quantity.of(1), TEN);
    BookPlans plans = new BookPlans(BOOK, new AccountName("large"));
    for (String name : List.of("default", "calls")) {
      assertThat(plans.plan(name, terms, basis).rules()).as(name).containsExactly(TARGET);
    }
  }

  private static PlanTemplate template(String name, InstrumentKind kind, StopLoss stop) {
    return new PlanTemplate(
        name,
        kind,
        List.of(new RuleTemplate.Fixed(stop), new RuleTemplate.Fixed(TARGET)),
        new ExitStyle.MarketNow(),
        Duration.ofMinutes(1),
        PriceSight.of(Duration.ofMinutes(5)));
  }

  private static PlanChoice choice(InstrumentKind kind, String plan) {
    return new PlanChoice(Set.of(), Set.of(), kind, Set.of(), plan, Optional.empty(), "a line");
  }

  private static Level at(String price) {
    return new Level.AtPrice(Price.parse(price));
  }
}
