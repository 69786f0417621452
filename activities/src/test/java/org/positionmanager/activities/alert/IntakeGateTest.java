package org.positionmanager.activities.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.alert.IntakeGate.Amount;
import org.positionmanager.activities.alert.IntakeGate.Limit;
import org.positionmanager.activities.alert.IntakeGate.Load;
import org.positionmanager.activities.alert.IntakeGate.Verdict;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Each gate at its limit and one past it. */
class IntakeGateTest {
  private static final Instant NOW = Instant.parse("2026-02-11T15:00:00Z");
  private static final String PUT = "NOW260220P00110000";

  private static Amount amount(String symbol, long quantity, String price) {
    return new Amount(
        Instrument.parse(symbol), Quantity.of(quantity), Optional.of(Price.parse(price)));
  }

  private static Amount unpriced(String symbol, long quantity) {
    return new Amount(Instrument.parse(symbol), Quantity.of(quantity), Optional.empty());
  }

  private static Load load(Amount... open) {
    return new Load(NOW, List.of(open), List.of(), Optional.of(Money.ZERO));
  }

  private static Load lost(Optional<String> realised) {
    return new Load(NOW, List.of(), List.of(), realised.map(Money::parse));
  }

  private static Load created(String... ago) {
    return new Load(
        NOW,
        List.of(),
        List.of(ago).stream().map(it -> NOW.minus(Duration.parse(it))).toList(),
        Optional.empty());
  }

  private static Verdict judged(AccountLimits limits, Load load, Amount next) {
    return new IntakeGate(limits.asGate()).judge(load, next);
  }

  private static AccountLimits positions(int limit) {
    return new AccountLimits(
        Optional.of(limit), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static AccountLimits notional(String limit) {
    return new AccountLimits(
        Optional.empty(), Optional.of(Money.parse(limit)), Optional.empty(), Optional.empty());
  }

  private static AccountLimits contracts(long limit) {
    return new AccountLimits(
        Optional.empty(), Optional.empty(), Optional.of(Quantity.of(limit)), Optional.empty());
  }

  private static AccountLimits dailyLoss(String limit) {
    return new AccountLimits(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Money.parse(limit)));
  }

  private static AccountLimits rapid(int positions, String within) {
    return new AccountLimits(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new AccountLimits.RapidCreation(positions, Duration.parse(within))),
        false);
  }

  private static void assertLetIn(Verdict verdict) {
    assertThat(verdict).isEqualTo(new Verdict.LetIn());
  }

  private static void assertWaits(Verdict verdict, Limit by, boolean tooLarge, String reason) {
    assertThat(verdict).isEqualTo(new Verdict.Waits(by, reason, tooLarge));
  }

  private static void assertCannotTell(Verdict verdict, String... says) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.CannotTell.class, it -> assertThat(it.reason()).contains(says));
  }

  @Test
  @DisplayName("incident 8: a fifth position is let in and a sixth waits where five may be open")
  void positions() {
    Amount wmt = amount("WMT", 1, "100");
    assertLetIn(judged(positions(5), load(wmt, wmt, wmt, wmt), wmt));
    assertWaits(
        judged(positions(5), load(wmt, wmt, wmt, wmt, wmt), wmt),
        Limit.POSITIONS,
        false,
        "5 positions are open, the limit is 5");
  }

  @Test
  void withoutAGateNothingWaits() {
    Load full = load(Collections.nCopies(9, amount("WMT", 1, "100")).toArray(Amount[]::new));
    assertLetIn(new IntakeGate(positions(5)).judge(full, amount("WMT", 1, "100")));
    assertLetIn(judged(AccountLimits.NONE, full, unpriced("WMT", 1)));
  }

  @Test
  @DisplayName("cost at entry, multiplier included, may reach its limit to the cent")
  void notional() {
    Load open = load(amount("WMT", 5, "100"), amount(PUT, 1, "2.50"));
    assertLetIn(judged(notional("1000"), open, amount("F", 25, "10")));
    assertWaits(
        judged(notional("1000"), open, amount("F", 1, "250.01")),
        Limit.NOTIONAL,
        false,
        "open positions cost 750 USD, the limit is 1000 USD, this one would add 250.01 USD");
    assertLetIn(judged(notional("1000"), load(), amount("F", 100, "10")));
    assertWaits(
        judged(notional("1000"), load(), amount("F", 1, "1000.01")),
        Limit.NOTIONAL,
        true,
        "open positions cost 0 USD, the limit is 1000 USD, this one would add 1000.01 USD");
  }

  @Test
  void aCostThatIsNotKnownIsNotTakenForNone() {
    assertCannotTell(
        judged(notional("1000"), load(), unpriced("F", 1)), "says no price", "entry_price");
    assertCannotTell(
        judged(notional("1000"), load(unpriced("WMT", 5)), amount("F", 1, "10")),
        "what WMT costs is not known");
    assertWaits(
        judged(
            notional("1000"),
            load(unpriced("WMT", 5), amount("DE", 2, "500")),
            amount("F", 1, "1")),
        Limit.NOTIONAL,
        false,
        "open positions cost 1000 USD, the limit is 1000 USD, this one would add 1 USD");
  }

  @Test
  void contractsMayReachTheirLimitAndStocksAreNone() {
    Load open = load(amount(PUT, 6, "4.80"), amount("WMT", 100, "10"));
    assertLetIn(judged(contracts(10), open, amount(PUT, 4, "4.80")));
    assertWaits(
        judged(contracts(10), open, amount(PUT, 5, "4.80")),
        Limit.CONTRACTS,
        false,
        "6 contracts are held or on their way, the limit is 10, this one would add 5");
    assertLetIn(judged(contracts(6), open, amount("WMT", 100, "10")));
    assertWaits(
        judged(contracts(10), load(), amount(PUT, 11, "4.80")),
        Limit.CONTRACTS,
        true,
        "0 contracts are held or on their way, the limit is 10, this one would add 11");
  }

  @Test
  @DisplayName("of what is opened by hand nothing is known: it needs some room at least")
  void openedByHand() {
    assertLetIn(judged(contracts(10), load(amount(PUT, 9, "4.80")), unpriced(PUT, 0)));
    assertWaits(
        judged(contracts(10), load(amount(PUT, 10, "4.80")), unpriced(PUT, 0)),
        Limit.CONTRACTS,
        false,
        "10 contracts are held or on their way, the limit is 10");
    assertLetIn(judged(notional("1000"), load(amount("F", 1, "999.99")), unpriced("F", 0)));
    assertWaits(
        judged(notional("1000"), load(amount("F", 1, "1000")), unpriced("F", 0)),
        Limit.NOTIONAL,
        false,
        "open positions cost 1000 USD, the limit is 1000 USD");
  }

  @Test
  void aLossOfTheDayThatReachesItsLimitTakesNothingMoreIn() {
    Amount next = amount("WMT", 1, "100");
    assertLetIn(judged(dailyLoss("500"), lost(Optional.of("-499.99")), next));
    assertLetIn(judged(dailyLoss("500"), lost(Optional.of("500")), next));
    assertWaits(
        judged(dailyLoss("500"), lost(Optional.of("-500")), next),
        Limit.DAILY_LOSS,
        false,
        "500 USD lost today, the limit is 500 USD; the next exchange day begins anew");
    assertCannotTell(judged(dailyLoss("500"), lost(Optional.empty()), next), "which day it is");
  }

  @Test
  void soManyWithinTheTimeWaitUntilItIsOver() {
    Amount next = amount("WMT", 1, "100");
    assertLetIn(judged(rapid(3, "PT5M"), created("PT1M", "PT2M", "PT5M"), next));
    assertWaits(
        judged(rapid(3, "PT5M"), created("PT1M", "PT2M", "PT4M59.999S"), next),
        Limit.RAPID_CREATION,
        false,
        "3 positions were recorded within 5m, the limit is 3");
  }

  @Test
  void whatCertainlyHasNoRoomWaitsWhateverElseIsNotKnown() {
    AccountLimits both =
        new AccountLimits(
            Optional.of(1), Optional.empty(), Optional.empty(), Optional.of(Money.parse("500")));
    Load open = new Load(NOW, List.of(amount("WMT", 1, "100")), List.of(), Optional.empty());
    assertWaits(
        judged(both, open, amount("WMT", 1, "100")),
        Limit.POSITIONS,
        false,
        "1 positions are open, the limit is 1");
  }
}
