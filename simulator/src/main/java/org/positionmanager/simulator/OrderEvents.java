package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.positionmanager.simulator.stream.TradeUpdates;

/** Tells the trading stream what happens to orders. Called under the exchange's lock. */
final class OrderEvents implements Consumer<Happening> {
  private final Exchange exchange;
  private final TradeUpdates stream;

  OrderEvents(Exchange exchange, TradeUpdates stream) {
    this.exchange = exchange;
    this.stream = stream;
  }

  @Override
  public void accept(Happening happening) {
    switch (happening) {
      case Happening.Accepted it ->
          tell(it.account(), it.order().id(), it.order().submittedAt(), Optional.empty());
      case Happening.Became it -> tell(it.account(), it.orderId(), it.at(), Optional.empty());
      case Happening.Replaced it -> tell(it.account(), it.orderId(), it.at(), Optional.empty());
      case Happening.Filled it -> tell(it.account(), it.orderId(), it.at(), Optional.of(it));
      case Happening.TooLate it ->
          tell(
              it.account(),
              exchange.account(it.account()).order(it.orderId()),
              it.event(),
              it.at(),
              Optional.empty());
      default -> {
        // nothing that an account's clients are told of
      }
    }
  }

  private void tell(
      String accountName, String orderId, Instant at, Optional<Happening.Filled> fill) {
    Order order = exchange.account(accountName).order(orderId);
    tell(accountName, order, event(order, fill.isPresent()), at, fill);
  }

  private void tell(
      String accountName, Order order, String event, Instant at, Optional<Happening.Filled> fill) {
    if (!stream.hasListener(accountName)) {
      return;
    }
    Account account = exchange.account(accountName);
    Map<String, Object> update = new LinkedHashMap<>();
    update.put("event", event);
    update.put("execution_id", executionId(order, event, at, fill));
    update.put("timestamp", Views.time(at));
    fill.ifPresent(
        it -> {
          BigDecimal held = account.held(order.terms.symbol());
          update.put("price", Views.text(it.price()));
          update.put("qty", Views.text(it.quantity()));
          update.put("position_qty", Views.text(held));
        });
    update.put("order", Views.order(order));
    stream.publish(accountName, update);
  }

  /** Fills have words of their own; every other event is called as the status it leads to. */
  private static String event(Order order, boolean filled) {
    if (filled) {
      return order.isOpen() ? "partial_fill" : "fill";
    }
    return order.status();
  }

  private static String executionId(
      Order order, String event, Instant at, Optional<Happening.Filled> fill) {
    return fill.map(it -> it.fillId().substring(it.fillId().lastIndexOf(':') + 1))
        .orElseGet(
            () ->
                UUID.nameUUIDFromBytes(
                        (order.terms.id() + event + at).getBytes(StandardCharsets.UTF_8))
                    .toString());
  }
}
