package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Refuses orders of one account that could trade with each other (Alpaca's page on user
 * protection). Orders of complex classes are exempt, as the message says. FIELD: a stop counts as
 * the market order that it becomes, however far it is from its price; a stop limit as its limit.
 */
final class WashTrades {
  private WashTrades() {}

  /**
   * Checks a ticket against the open orders.
   *
   * @param intent of the ticket
   * @throws Rejection 403 where it is against an open one
   */
  static void check(Account account, Ticket ticket, String intent) {
    for (Order order : account.openOrders()) {
      if (!order.terms.symbol().equals(ticket.symbol()) || order.terms.buy() == ticket.buy()) {
        continue;
      }
      if (!intent.endsWith("_to_close") && !order.closes()) {
        throw new Rejection(
            403,
            40310000,
            ticket.buy()
                ? "cannot open a long buy while a short sell order is open"
                : "cannot open a short sell while a long buy order is open");
      }
      boolean isExempt = !ticket.isSimple() || !order.terms.orderClass().equals("simple");
      if (account.settings.washTradeCheck() && !isExempt && couldTrade(ticket, order)) {
        throw new Rejection(403, 40310000, "potential wash trade detected. use complex orders")
            .with("existing_order_id", order.terms.id())
            .with("reject_reason", reason(order));
      }
    }
  }

  private static String reason(Order order) {
    return order.terms.limit().isEmpty()
        ? "opposite side market/stop order exists"
        : "opposite side limit order exists. use complex/limit/stop_limit orders";
  }

  private static boolean couldTrade(Ticket ticket, Order order) {
    Optional<BigDecimal> mine = ticket.prices().limit();
    Optional<BigDecimal> theirs = order.terms.limit();
    if (mine.isEmpty() || theirs.isEmpty()) {
      return true;
    }
    int difference = mine.get().compareTo(theirs.get());
    return ticket.buy() ? difference >= 0 : difference <= 0;
  }
}
