package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.RoundingMode;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.broker.OrderPricing;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Side;

/** Exit orders in Alpaca's JSON: intent always stated, decimals as strings. */
final class OrderRequests {
  private OrderRequests() {}

  static String json(ExitOrder order) {
    Instrument instrument = order.clientOrderId().instrument();
    Side side = order.closes().closingSide();
    ObjectNode json =
        AlpacaJson.object()
            .put("symbol", instrument.symbol())
            .put("qty", order.quantity().toString())
            .put("side", side == Side.SELL ? "sell" : "buy")
            .put("time_in_force", "day")
            .put("client_order_id", order.clientOrderId().toString())
            .put("position_intent", side == Side.SELL ? "sell_to_close" : "buy_to_close");
    switch (order.pricing()) {
      case OrderPricing.Market() -> json.put("type", "market");
      case OrderPricing.Limit(Price price, boolean extended) -> {
        // Towards the market, so that rounding never makes the order less likely to fill.
        RoundingMode mode = side == Side.SELL ? RoundingMode.DOWN : RoundingMode.UP;
        Price rounded = price.roundedTo(instrument.priceIncrement(price), mode);
        json.put("type", "limit").put("limit_price", rounded.toString());
        if (extended && instrument instanceof Stock) {
          json.put("extended_hours", true);
        }
      }
    }
    return json.toString();
  }
}
