package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;

/**
 * What an account is worth and may still spend, in dollars, by Alpaca's page on margin: stock long
 * and short is lent on at the account's multiplier, options are paid in full.
 */
final class Funds {
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final BigDecimal MAINTENANCE_LONG = new BigDecimal("0.30");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** A short is valued 3% above the ask (Alpaca's page on orders: buying power). */
  private static final BigDecimal SHORT_COLLAR = new BigDecimal("1.03");

  private static final BigDecimal FIFTY = BigDecimal.valueOf(50);

  private final Account account;
  private final Quotes quotes;
  private final Instant now;

  Funds(Account account, Quotes quotes, Instant now) {
    this.account = account;
    this.quotes = quotes;
    this.now = now;
  }

  /** A symbol's mid, dollars a share; what was paid where there is no quote. */
  BigDecimal price(String symbol) {
    return quotes
        .at(symbol, now)
        .map(Funds::mid)
        .orElseGet(() -> account.holding(symbol).averageEntry());
  }

  static BigDecimal mid(Quotes.Quote quote) {
    return quote.bid().add(quote.ask()).divide(BigDecimal.TWO);
  }

  private BigDecimal value(String symbol, BigDecimal quantity) {
    return quantity
        .multiply(price(symbol))
        .multiply(BigDecimal.valueOf(Symbols.multiplier(symbol)));
  }

  /** Market value of all longs. */
  BigDecimal longValue() {
    return account.holdings.entrySet().stream()
        .filter(held -> held.getValue().quantity().signum() > 0)
        .map(held -> value(held.getKey(), held.getValue().quantity()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Market value of all shorts, negative. */
  BigDecimal shortValue() {
    return account.holdings.entrySet().stream()
        .filter(held -> held.getValue().quantity().signum() < 0)
        .map(held -> value(held.getKey(), held.getValue().quantity()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  BigDecimal equity() {
    return account.cash.add(longValue()).add(shortValue());
  }

  /** What must be the account's own: Regulation T for stock, options in full, puts secured. */
  BigDecimal initialMargin() {
    BigDecimal lent =
        BigDecimal.ONE.max(BigDecimal.valueOf(account.settings.multiplier()).min(BigDecimal.TWO));
    BigDecimal margin = BigDecimal.ZERO;
    for (Map.Entry<String, Account.Holding> held : account.holdings.entrySet()) {
      BigDecimal value = value(held.getKey(), held.getValue().quantity());
      if (Symbols.isOption(held.getKey())) {
        margin = margin.add(value.max(BigDecimal.ZERO));
      } else if (value.signum() > 0) {
        margin = margin.add(value.divide(lent, 2, RoundingMode.HALF_UP));
      } else {
        margin = margin.add(value.negate().multiply(HALF));
      }
    }
    return margin.add(putCollateral());
  }

  BigDecimal maintenanceMargin() {
    BigDecimal stocks =
        account.holdings.entrySet().stream()
            .filter(held -> !Symbols.isOption(held.getKey()))
            .map(held -> value(held.getKey(), held.getValue().quantity()).abs())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return stocks.multiply(MAINTENANCE_LONG).add(putCollateral());
  }

  /** Strike money of short puts, less what they were worth: that is owed already. */
  private BigDecimal putCollateral() {
    BigDecimal total = BigDecimal.ZERO;
    for (Map.Entry<String, Account.Holding> held : account.holdings.entrySet()) {
      BigDecimal quantity = held.getValue().quantity();
      if (quantity.signum() < 0 && Symbols.isPut(held.getKey())) {
        total =
            total
                .add(secured(held.getKey(), quantity.negate()))
                .add(value(held.getKey(), quantity));
      }
    }
    return total.max(BigDecimal.ZERO);
  }

  /** What so many short puts are secured by. */
  static BigDecimal secured(String put, BigDecimal contracts) {
    return OptionSymbol.of(put).orElseThrow().strike().multiply(HUNDRED).multiply(contracts);
  }

  /** What open orders that open positions have reserved. */
  BigDecimal reserved() {
    BigDecimal total = BigDecimal.ZERO;
    for (Order order : account.openOrders()) {
      if (!order.closes() && !isStandInFor(order)) {
        total = total.add(cost(order.terms, order.open()));
      }
    }
    return total;
  }

  /** A replacement reserves with the order that it replaces, until that is gone. */
  private boolean isStandInFor(Order order) {
    return order.status().equals("pending_new");
  }

  private BigDecimal cost(OrderTerms terms, BigDecimal quantity) {
    return terms.notional().isPresent()
        ? terms.notional().get()
        : cost(terms.symbol(), terms.intent(), terms.prices(), quantity);
  }

  /** What an opening order takes from the buying power. */
  BigDecimal cost(String symbol, String intent, OrderPrices prices, BigDecimal quantity) {
    BigDecimal ask = quotes.at(symbol, now).map(Quotes.Quote::ask).orElse(BigDecimal.ZERO);
    BigDecimal multiplier = BigDecimal.valueOf(Symbols.multiplier(symbol));
    if (intent.equals("sell_to_open")) {
      if (Symbols.isOption(symbol)) {
        return Symbols.isPut(symbol) ? secured(symbol, quantity) : BigDecimal.ZERO;
      }
      BigDecimal price = prices.limit().orElse(BigDecimal.ZERO).max(ask.multiply(SHORT_COLLAR));
      return price.multiply(quantity);
    }
    BigDecimal price =
        prices
            .limit()
            .orElseGet(() -> prices.stop().map(stop -> stop.multiply(collar(stop))).orElse(ask));
    return price.multiply(quantity).multiply(multiplier);
  }

  /** How far above its stop a triggered buy may fill (Alpaca's page on orders: stop orders). */
  static BigDecimal collar(BigDecimal stop) {
    return stop.compareTo(FIFTY) < 0 ? new BigDecimal("1.04") : new BigDecimal("1.025");
  }

  /** What stock may still be bought or sold short for. */
  BigDecimal buyingPower() {
    return equity()
        .subtract(initialMargin())
        .multiply(BigDecimal.valueOf(account.settings.multiplier()))
        .subtract(reserved())
        .max(BigDecimal.ZERO);
  }

  /** What options may still be bought for: nothing of it is lent. */
  BigDecimal optionsBuyingPower() {
    return equity().subtract(initialMargin()).subtract(reserved()).max(BigDecimal.ZERO);
  }
}
