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
import org.positionmanager.activities.broker.AccountFunds;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.Fill;
import org.positionmanager.activities.broker.HoldingValue;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
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

  /**
   * The single orders of a list; a multi-leg order, which has no symbol, counts by its legs, which
   * stand in it or beside it.
   */
  static List<JsonNode> singleOrders(JsonNode list) {
    List<JsonNode> orders = new ArrayList<>();
    for (JsonNode node : array("orders", list)) {
      boolean isSymbolless = node.path("symbol").asText("").isEmpty();
      if (isSymbolless && node.path("legs").isArray()) {
        node.path("legs").forEach(orders::add);
      } else if (!isSymbolless || !node.path("order_class").asText("").equals("mleg")) {
        orders.add(node);
      }
    }
    return orders;
  }

  /** The symbol of an entry that is neither a stock nor a contract; empty for all others. */
  static Optional<String> foreignSymbol(JsonNode node) {
    String symbol = node.path("symbol").asText("");
    return symbol.isEmpty() || instrument(symbol).isPresent()
        ? Optional.empty()
        : Optional.of(symbol);
  }

  private static Optional<Instrument> instrument(String symbol) {
    try {
      return Optional.of(Instrument.parse(symbol));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static OrderView plainOrder(JsonNode node) {
    String status = text(node, "status");
    Quantity filled = new Quantity(optional(node, "filled_qty").orElse(BigDecimal.ZERO));
    Instant submitted = submittedAt(node);
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

  static Instant submittedAt(JsonNode order) {
    return instant(
        text(order, order.path("submitted_at").isTextual() ? "submitted_at" : "created_at"));
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

  /** Each figure has to be there: one that is left out is no zero. */
  static AccountFunds funds(JsonNode node) {
    return reading(
        "account",
        () ->
            new AccountFunds(
                money(node, "equity"),
                money(node, "last_equity"),
                money(node, "cash"),
                money(node, "buying_power"),
                money(node, "long_market_value"),
                money(node, "short_market_value")));
  }

  private static Money money(JsonNode node, String field) {
    return Money.of(decimal(node, field));
  }

  static HoldingValue holdingValue(JsonNode node) {
    return reading(
        "position",
        () ->
            new HoldingValue(
                Instrument.parse(text(node, "symbol")),
                optional(node, "current_price").map(Price::new),
                optional(node, "unrealized_pl").map(Money::of)));
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
                instrument(node.path("symbol").asText("")),
                optional(node, "qty").orElse(BigDecimal.ZERO),
                optional(node, "price").map(Price::new),
                date(text(node, "date")),
                amount(node)));
  }

  /** What was canceled moved nothing. */
  private static Optional<Money> amount(JsonNode node) {
    return node.path("status").asText("").equals("canceled")
        ? Optional.of(Money.ZERO)
        : optional(node, "net_amount").map(Money::new);
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
