package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Orders as clients might send them: mostly sensible, sometimes anything. */
final class RandomOrders {
  static final List<String> SYMBOLS =
      List.of("DE", "WMT", "PENNY", Scenarios.PUT, Scenarios.CALL, "NOW");
  private static final List<String> TYPES =
      List.of("market", "limit", "stop", "stop_limit", "trailing_stop", "market", "limit");
  private static final List<String> TIMES =
      List.of("day", "gtc", "day", "ioc", "fok", "day", "opg", "cls");
  private static final List<String> CLASSES =
      List.of("simple", "simple", "simple", "bracket", "oco", "oto");

  private final Exchange exchange;

  RandomOrders(Exchange exchange) {
    this.exchange = exchange;
  }

  ObjectNode order(Account account, RandomDay.Act act) {
    String symbol = SYMBOLS.get(act.a() % SYMBOLS.size());
    int held = account.held(symbol).signum();
    // mostly something that could be meant, sometimes anything at all
    boolean wild = act.kind() / 20 % 5 == 0;
    boolean buy = held == 0 || wild ? act.b() % 5 < 3 : act.b() % 2 == 0;
    ObjectNode order = JsonNodeFactory.instance.objectNode();
    order.put("symbol", symbol);
    order.put("side", buy ? "buy" : "sell");
    String type = TYPES.get(act.b() / 7 % TYPES.size());
    boolean isOption = Symbols.isOption(symbol);
    String orderClass = isOption && !wild ? "simple" : CLASSES.get(act.c() / 11 % CLASSES.size());
    if (orderClass.equals("oco") && held != 0) {
      buy = held < 0;
      order.put("side", buy ? "buy" : "sell");
    }
    boolean plain = !wild && (isOption || !orderClass.equals("simple") || act.c() % 4 > 0);
    order.put("time_in_force", TIMES.get(act.c() / 5 % (plain ? 2 : TIMES.size())));
    if (act.c() % 9 == 0 && !plain) {
      order.put("notional", "" + (1 + act.c() % 400));
    } else {
      order.put("qty", act.c() % 13 == 0 && !plain ? "1.5" : "" + (1 + act.c() % 7));
    }
    BigDecimal price = price(exchange, symbol, act.c() % 7 - 3);
    order.put("type", orderClass.equals("oco") ? "limit" : type);
    if (type.contains("limit") && !orderClass.equals("oco")) {
      order.put("limit_price", price);
    }
    if (type.startsWith("stop") && !orderClass.equals("oco")) {
      order.put("stop_price", price(exchange, symbol, act.b() % 5 - 2));
    }
    if (type.equals("trailing_stop") && !orderClass.equals("oco")) {
      order.put("trail_percent", "" + (1 + act.b() % 3));
    }
    if (!orderClass.equals("simple")) {
      order.put("order_class", orderClass);
      boolean sells = buy != orderClass.equals("oco");
      if (!orderClass.equals("oto") || act.b() % 2 == 0) {
        order.putObject("take_profit").put("limit_price", price(exchange, symbol, sells ? 2 : -2));
      }
      if (!orderClass.equals("oto") || act.b() % 2 == 1) {
        order.putObject("stop_loss").put("stop_price", price(exchange, symbol, sells ? -2 : 2));
      }
    }
    if (act.b() % 4 == 0) {
      order.put("client_order_id", "id-" + act.c() % 50);
    }
    order.put("extended_hours", act.b() % 11 == 0 && !plain);
    return order;
  }

  /** So many percent above a symbol's mid. */
  static BigDecimal price(Exchange exchange, String symbol, int percent) {
    BigDecimal mid =
        exchange.quotes().at(symbol, exchange.clock().now()).map(Funds::mid).orElse(BigDecimal.TEN);
    return mid.multiply(BigDecimal.valueOf(100 + percent))
        .movePointLeft(2)
        .setScale(2, RoundingMode.HALF_UP);
  }
}
