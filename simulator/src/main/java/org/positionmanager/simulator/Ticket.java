package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a client asks for: one order, perhaps with exits.
 *
 * @param quantity shares or contracts; absent where a notional is given
 * @param notional dollars to spend
 * @param takeProfit the limit of the exit with a profit, dollars a share
 * @param stopLoss where the exit with a loss stops, and the limit it then has
 */
record Ticket(
    String symbol,
    boolean buy,
    Optional<BigDecimal> quantity,
    Optional<BigDecimal> notional,
    String type,
    String timeInForce,
    String orderClass,
    Optional<String> clientOrderId,
    Optional<String> intent,
    OrderPrices prices,
    boolean extendedHours,
    Optional<BigDecimal> takeProfit,
    Optional<OrderPrices> stopLoss) {

  /** An order that closes what is held at the market's price. */
  static Ticket closing(String symbol, boolean buy, BigDecimal quantity) {
    return new Ticket(
        symbol,
        buy,
        Optional.of(quantity),
        Optional.empty(),
        "market",
        "day",
        "simple",
        Optional.empty(),
        Optional.of(buy ? "buy_to_close" : "sell_to_close"),
        OrderPrices.NONE,
        false,
        Optional.empty(),
        Optional.empty());
  }

  boolean isOption() {
    return Symbols.isOption(symbol);
  }

  boolean isSimple() {
    return orderClass.equals("simple");
  }
}
