package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
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
    OrderTerms terms = order.terms;
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", terms.id());
    view.put("client_order_id", terms.clientOrderId());
    view.put("created_at", time(terms.submittedAt()));
    view.put("updated_at", time(order.updatedAt()));
    view.put("submitted_at", time(terms.submittedAt()));
    view.put("filled_at", time(order.filledAt()));
    view.put("expired_at", time(order.expiredAt()));
    view.put("expires_at", time(terms.expiresAt()));
    view.put("canceled_at", time(order.canceledAt()));
    view.put("failed_at", time(order.failedAt()));
    view.put("replaced_at", time(order.replacedAt()));
    view.put("replaced_by", order.replacedBy().orElse(null));
    view.put("replaces", terms.links().replaces().orElse(null));
    view.put("asset_id", Assets.id(terms.symbol()));
    view.put("symbol", terms.symbol());
    view.put("asset_class", Assets.assetClass(terms.symbol()));
    view.put("notional", text(terms.notional()));
    view.put("qty", terms.notional().isPresent() ? null : text(order.quantity()));
    view.put("filled_qty", text(order.filled()));
    view.put("filled_avg_price", text(order.averagePrice()));
    view.put("order_class", terms.orderClass());
    view.put("order_type", terms.type());
    view.put("type", terms.type());
    view.put("side", terms.buy() ? "buy" : "sell");
    view.put("position_intent", terms.intent());
    view.put("time_in_force", terms.timeInForce());
    view.put("limit_price", text(terms.limit()));
    view.put("stop_price", text(order.stop()));
    view.put("status", order.status());
    view.put("extended_hours", terms.extendedHours());
    view.put("legs", null);
    view.put("trail_percent", text(terms.prices().trailPercent()));
    view.put("trail_price", text(terms.prices().trailPrice()));
    view.put("hwm", text(order.highWater()));
    view.put("ratio_qty", null);
    return view;
  }

  static Map<String, Object> fill(Account.Fill fill) {
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
    view.put("cum_qty", text(fill.cumulative()));
    // what the fill made of the order, not what became of it since
    view.put("order_status", fill.leaves().signum() == 0 ? "filled" : "partially_filled");
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

  /** Dollars to a hundredth of a cent, as fractions of shares leave them. */
  static String money(BigDecimal dollars) {
    return text(dollars.setScale(Math.min(4, Math.max(0, dollars.scale())), RoundingMode.HALF_UP));
  }

  static String text(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    return (plain.scale() < 0 ? plain.setScale(0) : plain).toPlainString();
  }

  private static String text(Optional<BigDecimal> value) {
    return value.map(Views::text).orElse(null);
  }
}
