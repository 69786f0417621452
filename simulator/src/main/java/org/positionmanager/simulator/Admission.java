package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;

/** What Alpaca checks before it takes an order; statuses, codes and words as it gives them. */
final class Admission {
  private static final BigDecimal SHARES_A_CONTRACT = BigDecimal.valueOf(100);
  private static final int FRACTION_DIGITS = 9;

  private final Quotes quotes;

  Admission(Quotes quotes) {
    this.quotes = quotes;
  }

  /**
   * What is known of an order that passed.
   *
   * @param intent as stated or inferred
   * @param quantity shares or contracts; of a notional order what it is worth now
   */
  record Passed(String intent, BigDecimal quantity) {}

  /**
   * Checks a ticket.
   *
   * @throws Rejection with Alpaca's status and code
   */
  Passed check(Account account, Ticket ticket, Instant now) {
    if (ticket.clientOrderId().filter(account.byClientId::containsKey).isPresent()) {
      throw new Rejection(422, 40010001, "client_order_id must be unique");
    }
    if (account.isLocked()) {
      throw new Rejection(403, 40310000, "account is restricted from trading");
    }
    checkWishes(account.wishes(), ticket);
    OrderForm.check(ticket, now, quotes.hours());
    Quotes.Quote quote =
        quotes
            .at(ticket.symbol(), now)
            .orElseThrow(
                () -> new Rejection(422, 42210000, "asset \"" + ticket.symbol() + "\" not found"));
    BasePrice.check(ticket, quote);
    String inferred = inferredIntent(account, ticket);
    if (ticket.isOption()) {
      checkOption(account, ticket, inferred, now);
    }
    String intent = ticket.intent().orElse(inferred);
    if (!intent.equals(inferred)) {
      throw new Rejection(
          422,
          42210000,
          "position intent mismatch, inferred: %s, specified: %s".formatted(inferred, intent));
    }
    BigDecimal quantity =
        ticket
            .quantity()
            .orElseGet(
                () ->
                    ticket
                        .notional()
                        .orElseThrow()
                        .divide(
                            ticket.buy() ? quote.ask() : quote.bid(),
                            FRACTION_DIGITS,
                            RoundingMode.DOWN));
    if (intent.endsWith("_to_close")) {
      checkClosing(account, ticket, quantity);
    } else {
      checkOpening(account, ticket, intent, quantity, now);
    }
    WashTrades.check(account, ticket, intent);
    return new Passed(intent, quantity);
  }

  private static void checkWishes(AccountWishes wishes, Ticket ticket) {
    if (wishes.suspendTrade()) {
      throw new Rejection(403, 40310000, "new orders are rejected by user request");
    }
    boolean fraction =
        ticket.notional().isPresent()
            || ticket.quantity().filter(it -> it.stripTrailingZeros().scale() > 0).isPresent();
    if (fraction && !wishes.fractionalTrading()) {
      throw new Rejection(403, 40310000, "fractional trading is disabled by user request");
    }
  }

  private void checkOption(Account account, Ticket ticket, String inferred, Instant now) {
    if (ticket.type().equals("market") && quotes.hours().at(now).isEmpty()) {
      throw new Rejection(
          422, 42210000, "options market orders are only allowed during market hours");
    }
    OptionSymbol option =
        OptionSymbol.of(ticket.symbol())
            .orElseThrow(
                () -> new Rejection(422, 42210000, "asset \"" + ticket.symbol() + "\" not found"));
    if (hasExpired(option, now, quotes.hours())) {
      throw new Rejection(422, 42210000, "contract \"" + ticket.symbol() + "\" is expired");
    }
    boolean isLate =
        option.expiry().equals(TradingHours.date(now))
            && new TradingHours(quotes.hours()).isLate(now, account.settings.lastOpening());
    if (isLate && inferred.endsWith("_to_open")) {
      throw new Rejection(
          422,
          42210000,
          "contract \"%s\" expires soon, unable to open new positions".formatted(ticket.symbol()));
    }
    if (account.settings.optionsLevel() == 0) {
      throw new Rejection(403, 40310000, "account not eligible to trade options contracts");
    }
  }

  /** Whether an option's last session is over. */
  static boolean hasExpired(OptionSymbol option, Instant now, MarketHours hours) {
    LocalDate today = TradingHours.date(now);
    return option.expiry().isBefore(today)
        || option.expiry().equals(today)
            && hours.on(today).filter(it -> now.isBefore(it.close())).isEmpty();
  }

  static String inferredIntent(Account account, Ticket ticket) {
    int held = account.held(ticket.symbol()).signum();
    if (ticket.buy()) {
      return held < 0 ? "buy_to_close" : "buy_to_open";
    }
    return held > 0 ? "sell_to_close" : "sell_to_open";
  }

  private static void checkClosing(Account account, Ticket ticket, BigDecimal quantity) {
    if (ticket.orderClass().equals("bracket") || ticket.orderClass().equals("oto")) {
      throw new Rejection(422, 42210000, ticket.orderClass() + " orders must be entry orders");
    }
    checkAvailable(account, ticket.symbol(), quantity, account.available(ticket.symbol()));
    boolean locked = account.settings.assignmentLocks().contains(ticket.symbol());
    if (locked && quantity.compareTo(account.held(ticket.symbol())) >= 0) {
      throw new Rejection(
          403,
          40310000,
          "active assignment lock on %s, cannot close all long options".formatted(ticket.symbol()));
    }
  }

  /** Refuses what other open orders hold already. */
  static void checkAvailable(
      Account account, String symbol, BigDecimal quantity, BigDecimal available) {
    if (quantity.compareTo(available) <= 0) {
      return;
    }
    BigDecimal held = account.held(symbol).abs();
    throw new Rejection(
            403,
            40310000,
            "insufficient qty available for order (requested: %s, available: %s)"
                .formatted(Views.text(quantity), Views.text(available)))
        .with("available", Views.text(available))
        .with("existing_qty", Views.text(held))
        .with("held_for_orders", Views.text(held.subtract(available)))
        .with(
            "related_orders",
            account.openOrders().stream()
                .filter(order -> order.terms.symbol().equals(symbol) && order.closes())
                .filter(order -> account.holds(order).signum() > 0)
                .map(order -> order.terms.id())
                .toList())
        .with("symbol", symbol);
  }

  private void checkOpening(
      Account account, Ticket ticket, String intent, BigDecimal quantity, Instant now) {
    if (ticket.orderClass().equals("oco")) {
      throw new Rejection(422, 42210000, "oco orders must be exit orders");
    }
    Funds funds = new Funds(account, quotes, now);
    if (intent.equals("sell_to_open")) {
      checkShort(account, ticket, quantity, funds);
      if (ticket.isOption()) {
        return;
      }
    } else if (ticket.isOption() && account.settings.optionsLevel() < 2) {
      throw new Rejection(403, 40310000, "account not eligible to trade long option contracts");
    }
    BigDecimal cost =
        ticket
            .notional()
            .orElseGet(() -> funds.cost(ticket.symbol(), intent, ticket.prices(), quantity));
    checkFunds(ticket.isOption(), cost, funds, BigDecimal.ZERO);
  }

  /**
   * Refuses what the account cannot pay.
   *
   * @param freed dollars that an order reserves which this one replaces
   */
  static void checkFunds(boolean option, BigDecimal cost, Funds funds, BigDecimal freed) {
    BigDecimal power = (option ? funds.optionsBuyingPower() : funds.buyingPower()).add(freed);
    if (cost.compareTo(power) > 0) {
      throw new Rejection(
              403, 40310000, "insufficient " + (option ? "options " : "") + "buying power")
          .with(option ? "options_buying_power" : "buying_power", Views.money(power))
          .with("cost_basis", Views.money(cost));
    }
  }

  private static void checkShort(Account account, Ticket ticket, BigDecimal quantity, Funds funds) {
    if (!ticket.isOption()) {
      if (!account.settings.shorting()) {
        throw new Rejection(403, 40310000, "account is not allowed to short");
      }
      if (quantity.stripTrailingZeros().scale() > 0 || ticket.notional().isPresent()) {
        throw new Rejection(422, 42210000, "fractional orders cannot be sold short");
      }
      return;
    }
    checkWriting(account, ticket.symbol(), quantity, funds, BigDecimal.ZERO);
  }

  /**
   * Refuses options sold short that neither shares nor cash cover.
   *
   * @param freed dollars that an order reserves which this one replaces
   */
  static void checkWriting(
      Account account, String symbol, BigDecimal quantity, Funds funds, BigDecimal freed) {
    if (Symbols.isPut(symbol)) {
      BigDecimal required = Funds.secured(symbol, quantity);
      BigDecimal available = funds.optionsBuyingPower().add(freed);
      if (required.compareTo(available) > 0) {
        throw new Rejection(
            403,
            40310000,
            "insufficient options buying power for cash-secured put (required: %s, available: %s)"
                .formatted(Views.money(required), Views.money(available)));
      }
      return;
    }
    String underlying = OptionSymbol.of(symbol).orElseThrow().root();
    boolean isLong = account.held(underlying).signum() > 0;
    BigDecimal shares = isLong ? account.available(underlying) : BigDecimal.ZERO;
    if (quantity.multiply(SHARES_A_CONTRACT).compareTo(shares) > 0) {
      throw new Rejection(
          403, 40310000, "account not eligible to trade uncovered option contracts");
    }
  }
}
