package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** Reads the bodies of orders: numbers or strings, nulls or nothing. */
final class OrderRequests {
  private OrderRequests() {}

  /**
   * Reads a new order.
   *
   * @param assets find the symbol where an asset's id is given
   */
  static Ticket ticket(JsonNode body, Assets assets) {
    if (!body.isObject()) {
      throw new Rejection(400, 40010000, "request body format is invalid");
    }
    if (text(body, "order_class").filter("mleg"::equals).isPresent()) {
      throw new Rejection(422, 42210000, "multi-leg orders are not simulated");
    }
    String side = text(body, "side").map(it -> it.toLowerCase(Locale.ROOT)).orElse("");
    if (!side.equals("buy") && !side.equals("sell")) {
      throw new Rejection(422, 40010001, "side must be buy or sell");
    }
    String symbol =
        text(body, "symbol").orElseThrow(() -> new Rejection(422, 40010001, "symbol is required"));
    JsonNode loss = body.path("stop_loss");
    return new Ticket(
        assets.symbol(symbol).orElse(symbol),
        side.equals("buy"),
        number(body, "qty"),
        number(body, "notional"),
        text(body, "type").orElse("market"),
        text(body, "time_in_force").orElse("day"),
        text(body, "order_class").orElse("simple"),
        text(body, "client_order_id"),
        text(body, "position_intent"),
        new OrderPrices(
            number(body, "limit_price"),
            number(body, "stop_price"),
            number(body, "trail_price"),
            number(body, "trail_percent")),
        flag(body, "extended_hours"),
        number(body.path("take_profit"), "limit_price"),
        Optional.of(
                new OrderPrices(
                    number(loss, "limit_price"),
                    number(loss, "stop_price"),
                    Optional.empty(),
                    Optional.empty()))
            .filter(it -> !it.equals(OrderPrices.NONE)));
  }

  /** Reads what an order is to be replaced with. */
  static Replacement replacement(JsonNode body) {
    if (!body.isObject()) {
      throw new Rejection(400, 40010000, "request body format is invalid");
    }
    return new Replacement(
        number(body, "qty"),
        text(body, "time_in_force"),
        number(body, "limit_price"),
        number(body, "stop_price"),
        number(body, "trail"),
        text(body, "client_order_id"));
  }

  private static Optional<String> text(JsonNode body, String field) {
    JsonNode value = body.path(field);
    return value.isNull()
        ? Optional.empty()
        : Optional.of(value.asText("")).filter(it -> !it.isEmpty());
  }

  private static boolean flag(JsonNode body, String field) {
    return text(body, field).filter("true"::equalsIgnoreCase).isPresent();
  }

  private static Optional<BigDecimal> number(JsonNode body, String field) {
    return text(body, field)
        .map(
            it -> {
              try {
                return new BigDecimal(it);
              } catch (NumberFormatException e) {
                throw new Rejection(422, 40010001, field + " must be a number");
              }
            });
  }
}
