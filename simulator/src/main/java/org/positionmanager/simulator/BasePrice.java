package org.positionmanager.simulator;

import java.math.BigDecimal;
import org.positionmanager.simulator.market.ScaledPrices;

/**
 * The price that an order's exits must lie on both sides of, a cent away at least: an entry's
 * limit, or the market's price. FIELD: with these words and {@code base_price}.
 */
final class BasePrice {
  private static final BigDecimal CENT = new BigDecimal("0.01");

  private BasePrice() {}

  /**
   * Checks the exits of a bracket or an OTO, and how far a trailing stop is behind the market.
   *
   * @throws Rejection 422 with code 42210000 where an exit would be reached at once
   */
  static void check(Ticket ticket, Quotes.Quote quote) {
    checkTrail(ticket.buy(), ticket.prices(), quote);
    if (ticket.orderClass().equals("oco")) {
      return;
    }
    BigDecimal base = ticket.prices().limit().orElseGet(() -> market(quote));
    ticket
        .takeProfit()
        .ifPresent(price -> check("take_profit.limit_price", price, base, ticket.buy()));
    ticket
        .stopLoss()
        .flatMap(OrderPrices::stop)
        .ifPresent(price -> check("stop_loss.stop_price", price, base, !ticket.buy()));
  }

  private static void check(String field, BigDecimal price, BigDecimal base, boolean above) {
    boolean holds =
        above ? price.compareTo(base.add(CENT)) >= 0 : price.compareTo(base.subtract(CENT)) <= 0;
    if (!holds) {
      throw new Rejection(
              422,
              42210000,
              field + (above ? " must be >= base_price + 0.01" : " must be <= base_price - 0.01"))
          .with("base_price", Views.text(base));
    }
  }

  /** A sale that trails by more than the price would stop below nothing. */
  static void checkTrail(boolean buy, OrderPrices prices, Quotes.Quote quote) {
    if (!buy && prices.trailPrice().filter(it -> it.compareTo(quote.bid()) >= 0).isPresent()) {
      throw new Rejection(422, 42210000, "trail_price must be less than the market price")
          .with("market_price", Views.text(quote.bid()));
    }
  }

  private static BigDecimal market(Quotes.Quote quote) {
    return ScaledPrices.written(Funds.mid(quote));
  }
}
