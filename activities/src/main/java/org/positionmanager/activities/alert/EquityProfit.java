package org.positionmanager.activities.alert;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.positionmanager.activities.broker.AccountActivity;
import org.positionmanager.activities.broker.AccountFunds;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.value.Money;

/**
 * What an account's equity has become since the previous close, what is open included. What was
 * paid in or out meanwhile is neither profit nor loss. Whatever leaves that open is no figure.
 *
 * <p>The previous equity is "as of previous trading day at 16:00:00 ET" (Alpaca's specification of
 * {@code last_equity}), and an activity has a date and no time of day. So of what was paid in or
 * out on that date nobody can tell whether the previous equity has it: the figure is the one that
 * loses least, each payment taken as in it or not. It loses too little by that much where the
 * others are right, for as long as that session lasts, and never too much.
 */
public final class EquityProfit implements KillSwitch.Profit {
  /** Money from outside or to it: deposits, withdrawals, cash journals and transfers. */
  private static final Set<String> MONEY = Set.of("CSD", "CSW", "JNLC", "ACATC");

  /** Securities and coins, whose worth the broker does not tell. */
  private static final Set<String> SECURITIES = Set.of("JNLS", "ACATS", "FOPT", "OCT");

  private static final Set<String> ALL =
      Stream.concat(MONEY.stream(), SECURITIES.stream()).collect(Collectors.toUnmodifiableSet());

  /** No two sessions lie further apart. */
  private static final int LONGEST_PAUSE_DAYS = 14;

  private final Broker broker;
  private final ExchangeCalendar calendar;

  public EquityProfit(Broker broker, ExchangeCalendar calendar) {
    this.broker = broker;
    this.calendar = calendar;
  }

  /**
   * While the market is open only: the broker's last equity is that of the previous close then, and
   * prices are today's.
   *
   * @throws org.positionmanager.activities.broker.BrokerException where the broker cannot be read
   */
  @Override
  public Optional<Money> today(Optional<MarketMoment> market) {
    if (market.filter(MarketMoment::isOpen).isEmpty()) {
      return Optional.empty();
    }
    LocalDate today = ExchangeZone.dateOf(market.get());
    LocalDate previous =
        calendar.sessions(today.minusDays(LONGEST_PAUSE_DAYS), today.minusDays(1)).getLast().date();
    List<AccountActivity> before = movedSince(previous);
    AccountFunds funds = broker.funds();
    // what moved while equity was read may be in it, or not
    if (!movedSince(previous).equals(before)) {
      return Optional.empty();
    }
    return sum(before, previous)
        .map(moved -> funds.equity().minus(funds.lastEquity()).minus(moved));
  }

  @Override
  public String words() {
    return " with what is open";
  }

  /** A wide quote of a contract moves the equity for a moment, and no money at all. */
  @Override
  public int looks() {
    return 2;
  }

  /** Asked for from a day before, since the broker tells no time of day. */
  private List<AccountActivity> movedSince(LocalDate date) {
    return broker
        .activitiesAfter(ALL, date.minusDays(1).atStartOfDay(ExchangeZone.NEW_YORK).toInstant())
        .stream()
        .filter(it -> !it.date().isBefore(date))
        .toList();
  }

  /**
   * What came into the account, below zero where more went. Of what is dated the previous trading
   * day only what went counts, as that makes for the smaller loss.
   *
   * @return empty where one of them has a worth that is not told
   */
  private static Optional<Money> sum(List<AccountActivity> moved, LocalDate previous) {
    Money sum = Money.ZERO;
    for (AccountActivity one : moved) {
      if (!MONEY.contains(one.type()) || one.amount().isEmpty()) {
        return Optional.empty();
      }
      Money amount = one.amount().get();
      if (one.date().isAfter(previous) || amount.compareTo(Money.ZERO) < 0) {
        sum = sum.plus(amount);
      }
    }
    return Optional.of(sum);
  }
}
