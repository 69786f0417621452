package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
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
        json.put("type", "limit").put("limit_price", rounded(price, instrument, side).toString());
        if (extended && instrument instanceof Stock) {
          json.put("extended_hours", true);
        }
      }
    }
    return json.toString();
  }

  /**
   * Towards the market, so that rounding never makes the order less likely to fill; not below the
   * least price there is, since nobody can ask for nothing.
   */
  private static Price rounded(Price price, Instrument instrument, Side side) {
    BigDecimal increment = instrument.priceIncrement(price);
    Price rounded =
        price.roundedTo(increment, side == Side.SELL ? RoundingMode.DOWN : RoundingMode.UP);
    return rounded.isZero() ? new Price(increment) : rounded;
  }
}
