package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.positionmanager.activities.broker.AccountActivity;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.Fill;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/** Alpaca's JSON read into exact decimals. Whatever is missing or odd throws UNREADABLE. */
final class AlpacaJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private AlpacaJson() {}

  static Optional<JsonNode> read(String body) {
    try {
      JsonNode node = MAPPER.readTree(body);
      return Optional.ofNullable(node).filter(JsonNode::isContainerNode);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static OrderView order(JsonNode node) {
    return reading("order", () -> plainOrder(node));
  }

  /** Orders of a list; a multi-leg order, which has no symbol, counts by its legs. */
  static List<OrderView> orders(JsonNode list) {
    List<OrderView> orders = new ArrayList<>();
    for (JsonNode node : array("orders", list)) {
      if (node.path("symbol").asText("").isEmpty() && node.path("legs").isArray()) {
        node.path("legs").forEach(leg -> orders.add(order(leg)));
      } else {
        orders.add(order(node));
      }
    }
    return orders;
  }

  private static OrderView plainOrder(JsonNode node) {
    String status = text(node, "status");
    Quantity filled = new Quantity(optional(node, "filled_qty").orElse(BigDecimal.ZERO));
    Instant submitted =
        instant(text(node, node.path("submitted_at").isTextual() ? "submitted_at" : "created_at"));
    String changed = node.path("filled_at").isTextual() ? "filled_at" : "updated_at";
    return new OrderView(
        new BrokerOrderId(text(node, "id")),
        node.path("client_order_id").asText(""),
        Instrument.parse(text(node, "symbol")),
        side(text(node, "side")),
        status(status),
        status,
        optional(node, "qty").map(Quantity::new).orElse(filled),
        filled,
        optional(node, "filled_avg_price").map(Price::new),
        submitted,
        node.path(changed).isTextual() ? instant(text(node, changed)) : submitted);
  }

  /** An unknown word is an order that may still fill: never taken for an end. */
  static OrderStatus status(String word) {
    return switch (word) {
      case "partially_filled" -> OrderStatus.PARTIALLY_FILLED;
      case "filled" -> OrderStatus.FILLED;
      case "canceled" -> OrderStatus.CANCELED;
      case "expired" -> OrderStatus.EXPIRED;
      case "rejected" -> OrderStatus.REJECTED;
      case "replaced" -> OrderStatus.REPLACED;
      default -> OrderStatus.WORKING;
    };
  }

  static Holding holding(JsonNode node) {
    return reading(
        "position",
        () -> {
          BigDecimal quantity = decimal(node, "qty");
          boolean isShort = node.path("side").asText("").equals("short") || quantity.signum() < 0;
          return new Holding(
              Instrument.parse(text(node, "symbol")),
              isShort ? Direction.SHORT : Direction.LONG,
              new Quantity(quantity.abs()),
              new Quantity(optional(node, "qty_available").orElse(quantity).abs()),
              new Price(decimal(node, "avg_entry_price").abs()));
        });
  }

  static Fill fill(JsonNode node) {
    return reading(
        "fill",
        () ->
            new Fill(
                text(node, "id"),
                new BrokerOrderId(text(node, "order_id")),
                Instrument.parse(text(node, "symbol")),
                side(text(node, "side")),
                new Quantity(decimal(node, "qty").abs()),
                new Price(decimal(node, "price")),
                instant(text(node, "transaction_time"))));
  }

  static AccountActivity activity(JsonNode node) {
    return reading(
        "activity",
        () ->
            new AccountActivity(
                text(node, "id"),
                text(node, "activity_type"),
                Optional.of(node.path("symbol").asText(""))
                    .filter(symbol -> !symbol.isEmpty())
                    .map(Instrument::parse),
                optional(node, "qty").orElse(BigDecimal.ZERO),
                optional(node, "price").map(Price::new),
                date(text(node, "date"))));
  }

  /** Described as a date and time, sent as a date. */
  private static LocalDate date(String text) {
    return text.contains("T") ? OffsetDateTime.parse(text).toLocalDate() : LocalDate.parse(text);
  }

  static JsonNode array(String what, JsonNode node) {
    if (!node.isArray()) {
      throw new BrokerException(BrokerException.Kind.UNREADABLE, what + ": not a list");
    }
    return node;
  }

  static <T> T reading(String what, Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new BrokerException(
          BrokerException.Kind.UNREADABLE, what + ": " + e.getMessage(), Optional.empty(), e);
    }
  }

  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual() || value.asText().isEmpty()) {
      throw new IllegalArgumentException("no " + field);
    }
    return value.asText();
  }

  static BigDecimal decimal(JsonNode node, String field) {
    return optional(node, field).orElseThrow(() -> new IllegalArgumentException("no " + field));
  }

  /** A JSON string or number, exact either way. */
  static Optional<BigDecimal> optional(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isNumber()) {
      return Optional.of(value.decimalValue());
    }
    return value.isTextual() && !value.asText().isEmpty()
        ? Optional.of(new BigDecimal(value.asText()))
        : Optional.empty();
  }

  static Instant instant(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  /** Also reads {@code sell_short} and the like, which activities use. */
  private static Side side(String word) {
    return switch (word) {
      case "buy", "buy_minus" -> Side.BUY;
      case "sell", "sell_short", "sell_plus", "sell_short_exempt" -> Side.SELL;
      default -> throw new IllegalArgumentException("unknown side " + word);
    };
  }
}
