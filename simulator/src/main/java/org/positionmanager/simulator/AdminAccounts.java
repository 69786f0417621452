package org.positionmanager.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.util.Map;
import org.positionmanager.simulator.market.Decimals;

/** What people and tests do to accounts: settings, assignments, splits, new symbols, fills. */
final class AdminAccounts {
  private final Exchange exchange;
  private final ObjectMapper json = SimulatorCommand.mapper();

  AdminAccounts(Exchange exchange) {
    this.exchange = exchange;
  }

  Object settings(Context request) {
    return json.valueToTree(exchange.account(request.pathParam("name")).granted());
  }

  /** Changes the settings that are given; see {@link AccountSettings}. */
  Object configure(Context request) {
    JsonNode body = request.bodyAsClass(JsonNode.class);
    synchronized (exchange) {
      exchange.match();
      Account account = exchange.account(request.pathParam("name"));
      ObjectNode merged = json.valueToTree(account.granted());
      body.properties().forEach(field -> merged.set(field.getKey(), field.getValue()));
      AccountSettings settings;
      try {
        settings = json.treeToValue(merged, AccountSettings.class);
      } catch (JsonProcessingException e) {
        throw new Rejection(400, 0, e.getOriginalMessage().lines().findFirst().orElse("invalid"));
      }
      exchange.record(new Happening.Configured(account.name, settings));
      exchange.match();
      return json.valueToTree(settings);
    }
  }

  Object holdFills(Context request) {
    Account account = exchange.account(request.pathParam("name"));
    synchronized (exchange) {
      exchange.match();
      exchange.record(
          new Happening.FillsHeld(
              account.name, request.bodyAsClass(JsonNode.class).path("hold").asBoolean(true)));
      exchange.match();
    }
    return Map.of();
  }

  /** Lets the buyer of short options exercise: {"symbol", "qty"}. */
  Object assign(Context request) {
    JsonNode body = request.bodyAsClass(JsonNode.class);
    synchronized (exchange) {
      exchange.match();
      exchange
          .options()
          .assign(
              exchange.account(request.pathParam("name")),
              body.path("symbol").asText(),
              number(body, "qty"),
              exchange.clock().now());
    }
    return Map.of();
  }

  /** Splits a share in all accounts: {"symbol", "new": 4, "old": 1}. */
  Object split(Context request) {
    JsonNode body = request.bodyAsClass(JsonNode.class);
    exchange.split(body.path("symbol").asText(), number(body, "new"), number(body, "old"));
    return Map.of();
  }

  /** Gives a share another symbol in all accounts: {"symbol", "to"}. */
  Object rename(Context request) {
    JsonNode body = request.bodyAsClass(JsonNode.class);
    exchange.rename(body.path("symbol").asText(), body.path("to").asText());
    return Map.of();
  }

  /** Fills part of an order by hand, at a price. */
  Object fill(Context request) {
    JsonNode body = request.bodyAsClass(JsonNode.class);
    synchronized (exchange) {
      exchange.match();
      Account account = exchange.account(body.path("account").asText());
      Order order = account.order(body.path("orderId").asText());
      exchange.fill(account, order, number(body, "qty"), number(body, "price"));
      return Views.order(order);
    }
  }

  /**
   * A number of a body.
   *
   * @throws Rejection 400 that names the field
   */
  static BigDecimal number(JsonNode body, String field) {
    return Decimals.of(body.path(field).asText())
        .orElseThrow(
            () ->
                new Rejection(
                    400, 0, "the request cannot be read: " + field + " must be a number"));
  }
}
