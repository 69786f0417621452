package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What Alpaca demands of an order by itself, whatever the account holds. */
final class OrderForm {
  private static final Set<String> TYPES =
      Set.of("market", "limit", "stop", "stop_limit", "trailing_stop");
  private static final Set<String> TIMES = Set.of("day", "gtc", "opg", "cls", "ioc", "fok");
  private static final Set<String> CLASSES = Set.of("simple", "bracket", "oco", "oto");
  private static final int LONGEST_CLIENT_ORDER_ID = 128;
  private static final int FINEST_QUANTITY = 9;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private OrderForm() {}

  /**
   * Checks a ticket.
   *
   * @throws Rejection 422 with code 40010001 where a field is missing or not understood, 42210000
   *     where fields do not go together
   */
  static void check(Ticket ticket, Instant now, MarketHours hours) {
    if (!TYPES.contains(ticket.type())) {
      throw unreadable("invalid order type " + ticket.type());
    }
    if (!TIMES.contains(ticket.timeInForce())) {
      throw unreadable("invalid time_in_force " + ticket.timeInForce());
    }
    if (!CLASSES.contains(ticket.orderClass())) {
      throw unreadable("invalid order_class " + ticket.orderClass());
    }
    if (ticket.clientOrderId().filter(id -> id.length() > LONGEST_CLIENT_ORDER_ID).isPresent()) {
      throw unreadable("client_order_id must be no more than 128 characters");
    }
    checkQuantity(ticket);
    checkPrices(ticket);
    if (ticket.isOption()) {
      checkOption(ticket);
    }
    if (ticket.extendedHours()
        && !(ticket.type().equals("limit")
            && List.of("day", "gtc").contains(ticket.timeInForce()))) {
      throw refused("extended hours order must be DAY or GTC limit orders");
    }
    if (ticket.extendedHours() && !ticket.isSimple()) {
      throw refused("extended hours order must be simple orders");
    }
    if (List.of("opg", "cls").contains(ticket.timeInForce())
        && new TradingHours(hours).isTooLateForAuction(ticket.timeInForce(), now)) {
      throw refused("%s orders are not accepted at this time".formatted(ticket.timeInForce()));
    }
    checkClass(ticket);
  }

  private static void checkQuantity(Ticket ticket) {
    if (ticket.quantity().isPresent() == ticket.notional().isPresent()) {
      throw unreadable(
          ticket.quantity().isPresent()
              ? "only one of qty or notional is accepted"
              : "qty or notional is required");
    }
    if (ticket.quantity().filter(it -> it.signum() <= 0).isPresent()) {
      throw unreadable("qty must be > 0");
    }
    if (ticket.notional().filter(it -> it.signum() <= 0).isPresent()) {
      throw unreadable("notional must be > 0");
    }
    if (ticket.notional().isPresent()) {
      if (ticket.isOption() || !ticket.timeInForce().equals("day") || !ticket.isSimple()) {
        throw refused("notional orders must be simple DAY orders of equities");
      }
      if (!ticket.type().equals("market")) {
        throw refused("notional orders must be market orders");
      }
      return;
    }
    BigDecimal quantity = ticket.quantity().orElseThrow().stripTrailingZeros();
    if (quantity.scale() > 0) {
      if (ticket.isOption()) {
        throw refused("qty must be integer for options");
      }
      if (quantity.scale() > FINEST_QUANTITY) {
        throw unreadable("qty must have no more than 9 decimal places");
      }
      if (!ticket.timeInForce().equals("day")) {
        throw refused("fractional orders must be DAY orders");
      }
      if (!ticket.isSimple()) {
        throw refused("fractional orders must be simple orders");
      }
    }
  }

  private static void checkPrices(Ticket ticket) {
    OrderPrices prices = ticket.prices();
    prices.limit().ifPresent(price -> checkIncrement("limit_price", price));
    prices.stop().ifPresent(price -> checkIncrement("stop_price", price));
    ticket.takeProfit().ifPresent(price -> checkIncrement("take_profit.limit_price", price));
    ticket
        .stopLoss()
        .ifPresent(
            loss -> {
              loss.stop().ifPresent(price -> checkIncrement("stop_loss.stop_price", price));
              loss.limit().ifPresent(price -> checkIncrement("stop_loss.limit_price", price));
            });
    boolean wantsLimit = ticket.type().equals("limit") || ticket.type().equals("stop_limit");
    boolean isOco = ticket.orderClass().equals("oco");
    if (wantsLimit && prices.limit().isEmpty() && !isOco) {
      throw unreadable(ticket.type() + " orders require a limit price");
    }
    if (!wantsLimit && prices.limit().isPresent()) {
      throw unreadable(ticket.type() + " orders must not have a limit price");
    }
    boolean wantsStop = ticket.type().equals("stop") || ticket.type().equals("stop_limit");
    if (wantsStop && prices.stop().isEmpty()) {
      throw unreadable(ticket.type() + " orders require a stop price");
    }
    if (!wantsStop && prices.stop().isPresent()) {
      throw unreadable(ticket.type() + " orders must not have a stop price");
    }
    boolean trails = prices.trailPrice().isPresent() || prices.trailPercent().isPresent();
    if (ticket.type().equals("trailing_stop")
        && prices.trailPrice().isPresent() == prices.trailPercent().isPresent()) {
      throw unreadable("trailing stop orders require one of trail_price or trail_percent");
    }
    if (trails && !ticket.type().equals("trailing_stop")) {
      throw unreadable(ticket.type() + " orders must not have a trail");
    }
    prices.trailPrice().ifPresent(OrderForm::checkTrailPrice);
    if (prices.trailPercent().filter(it -> !isShare(it)).isPresent()) {
      throw unreadable("trail_percent must be > 0 and < 100");
    }
  }

  private static void checkTrailPrice(BigDecimal dollars) {
    if (dollars.signum() <= 0) {
      throw unreadable("trail_price must be > 0");
    }
  }

  /** A stop that trails by all of the price or more is never reached. */
  private static boolean isShare(BigDecimal percent) {
    return percent.signum() > 0 && percent.compareTo(HUNDRED) < 0;
  }

  /** A cent from a dollar on, a hundredth of a cent below (Alpaca's page on orders). */
  static void checkIncrement(String field, BigDecimal price) {
    if (price.signum() <= 0) {
      throw unreadable(field + " must be > 0");
    }
    int decimals = price.compareTo(BigDecimal.ONE) >= 0 ? 2 : 4;
    if (price.stripTrailingZeros().scale() > decimals) {
      throw refused(
          "invalid %s %s. sub-penny increment does not fulfill minimum pricing criteria"
              .formatted(field, price.toPlainString()));
    }
  }

  private static void checkOption(Ticket ticket) {
    if (!ticket.isSimple()) {
      throw refused("complex orders not supported for options trading");
    }
    if (ticket.type().equals("trailing_stop")) {
      throw refused("trailing_stop orders not supported for options trading");
    }
    if (!List.of("day", "gtc").contains(ticket.timeInForce())) {
      throw refused("order_time_in_force provided not supported for options trading");
    }
    if (ticket.extendedHours()) {
      throw refused("extended hours not supported for options trading");
    }
  }

  private static void checkClass(Ticket ticket) {
    boolean profit = ticket.takeProfit().isPresent();
    boolean loss = ticket.stopLoss().flatMap(OrderPrices::stop).isPresent();
    switch (ticket.orderClass()) {
      case "simple" -> {
        if (profit || ticket.stopLoss().isPresent()) {
          throw refused("order_class must be bracket, oco or oto to have exits");
        }
        return;
      }
      case "bracket" -> require(profit && loss, "bracket orders require take_profit and stop_loss");
      case "oco" -> require(profit && loss, "oco orders require take_profit and stop_loss");
      default -> require(profit != loss, "oto orders require either take_profit or stop_loss");
    }
    if (!List.of("day", "gtc").contains(ticket.timeInForce())) {
      throw refused("complex orders must be DAY or GTC orders");
    }
    if (ticket.orderClass().equals("oco") && !ticket.type().equals("limit")) {
      throw refused("oco orders must be entered as limit orders");
    }
    if (!List.of("market", "limit").contains(ticket.type())) {
      // FIELD: with this code
      throw unreadable(ticket.orderClass() + " orders must be market or limit orders");
    }
    if (profit && loss) {
      BigDecimal above = ticket.takeProfit().get();
      BigDecimal below = ticket.stopLoss().get().stop().get();
      boolean exitsBySelling = ticket.orderClass().equals("oco") != ticket.buy();
      int order = above.compareTo(below);
      require(
          exitsBySelling ? order > 0 : order < 0,
          exitsBySelling
              ? "take_profit.limit_price must be > stop_loss.stop_price"
              : "take_profit.limit_price must be < stop_loss.stop_price");
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw refused(message);
    }
  }

  private static Rejection unreadable(String message) {
    return new Rejection(422, 40010001, message);
  }

  private static Rejection refused(String message) {
    return new Rejection(422, 42210000, message);
  }
}
