package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/**
 * The last day of options and what makes shares of them: expiry, exercise, assignment. By Alpaca's
 * page on options trading: in the money by a cent and funded is exercised, what is not funded is
 * sold before the close, the rest expires.
 */
final class OptionExpiry {
  private static final BigDecimal SHARES = BigDecimal.valueOf(100);
  private static final BigDecimal EXERCISED_FROM = new BigDecimal("0.01");

  private static final LocalTime POSTED_AT = LocalTime.of(4, 0);

  private final Books books;
  private final Recorder recorder;
  private final OrderLife life;

  OptionExpiry(Books books, Recorder recorder, OrderLife life) {
    this.books = books;
    this.recorder = recorder;
    this.life = life;
  }

  /** Does what is due. */
  void step(Account account, Instant now) {
    LocalDate today = TradingHours.date(now);
    for (String symbol : List.copyOf(account.holdings.keySet())) {
      OptionSymbol option = OptionSymbol.of(symbol).orElse(null);
      if (option == null || option.expiry().isAfter(today)) {
        continue;
      }
      if (!now.isBefore(settledAt(option))) {
        settle(account, symbol, option, now);
      } else if (books.quotes().hours().at(now).isPresent()
          && new TradingHours(books.quotes().hours()).isLate(now, account.settings.lastOpening())) {
        liquidate(account, symbol, option, now);
      }
    }
  }

  private Instant settledAt(OptionSymbol option) {
    return books
        .quotes()
        .hours()
        .on(option.expiry())
        .map(NyseCalendar.Session::close)
        .orElseGet(() -> option.expiry().atTime(16, 0).atZone(NyseCalendar.ZONE).toInstant())
        .plus(Moments.SETTLED_AFTER_CLOSE);
  }

  /** Sells what would be exercised without the money or the shares for it. */
  private void liquidate(Account account, String symbol, OptionSymbol option, Instant now) {
    BigDecimal quantity = account.held(symbol);
    Optional<Quotes.Quote> quote = books.quotes().at(symbol, now);
    if (quantity.signum() <= 0
        || quote.isEmpty()
        || account.holdFills
        || !isInTheMoney(symbol, option, now)
        || account.exerciseDeclined.contains(symbol)
        || isFunded(account, option, quantity, now)) {
      return;
    }
    for (Order order : List.copyOf(account.openOrders())) {
      if (order.terms.symbol().equals(symbol)) {
        life.end(account, order, "canceled", now);
      }
    }
    OrderTerms terms =
        new OrderTerms(
            recorder.newId(),
            recorder.newId(),
            symbol,
            false,
            "market",
            "day",
            "simple",
            "sell_to_close",
            quantity,
            Optional.empty(),
            OrderPrices.NONE,
            false,
            OrderLinks.NONE,
            now,
            books.quotes().hours().at(now).orElseThrow().close());
    recorder.record(new Happening.Accepted(account.name, terms, "new"));
    life.fill(account, account.order(terms.id()), quantity, quote.get().bid(), now);
  }

  private void settle(Account account, String symbol, OptionSymbol option, Instant now) {
    for (Order order : List.copyOf(account.openOrders())) {
      if (order.terms.symbol().equals(symbol)) {
        life.end(account, order, "expired", now);
      }
    }
    BigDecimal quantity = account.held(symbol);
    boolean inTheMoney = isInTheMoney(symbol, option, settledAt(option));
    if (quantity.signum() < 0 && inTheMoney) {
      deliver(account, symbol, option, quantity.abs(), "OPASN", now);
    } else if (quantity.signum() > 0
        && inTheMoney
        && !account.exerciseDeclined.contains(symbol)
        && isFunded(account, option, quantity, now)) {
      deliver(account, symbol, option, quantity, "OPEXC", now);
    } else {
      book(account, "OPEXP", symbol, quantity.negate(), Optional.empty(), option.expiry(), now, "");
    }
  }

  private boolean isInTheMoney(String symbol, OptionSymbol option, Instant now) {
    BigDecimal worth =
        books
            .quotes()
            .at(option.root(), now)
            .map(quote -> option.intrinsic(Funds.mid(quote)))
            // without a price of the share, an option's own last price is what it is worth
            .or(() -> books.quotes().at(symbol, now).map(Quotes.Quote::bid))
            .orElse(BigDecimal.ZERO);
    return worth.compareTo(EXERCISED_FROM) >= 0;
  }

  private boolean isFunded(Account account, OptionSymbol option, BigDecimal quantity, Instant now) {
    BigDecimal shares = quantity.multiply(SHARES);
    if (option.put()) {
      return account.held(option.root()).compareTo(shares) >= 0;
    }
    BigDecimal power = new Funds(account, books.quotes(), now).buyingPower();
    return option.strike().multiply(shares).compareTo(power) <= 0;
  }

  /**
   * A client exercises all that is available of an option.
   *
   * @throws Rejection 403 where nothing is available or paid for, 422 after the close
   */
  void exercise(Account account, String symbol, Instant now) {
    OptionSymbol option = longOption(account, symbol);
    BigDecimal quantity = account.available(symbol);
    if (quantity.signum() <= 0) {
      throw new Rejection(403, 40310000, "available position quantity is not sufficient");
    }
    boolean afterClose =
        books
            .quotes()
            .hours()
            .on(TradingHours.date(now))
            .filter(session -> !now.isBefore(session.close()))
            .isPresent();
    if (afterClose) {
      throw new Rejection(
          422, 42210000, "exercise requests are not accepted between market close and midnight");
    }
    if (!isFunded(account, option, quantity, now)) {
      throw new Rejection(403, 40310000, "insufficient buying power or shares to exercise");
    }
    deliver(account, symbol, option, quantity, "OPEXC", now);
  }

  /**
   * A client wants an option not to be exercised.
   *
   * @throws Rejection 403 where it holds none
   */
  void decline(Account account, String symbol) {
    longOption(account, symbol);
    recorder.record(new Happening.ExerciseDeclined(account.name, symbol));
  }

  private static OptionSymbol longOption(Account account, String symbol) {
    if (account.held(symbol).signum() <= 0) {
      throw new Rejection(403, 40310000, "position not found for " + symbol);
    }
    return OptionSymbol.of(symbol)
        .orElseThrow(() -> new Rejection(422, 42210000, symbol + " is no option contract"));
  }

  /**
   * A short option's buyer exercises.
   *
   * @throws Rejection 400 where so many are not short
   */
  void assign(Account account, String symbol, BigDecimal quantity, Instant now) {
    OptionSymbol option =
        OptionSymbol.of(symbol)
            .orElseThrow(() -> new Rejection(400, 0, symbol + " is no option contract"));
    BigDecimal written = account.held(symbol).negate();
    if (quantity.signum() <= 0 || quantity.compareTo(written) > 0) {
      throw new Rejection(
          400, 0, "qty must be between 1 and the contracts sold short: " + written.toPlainString());
    }
    deliver(account, symbol, option, quantity, "OPASN", now);
  }

  /** Options leave, shares come or go at the strike. */
  private void deliver(
      Account account,
      String symbol,
      OptionSymbol option,
      BigDecimal contracts,
      String type,
      Instant now) {
    LocalDate date = TradingHours.date(now);
    boolean assigned = type.equals("OPASN");
    String group = recorder.newId();
    book(
        account,
        type,
        symbol,
        assigned ? contracts : contracts.negate(),
        Optional.empty(),
        date,
        now,
        group);
    boolean receivesShares = assigned == option.put();
    BigDecimal shares = contracts.multiply(SHARES);
    book(
        account,
        "OPTRD",
        option.root(),
        receivesShares ? shares : shares.negate(),
        Optional.of(option.strike()),
        date,
        now,
        group);
    life.fit(account, symbol, now);
    life.fit(account, option.root(), now);
  }

  private void book(
      Account account,
      String type,
      String symbol,
      BigDecimal quantity,
      Optional<BigDecimal> price,
      LocalDate date,
      Instant now,
      String group) {
    BigDecimal cash = price.map(it -> it.multiply(quantity).negate()).orElse(BigDecimal.ZERO);
    recorder.record(
        new Happening.Booked(
            account.name,
            new Booking(
                OrderLife.activityId(now, recorder.newId()),
                type,
                symbol,
                quantity,
                price,
                cash,
                date,
                now,
                date.plusDays(1).atTime(POSTED_AT).atZone(NyseCalendar.ZONE).toInstant(),
                group)));
  }
}
