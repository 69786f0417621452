package org.positionmanager.activities.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.positionmanager.activities.broker.AccountActivity;
import org.positionmanager.activities.broker.AccountFunds;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.activities.trading.FakeBroker;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.NyseCalendar;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.value.Money;

/** A day's profit by the account's equity, what was paid in and out left alone. */
class EquityProfitTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 2, 9);
  private static final LocalDate FRIDAY = LocalDate.of(2026, 2, 6);

  private final FakeBroker broker = new FakeBroker();
  private final EquityProfit profit = new EquityProfit(broker, new Calendar());

  private static final class Calendar implements ExchangeCalendar {
    @Override
    public List<TradingSession> sessions(LocalDate fromInclusive, LocalDate toInclusive) {
      return fromInclusive
          .datesUntil(toInclusive.plusDays(1))
          .flatMap(date -> NyseCalendar.on(date).stream())
          .toList();
    }

    @Override
    public MarketMoment moment() {
      throw new UnsupportedOperationException("it is told where in the day we are");
    }
  }

  @BeforeEach
  void theAccountLostAThousand() {
    broker.funds = Optional.of(funds("99000", "100000"));
  }

  private static AccountFunds funds(String equity, String last) {
    return new AccountFunds(
        Money.parse(equity), Money.parse(last), Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO);
  }

  private Optional<Money> onMonday() {
    return profit.today(
        Optional.of(
            new MarketMoment(
                Instant.parse("2026-02-09T16:00:00Z"),
                NyseCalendar.on(MONDAY),
                NyseCalendar.on(MONDAY.plusDays(1)).orElseThrow(),
                1)));
  }

  private void moved(String type, Optional<String> amount, LocalDate date) {
    broker.activities.add(
        new AccountActivity(
            type + broker.activities.size(),
            type,
            Optional.empty(),
            BigDecimal.ZERO,
            Optional.empty(),
            date,
            amount.map(Money::parse)));
  }

  @Test
  void whatOpenPositionsLoseIsAPartOfIt() {
    assertThat(onMonday()).contains(Money.parse("-1000"));
  }

  @Test
  @DisplayName("a withdrawal is no loss, and a deposit hides none, on the weekend before either")
  void whatWasPaidInOrOutIsNeitherProfitNorLoss() {
    moved("CSW", Optional.of("-700"), MONDAY);
    assertThat(onMonday()).contains(Money.parse("-300"));
    moved("CSD", Optional.of("1500"), MONDAY.minusDays(1));
    assertThat(onMonday()).contains(Money.parse("-1800"));
    moved("JNLC", Optional.of("-1800"), MONDAY);
    assertThat(onMonday()).contains(Money.ZERO);
    moved("CSD", Optional.of("5000"), FRIDAY.minusDays(1));
    assertThat(onMonday()).as("the last equity has it").contains(Money.ZERO);
  }

  @Test
  @DisplayName(
      "the last equity is that of 16:00: a withdrawal of that date may have followed it, and is no loss")
  void aWithdrawalOfThePreviousTradingDayIsNoLoss() {
    moved("CSW", Optional.of("-1000"), FRIDAY);
    assertThat(onMonday()).contains(Money.ZERO);
    moved("CSW", Optional.of("-200"), MONDAY);
    assertThat(onMonday()).contains(Money.parse("200"));
  }

  @Test
  @DisplayName(
      "a deposit of the previous trading day may be in the last equity: no loss comes of it")
  void aDepositOfThePreviousTradingDayMakesNoLoss() {
    moved("CSD", Optional.of("5000"), FRIDAY);
    assertThat(onMonday()).contains(Money.parse("-1000"));
    moved("JNLC", Optional.of("-300"), FRIDAY);
    assertThat(onMonday()).as("each of them may be in it or not").contains(Money.parse("-700"));
  }

  @Test
  void whatIsWorthNobodyKnowsWhatLeavesNoFigureAlsoOnThePreviousTradingDay() {
    moved("ACATS", Optional.empty(), FRIDAY);
    assertThat(onMonday()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JNLS", "ACATS", "FOPT", "OCT"})
  void whatIsWorthNobodyKnowsWhatLeavesNoFigure(String type) {
    moved(type, Optional.empty(), MONDAY);
    assertThat(onMonday()).isEmpty();
  }

  @Test
  void aDepositWithoutItsAmountLeavesNoFigure() {
    moved("CSD", Optional.empty(), MONDAY);
    assertThat(onMonday()).isEmpty();
  }

  @Test
  void whatMovesWhileTheEquityIsReadLeavesNoFigure() {
    broker.whenFundsAreAsked = () -> moved("CSW", Optional.of("-1000"), MONDAY);
    assertThat(onMonday()).isEmpty();
    broker.whenFundsAreAsked = () -> {};
    assertThat(onMonday()).as("the next time").contains(Money.ZERO);
  }

  @Test
  void withTheMarketClosedThereIsNoFigureAndNobodyIsAsked() {
    TradingSession next = NyseCalendar.on(MONDAY).orElseThrow();
    assertThat(
            profit.today(
                Optional.of(
                    new MarketMoment(
                        Instant.parse("2026-02-09T05:00:00Z"), Optional.empty(), next, 1))))
        .isEmpty();
    assertThat(profit.today(Optional.empty())).isEmpty();
    assertThat(broker.fundsAsked).isZero();
  }

  @Test
  void anAccountThatCannotBeReadIsAnErrorAndNoFigure() {
    broker.funds = Optional.empty();
    assertThatThrownBy(this::onMonday).isInstanceOf(BrokerException.class);
  }
}
