package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What clients are shown: Alpaca's fields, money and quantities as strings, nulls where it says.
 */
final class Views {
  private Views() {}

  static Map<String, Object> order(Order order) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", order.terms.id());
    view.put("client_order_id", order.terms.clientOrderId());
    view.put("created_at", time(order.terms.submittedAt()));
    view.put("updated_at", time(order.updatedAt()));
    view.put("submitted_at", time(order.terms.submittedAt()));
    view.put("filled_at", time(order.filledAt()));
    view.put("expired_at", order.status().equals("expired") ? time(order.updatedAt()) : null);
    view.put("canceled_at", time(order.canceledAt()));
    view.put("failed_at", null);
    view.put("replaced_at", null);
    view.put("replaced_by", null);
    view.put("replaces", null);
    view.put("asset_id", assetId(order.terms.symbol()));
    view.put("symbol", order.terms.symbol());
    view.put("asset_class", Symbols.isOption(order.terms.symbol()) ? "us_option" : "us_equity");
    view.put("notional", null);
    view.put("qty", text(order.terms.quantity()));
    view.put("filled_qty", text(order.filled()));
    view.put("filled_avg_price", order.averagePrice().map(Views::text).orElse(null));
    view.put("order_class", order.terms.orderClass());
    view.put("order_type", order.terms.type());
    view.put("type", order.terms.type());
    view.put("side", order.terms.buy() ? "buy" : "sell");
    view.put("position_intent", order.terms.intent());
    view.put("time_in_force", order.terms.timeInForce());
    view.put("limit_price", order.terms.limit().map(Views::text).orElse(null));
    view.put("stop_price", order.terms.stop().map(Views::text).orElse(null));
    view.put("status", order.status());
    view.put("extended_hours", false);
    view.put("legs", null);
    view.put("trail_percent", null);
    view.put("trail_price", null);
    view.put("hwm", null);
    return view;
  }

  static Map<String, Object> position(
      Account account, String symbol, Account.Holding holding, Optional<Quotes.Quote> quote) {
    BigDecimal multiplier = BigDecimal.valueOf(Symbols.multiplier(symbol));
    BigDecimal price =
        quote
            .map(it -> it.bid().add(it.ask()).divide(BigDecimal.TWO))
            .orElse(holding.averageEntry());
    BigDecimal value = holding.quantity().multiply(price).multiply(multiplier);
    BigDecimal cost = holding.quantity().multiply(holding.averageEntry()).multiply(multiplier);
    BigDecimal quantity = holding.quantity().abs();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("asset_id", assetId(symbol));
    view.put("symbol", symbol);
    view.put("exchange", Symbols.isOption(symbol) ? "" : "NYSE");
    view.put("asset_class", Symbols.isOption(symbol) ? "us_option" : "us_equity");
    view.put("avg_entry_price", text(holding.averageEntry()));
    view.put("qty", text(holding.quantity()));
    view.put(
        "qty_available",
        text(quantity.subtract(account.heldForOrders(symbol)).max(BigDecimal.ZERO)));
    view.put("side", holding.quantity().signum() > 0 ? "long" : "short");
    view.put("market_value", text(value));
    view.put("cost_basis", text(cost));
    view.put("unrealized_pl", text(value.subtract(cost)));
    view.put("current_price", text(price));
    return view;
  }

  static Map<String, Object> account(Account account, BigDecimal equity) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", assetId(account.number));
    view.put("account_number", account.number);
    view.put("status", "ACTIVE");
    view.put("currency", "USD");
    view.put("cash", text(account.cash));
    view.put("equity", text(equity));
    view.put("last_equity", text(equity));
    view.put("portfolio_value", text(equity));
    view.put("buying_power", text(account.cash));
    view.put("options_buying_power", text(account.cash));
    view.put("options_approved_level", 2);
    view.put("options_trading_level", 2);
    view.put("trading_blocked", false);
    view.put("transfers_blocked", false);
    view.put("account_blocked", false);
    view.put("shorting_enabled", true);
    view.put("multiplier", "1");
    return view;
  }

  static Map<String, Object> fill(Account account, Account.Fill fill) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", fill.id());
    view.put("activity_type", "FILL");
    view.put("transaction_time", time(fill.at()));
    view.put("type", fill.leaves().signum() == 0 ? "fill" : "partial_fill");
    view.put("price", text(fill.price()));
    view.put("qty", text(fill.quantity()));
    view.put("side", fill.buy() ? "buy" : "sell");
    view.put("symbol", fill.symbol());
    view.put("leaves_qty", text(fill.leaves()));
    view.put("order_id", fill.orderId());
    view.put("cum_qty", text(account.orders.get(fill.orderId()).filled()));
    view.put("order_status", account.orders.get(fill.orderId()).status());
    return view;
  }

  static Map<String, Object> quote(String symbol, Quotes.Quote quote) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("t", time(quote.at()));
    view.put("bp", quote.bid());
    view.put("bs", 10);
    view.put("bx", "V");
    view.put("ap", quote.ask());
    view.put("as", 10);
    view.put("ax", "V");
    view.put("c", Symbols.isOption(symbol) ? "A" : List.of("R"));
    if (!Symbols.isOption(symbol)) {
      view.put("z", "A");
    }
    return view;
  }

  static String time(Instant moment) {
    return DateTimeFormatter.ISO_INSTANT.format(moment);
  }

  private static String time(Optional<Instant> moment) {
    return moment.map(Views::time).orElse(null);
  }

  static String text(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    return (plain.scale() < 0 ? plain.setScale(0) : plain).toPlainString();
  }

  private static String assetId(String symbol) {
    return java.util
        .UUID
        .nameUUIDFromBytes(symbol.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .toString();
  }
}
