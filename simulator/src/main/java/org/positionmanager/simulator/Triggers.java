package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.util.Optional;

/** At which prices orders trade. */
final class Triggers {
  private Triggers() {}

  /** What the market asks or bids an order. */
  static BigDecimal facing(Order order, Quotes.Quote quote) {
    return order.terms.buy() ? quote.ask() : quote.bid();
  }

  /** The new high (for a buy: low) water mark of a trailing stop; empty where it stays. */
  static Optional<BigDecimal> newMark(Order order, Quotes.Quote quote) {
    if (!order.terms.type().equals("trailing_stop") || order.isTriggered()) {
      return Optional.empty();
    }
    BigDecimal price = facing(order, quote);
    return Optional.of(price)
        .filter(
            it ->
                order
                    .highWater()
                    .map(
                        mark -> order.terms.buy() ? it.compareTo(mark) < 0 : it.compareTo(mark) > 0)
                    .orElse(true));
  }

  /** Whether the market has reached a stop that was not touched before. */
  static boolean touches(Order order, Quotes.Quote quote) {
    if (!order.terms.type().contains("stop") || order.isTriggered() || order.stop().isEmpty()) {
      return false;
    }
    int difference = facing(order, quote).compareTo(order.stop().get());
    return order.terms.buy() ? difference >= 0 : difference <= 0;
  }

  /** The price at which an order trades now; empty where it waits. */
  static Optional<BigDecimal> price(Order order, Quotes.Quote quote) {
    BigDecimal price = facing(order, quote);
    boolean stops = order.terms.type().contains("stop");
    if (stops && !order.isTriggered()) {
      return Optional.empty();
    }
    return Optional.of(price)
        .filter(
            it ->
                limit(order)
                    .map(
                        limit ->
                            order.terms.buy() ? it.compareTo(limit) <= 0 : it.compareTo(limit) >= 0)
                    .orElse(true));
  }

  /** A buy stop becomes a limit a little above its stop, a sell stop a market order. */
  private static Optional<BigDecimal> limit(Order order) {
    if (order.terms.type().equals("stop") && order.terms.buy()) {
      return order.terms.stop().map(stop -> stop.multiply(Funds.collar(stop)));
    }
    return order.terms.limit();
  }
}
