package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.live.OrderEvent;
import org.positionmanager.activities.live.OrderUpdate;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Alpaca's {@code trade_updates} read into values (DOC: websocket streaming, trade updates). */
final class OrderUpdateJson {
  private OrderUpdateJson() {}

  /**
   * Reads the {@code data} of an update. An update of a multi-leg order is one of each leg; what is
   * neither a stock nor a contract gives none.
   *
   * @throws BrokerException of kind UNREADABLE where it lacks what it must have
   */
  static List<OrderUpdate> read(JsonNode data, long arrivedAtNanos) {
    return AlpacaJson.reading(
        "trade_update",
        () -> {
          List<JsonNode> orders =
              AlpacaJson.singleOrders(AlpacaJson.object().arrayNode().add(data.path("order")));
          List<OrderUpdate> updates = new ArrayList<>();
          for (JsonNode order : orders) {
            if (AlpacaJson.foreignSymbol(order).isEmpty()) {
              boolean whole = order == data.path("order");
              updates.add(update(data, AlpacaJson.order(order), whole, arrivedAtNanos));
            }
          }
          return updates;
        });
  }

  private static OrderUpdate update(JsonNode data, OrderView order, boolean whole, long arrived) {
    String word = AlpacaJson.text(data, "event");
    return new OrderUpdate(
        event(word),
        word,
        order,
        whole ? execution(data) : Optional.empty(),
        data.path("execution_id").asText(""),
        at(data, order),
        arrived);
  }

  private static Instant at(JsonNode data, OrderView order) {
    return data.path("timestamp").isTextual()
        ? AlpacaJson.instant(AlpacaJson.text(data, "timestamp"))
        : order.updatedAt();
  }

  /** The price of a fill of a multi-leg order is the package's, not a leg's. */
  private static Optional<OrderUpdate.Execution> execution(JsonNode data) {
    if (AlpacaJson.optional(data, "price").isEmpty()
        || AlpacaJson.optional(data, "qty").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new OrderUpdate.Execution(
            new Price(AlpacaJson.decimal(data, "price")),
            new Quantity(AlpacaJson.decimal(data, "qty").abs()),
            AlpacaJson.optional(data, "position_qty")));
  }

  static OrderEvent event(String word) {
    return switch (word) {
      case "new" -> OrderEvent.NEW;
      case "accepted" -> OrderEvent.ACCEPTED;
      case "pending_new" -> OrderEvent.PENDING_NEW;
      case "partial_fill" -> OrderEvent.PARTIAL_FILL;
      case "fill" -> OrderEvent.FILL;
      case "canceled" -> OrderEvent.CANCELED;
      case "pending_cancel" -> OrderEvent.PENDING_CANCEL;
      case "order_cancel_rejected" -> OrderEvent.CANCEL_REJECTED;
      case "expired" -> OrderEvent.EXPIRED;
      case "done_for_day" -> OrderEvent.DONE_FOR_DAY;
      case "replaced" -> OrderEvent.REPLACED;
      case "pending_replace" -> OrderEvent.PENDING_REPLACE;
      case "order_replace_rejected" -> OrderEvent.REPLACE_REJECTED;
      case "rejected" -> OrderEvent.REJECTED;
      case "calculated" -> OrderEvent.CALCULATED;
      case "stopped" -> OrderEvent.STOPPED;
      case "suspended" -> OrderEvent.SUSPENDED;
      case "held" -> OrderEvent.HELD;
      case "restated" -> OrderEvent.RESTATED;
      case "trade_bust" -> OrderEvent.TRADE_BUST;
      case "trade_correct" -> OrderEvent.TRADE_CORRECT;
      default -> OrderEvent.OTHER;
    };
  }
}
