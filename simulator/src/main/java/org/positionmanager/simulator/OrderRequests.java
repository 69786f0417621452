package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.positionmanager.simulator.market.Decimals;

/** Reads the bodies of orders: numbers or strings, nulls or nothing. */
final class OrderRequests {
  /** Of Alpaca's specification: CreateOrderRequest, legs. */
  private static final int MOST_LEGS = 4;

  private static final int SPREADS_LEVEL = 3;

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
    String side = text(body, "side").map(it -> it.toLowerCase(Locale.ROOT)).orElse("");
    if (!side.equals("buy") && !side.equals("sell")) {
      throw new Rejection(422, 40010001, "side must be buy or sell");
    }
    String symbol = required(body, "symbol");
    JsonNode loss = body.path("stop_loss");
    return new Ticket(
        assets.symbol(symbol).orElse(symbol),
        side.equals("buy"),
        number(body, "qty"),
        number(body, "notional"),
        required(body, "type"),
        required(body, "time_in_force"),
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

  /**
   * Refuses orders of several options at once: they are not simulated.
   *
   * @throws Rejection 422 with code 40010001 where the legs make no sense, 403 where the account
   *     may not trade spreads, else 422 with code 42210000
   */
  static void refuseMultiLeg(Account account, JsonNode body) {
    if (text(body, "order_class").filter("mleg"::equals).isEmpty()) {
      return;
    }
    int legs = body.path("legs").size();
    if (legs < 2 || legs > MOST_LEGS) {
      throw new Rejection(422, 40010001, "mleg orders require 2 to 4 legs, got " + legs);
    }
    if (account.settings.optionsLevel() < SPREADS_LEVEL) {
      throw new Rejection(403, 40310000, "account not eligible to trade multi-leg options orders");
    }
    throw new Rejection(422, 42210000, "multi-leg orders are not simulated");
  }

  private static Optional<String> text(JsonNode body, String field) {
    JsonNode value = body.path(field);
    return value.isNull()
        ? Optional.empty()
        : Optional.of(value.asText("")).filter(it -> !it.isEmpty());
  }

  private static String required(JsonNode body, String field) {
    return text(body, field)
        .orElseThrow(() -> new Rejection(422, 40010001, field + " is required"));
  }

  private static boolean flag(JsonNode body, String field) {
    return text(body, field).filter("true"::equalsIgnoreCase).isPresent();
  }

  private static Optional<BigDecimal> number(JsonNode body, String field) {
    return text(body, field)
        .map(
            it ->
                Decimals.of(it)
                    .orElseThrow(() -> new Rejection(422, 40010001, field + " must be a number")));
  }
}
