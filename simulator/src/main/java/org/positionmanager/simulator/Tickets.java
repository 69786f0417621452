package org.positionmanager.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes orders of what clients ask for: one, or an entry with its exits. */
final class Tickets {
  private final Recorder ids;
  private final Instant now;
  private final TradingHours hours;

  Tickets(Recorder ids, Instant now, TradingHours hours) {
    this.ids = ids;
    this.now = now;
    this.hours = hours;
  }

  /** The order asked for and after it its legs. */
  List<OrderTerms> orders(Ticket ticket, Admission.Passed passed) {
    String first = ids.newId();
    String client = ticket.clientOrderId().orElseGet(ids::newId);
    return switch (ticket.orderClass()) {
      case "oco" -> oco(ticket, passed, first, client);
      case "bracket", "oto" -> entry(ticket, passed, first, client);
      default ->
          List.of(
              terms(
                  ticket, passed, first, client, ticket.type(), ticket.prices(), OrderLinks.NONE));
    };
  }

  private List<OrderTerms> entry(
      Ticket ticket, Admission.Passed passed, String first, String client) {
    List<OrderTerms> orders = new ArrayList<>();
    orders.add(
        terms(ticket, passed, first, client, ticket.type(), ticket.prices(), OrderLinks.NONE));
    String profit = ids.newId();
    String loss = ids.newId();
    boolean both = ticket.takeProfit().isPresent() && ticket.stopLoss().isPresent();
    ticket
        .takeProfit()
        .ifPresent(
            limit ->
                orders.add(
                    exit(
                        ticket,
                        passed,
                        profit,
                        "limit",
                        OrderPrices.limit(limit),
                        first,
                        both ? loss : "")));
    ticket
        .stopLoss()
        .ifPresent(
            prices ->
                orders.add(
                    exit(
                        ticket,
                        passed,
                        loss,
                        stopType(prices),
                        prices,
                        first,
                        both ? profit : "")));
    return orders;
  }

  /** The order that takes the profit has the one that stops the loss for a leg. */
  private List<OrderTerms> oco(
      Ticket ticket, Admission.Passed passed, String first, String client) {
    String loss = ids.newId();
    OrderPrices limit = OrderPrices.limit(ticket.takeProfit().orElseThrow());
    OrderPrices stop = ticket.stopLoss().orElseThrow();
    return List.of(
        terms(
            ticket,
            passed,
            first,
            client,
            "limit",
            limit,
            new OrderLinks(Optional.empty(), Optional.of(loss), Optional.empty())),
        terms(
            ticket,
            passed,
            loss,
            ids.newId(),
            stopType(stop),
            stop,
            new OrderLinks(Optional.of(first), Optional.of(first), Optional.empty())));
  }

  private static String stopType(OrderPrices prices) {
    return prices.limit().isPresent() ? "stop_limit" : "stop";
  }

  private OrderTerms terms(
      Ticket ticket,
      Admission.Passed passed,
      String id,
      String client,
      String type,
      OrderPrices prices,
      OrderLinks links) {
    return new OrderTerms(
        id,
        client,
        ticket.symbol(),
        ticket.buy(),
        type,
        ticket.timeInForce(),
        ticket.orderClass(),
        passed.intent(),
        passed.quantity(),
        ticket.notional(),
        prices,
        ticket.extendedHours(),
        links,
        now,
        hours.expiresAt(ticket.timeInForce(), ticket.extendedHours(), now));
  }

  private OrderTerms exit(
      Ticket ticket,
      Admission.Passed passed,
      String id,
      String type,
      OrderPrices prices,
      String entry,
      String sibling) {
    return new OrderTerms(
        id,
        ids.newId(),
        ticket.symbol(),
        !ticket.buy(),
        type,
        ticket.timeInForce(),
        ticket.orderClass(),
        ticket.buy() ? "sell_to_close" : "buy_to_close",
        passed.quantity(),
        Optional.empty(),
        prices,
        false,
        new OrderLinks(
            Optional.of(entry), Optional.of(sibling).filter(it -> !it.isEmpty()), Optional.empty()),
        now,
        hours.expiresAt(ticket.timeInForce(), false, now));
  }
}
