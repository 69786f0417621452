package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What Alpaca checks before it takes an order; statuses, codes and words as it gives them. */
final class Admission {
  private Admission() {}

  /**
   * Checks a ticket.
   *
   * @return the position intent, as stated or inferred
   */
  static String check(Account account, Exchange.Ticket ticket, Instant now, Quotes quotes) {
    boolean option = Symbols.isOption(ticket.symbol());
    if (ticket.clientOrderId().filter(account.byClientId::containsKey).isPresent()) {
      throw new Rejection(422, 40010001, "client_order_id must be unique");
    }
    checkForm(ticket, option);
    if (quotes.at(ticket.symbol(), now).isEmpty()) {
      throw new Rejection(422, 42210000, "asset \"" + ticket.symbol() + "\" not found");
    }
    if (option && ticket.type().equals("market") && quotes.hours().at(now).isEmpty()) {
      throw new Rejection(
          422, 42210000, "options market orders are only allowed during market hours");
    }
    String inferred = inferredIntent(account, ticket);
    String intent = ticket.intent().orElse(inferred);
    if (!intent.equals(inferred)) {
      throw new Rejection(
          422,
          42210000,
          "position intent mismatch, inferred: %s, specified: %s".formatted(inferred, intent));
    }
    if (intent.endsWith("_to_close")) {
      checkAvailable(account, ticket);
    } else {
      checkOpening(account, ticket, option, intent, now, quotes);
    }
    return intent;
  }

  private static void checkForm(Exchange.Ticket ticket, boolean option) {
    if (ticket.quantity().signum() <= 0) {
      throw new Rejection(422, 40010001, "qty must be > 0");
    }
    if (option && ticket.quantity().stripTrailingZeros().scale() > 0) {
      throw new Rejection(422, 42210000, "qty must be integer for options");
    }
    if (!List.of("market", "limit", "stop").contains(ticket.type())) {
      throw new Rejection(422, 40010001, "invalid order type " + ticket.type());
    }
    if (option && ticket.orderClass().equals("bracket")) {
      throw new Rejection(422, 42210000, "complex orders not supported for options trading");
    }
    ticket.limit().ifPresent(price -> checkIncrement("limit_price", price));
    ticket.stop().ifPresent(price -> checkIncrement("stop_price", price));
    if (ticket.type().equals("limit") && ticket.limit().isEmpty()) {
      throw new Rejection(422, 40010001, "limit orders require a limit price");
    }
    if (ticket.type().equals("stop") && ticket.stop().isEmpty()) {
      throw new Rejection(422, 40010001, "stop orders require a stop price");
    }
  }

  private static void checkIncrement(String field, BigDecimal price) {
    int decimals = price.compareTo(BigDecimal.ONE) >= 0 ? 2 : 4;
    if (price.stripTrailingZeros().scale() > decimals) {
      throw new Rejection(
          422,
          42210000,
          "invalid %s %s. sub-penny increment does not fulfill minimum pricing criteria"
              .formatted(field, price.toPlainString()));
    }
  }

  private static String inferredIntent(Account account, Exchange.Ticket ticket) {
    int held = account.held(ticket.symbol()).signum();
    if (ticket.buy()) {
      return held < 0 ? "buy_to_close" : "buy_to_open";
    }
    return held > 0 ? "sell_to_close" : "sell_to_open";
  }

  private static void checkAvailable(Account account, Exchange.Ticket ticket) {
    BigDecimal held = account.held(ticket.symbol()).abs();
    BigDecimal forOrders = account.heldForOrders(ticket.symbol());
    BigDecimal available = held.subtract(forOrders).max(BigDecimal.ZERO);
    if (ticket.quantity().compareTo(available) > 0) {
      throw new Rejection(
              403,
              40310000,
              "insufficient qty available for order (requested: %s, available: %s)"
                  .formatted(ticket.quantity().toPlainString(), available.toPlainString()))
          .with("available", available.toPlainString())
          .with("existing_qty", held.toPlainString())
          .with("held_for_orders", forOrders.toPlainString())
          .with(
              "related_orders",
              account.orders.values().stream()
                  .filter(Order::isOpen)
                  .filter(order -> order.terms.symbol().equals(ticket.symbol()))
                  .map(order -> order.terms.id())
                  .toList())
          .with("symbol", ticket.symbol());
    }
  }

  private static void checkOpening(
      Account account,
      Exchange.Ticket ticket,
      boolean option,
      String intent,
      Instant now,
      Quotes quotes) {
    if (option && intent.equals("sell_to_open")) {
      if (Symbols.isPut(ticket.symbol())) {
        BigDecimal strike =
            new BigDecimal(ticket.symbol().substring(ticket.symbol().length() - 8))
                .movePointLeft(3);
        BigDecimal required = strike.multiply(BigDecimal.valueOf(100)).multiply(ticket.quantity());
        throw new Rejection(
            403,
            40310000,
            "insufficient options buying power for cash-secured put (required: %s, available: %s)"
                .formatted(required.toPlainString(), account.cash.toPlainString()));
      }
      throw new Rejection(
          403, 40310000, "account not eligible to trade uncovered option contracts");
    }
    Optional<BigDecimal> price =
        ticket.limit().or(() -> quotes.at(ticket.symbol(), now).map(Quotes.Quote::ask));
    BigDecimal cost =
        price
            .orElseThrow()
            .multiply(ticket.quantity())
            .multiply(BigDecimal.valueOf(Symbols.multiplier(ticket.symbol())));
    if (ticket.buy() && cost.compareTo(account.cash) > 0) {
      throw new Rejection(403, 40310000, "insufficient buying power")
          .with("buying_power", account.cash.toPlainString())
          .with("cost_basis", cost.toPlainString());
    }
  }
}
