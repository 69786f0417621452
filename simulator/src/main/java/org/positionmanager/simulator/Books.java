package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The exchange's state: accounts, orders, pinned prices; changed by happenings only. */
final class Books {
  private final Map<String, Account> accounts = new LinkedHashMap<>();
  private final NavigableMap<LocalDate, Happening.SessionClosed> closes = new TreeMap<>();
  private final Quotes quotes;
  private Instant latest = Instant.MIN;

  Books(Collection<Account> accounts, Quotes quotes) {
    accounts.forEach(account -> this.accounts.put(account.name, account));
    this.quotes = quotes;
  }

  Collection<Account> accounts() {
    return accounts.values();
  }

  Account account(String name) {
    Account account = accounts.get(name);
    if (account == null) {
      throw new Rejection(
          400, 0, "account '" + name + "' is unknown; use one of " + accounts.keySet());
    }
    return account;
  }

  Quotes quotes() {
    return quotes;
  }

  /** The sessions that ended, by date. */
  NavigableMap<LocalDate, Happening.SessionClosed> closes() {
    return closes;
  }

  /**
   * A symbol's price at the end of the last session before today, in dollars for a share or
   * contract of now.
   */
  Optional<BigDecimal> lastClose(String symbol, Instant now) {
    return Optional.ofNullable(closes.lowerEntry(TradingHours.date(now)))
        .map(Map.Entry::getValue)
        .flatMap(
            close -> {
              Splits.Origin then = quotes.splits().origin(symbol, close.at(), now);
              return Optional.ofNullable(close.prices().get(then.symbol())).map(then::price);
            });
  }

  /** When something last happened; all that is older has taken effect. */
  Instant latest() {
    return latest;
  }

  void apply(Happening happening) {
    switch (happening) {
      case Happening.Posted(String account, String id) -> account(account).posted(id);
      case Happening.Accepted it -> {
        account(it.account()).accept(new Order(it.order(), it.status()));
        passed(it.order().submittedAt());
      }
      case Happening.Became it -> {
        Account account = account(it.account());
        Order order = account.order(it.orderId());
        order.become(it.status(), it.at());
        account.index(order);
        passed(it.at());
      }
      case Happening.Filled it -> {
        account(it.account()).fill(it);
        passed(it.at());
      }
      case Happening.Replaced it -> {
        Account account = account(it.account());
        Order order = account.order(it.orderId());
        order.replacedBy(it.by(), it.at());
        account.index(order);
        passed(it.at());
      }
      case Happening.TooLate it -> passed(it.at());
      case Happening.Resized it -> account(it.account()).order(it.orderId()).resize(it.quantity());
      case Happening.Triggered it -> account(it.account()).order(it.orderId()).trigger();
      case Happening.Trailed it ->
          account(it.account()).order(it.orderId()).highWater(it.highWater());
      case Happening.Booked(String account, Booking booking) -> {
        account(account).book(booking);
        passed(booking.at());
      }
      case Happening.Split(String symbol, BigDecimal now, BigDecimal old, Instant at) -> {
        quotes.split(symbol, now, old, at);
        passed(at);
      }
      case Happening.ExerciseDeclined(String account, String symbol) ->
          account(account).exerciseDeclined.add(symbol);
      case Happening.Configured(String account, AccountSettings settings) ->
          account(account).grant(settings);
      case Happening.Wished(String account, AccountWishes wishes) -> account(account).wish(wishes);
      case Happening.SessionClosed it -> {
        closes.put(it.date(), it);
        passed(it.at());
      }
      case Happening.FillsHeld(String account, boolean held) -> account(account).holdFills = held;
      case Happening.Pinned(String symbol, Quotes.Quote quote) -> quotes.pin(symbol, quote);
      case Happening.Unpinned(String symbol) -> quotes.unpin(symbol);
      case Happening.Halted(String symbol, Instant since) -> quotes.halt(symbol, since);
      case Happening.Resumed(String symbol) -> quotes.resume(symbol);
    }
  }

  private void passed(Instant moment) {
    latest = moment.isAfter(latest) ? moment : latest;
  }
}
