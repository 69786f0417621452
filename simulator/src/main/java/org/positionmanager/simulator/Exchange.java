package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The exchange: one lock, one clock, deterministic by seed. */
final class Exchange {
  private final ExchangeClock clock;
  private final Quotes quotes;
  private final RandomGenerator random;
  private final Map<String, Account> accounts = new LinkedHashMap<>();

  Exchange(ExchangeClock clock, Quotes quotes, RandomGenerator random) {
    this.clock = clock;
    this.quotes = quotes;
    this.random = random;
  }

  ExchangeClock clock() {
    return clock;
  }

  Quotes quotes() {
    return quotes;
  }

  synchronized void add(Account account) {
    accounts.put(account.name, account);
  }

  Collection<Account> accounts() {
    return accounts.values();
  }

  synchronized Account account(String name) {
    Account account = accounts.get(name);
    if (account == null) {
      throw new Rejection(
          400, 0, "account '" + name + "' is unknown; use one of " + accounts.keySet());
    }
    return account;
  }

  /** What a client asks for. */
  record Ticket(
      String symbol,
      boolean buy,
      BigDecimal quantity,
      String type,
      String timeInForce,
      String orderClass,
      Optional<String> clientOrderId,
      Optional<String> intent,
      Optional<BigDecimal> limit,
      Optional<BigDecimal> stop,
      Optional<BigDecimal> takeProfit,
      Optional<BigDecimal> stopLoss) {}

  synchronized Order place(Account account, Ticket ticket) {
    ticket.clientOrderId().ifPresent(id -> account.postsByClientId.merge(id, 1, Integer::sum));
    match();
    String intent = Admission.check(account, ticket, clock.now(), quotes);
    Order order = order(account, ticket, intent);
    add(account, order);
    if (ticket.orderClass().equals("bracket")) {
      brackets.put(order.id, ticket);
    }
    match();
    return order;
  }

  /** Entries whose bracket legs come into being at the fill. */
  private final Map<String, Ticket> brackets = new LinkedHashMap<>();

  private Order order(Account account, Ticket ticket, String intent) {
    return new Order(
        uuid(),
        ticket.clientOrderId().orElseGet(this::uuid),
        ticket.symbol(),
        ticket.buy(),
        ticket.type(),
        ticket.timeInForce(),
        ticket.orderClass(),
        intent,
        ticket.quantity(),
        ticket.limit(),
        ticket.stop(),
        clock.now());
  }

  private static void add(Account account, Order order) {
    account.orders.put(order.id, order);
    account.byClientId.put(order.clientOrderId, order);
  }

  synchronized Order cancel(Account account, String id) {
    match();
    Order order = find(account, id);
    if (!order.isOpen()) {
      throw new Rejection(422, 42210000, "order is already in \"" + order.status + "\" state");
    }
    cancel(order);
    order.sibling.map(account.orders::get).filter(Order::isOpen).ifPresent(this::cancel);
    return order;
  }

  private void cancel(Order order) {
    order.status = "canceled";
    order.canceledAt = Optional.of(clock.now());
    order.updatedAt = clock.now();
  }

  synchronized Order find(Account account, String id) {
    Order order = account.orders.get(id);
    if (order == null) {
      throw new Rejection(404, 40410000, "order not found for " + id);
    }
    return order;
  }

  synchronized Order findByClientId(Account account, String id) {
    match();
    Order order = account.byClientId.get(id);
    if (order == null) {
      throw new Rejection(404, 40410000, "order not found for " + id);
    }
    return order;
  }

  /** Fills what the market fills by now, and expires what ran out of time. */
  synchronized void match() {
    Instant now = clock.now();
    boolean open = NyseCalendar.at(now).isPresent();
    for (Account account : accounts.values()) {
      for (Order order : List.copyOf(account.orders.values())) {
        if (!order.isOpen()) {
          continue;
        }
        if (order.timeInForce.equals("day") && hasSessionEndedSince(order.submittedAt, now)) {
          order.status = "expired";
          order.updatedAt = now;
        } else if (open && !account.holdFills) {
          if (order.status.equals("accepted")) {
            order.status = "new";
          }
          fillPrice(order, now).ifPresent(price -> fill(account, order, order.open(), price));
        }
      }
    }
  }

  private static boolean hasSessionEndedSince(Instant submitted, Instant now) {
    Instant close =
        NyseCalendar.at(submitted)
            .map(NyseCalendar.Session::close)
            .orElseGet(() -> NyseCalendar.next(submitted).close());
    return !now.isBefore(close);
  }

  private Optional<BigDecimal> fillPrice(Order order, Instant now) {
    Optional<Quotes.Quote> quote = quotes.at(order.symbol, now);
    if (quote.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal price = order.buy ? quote.get().ask() : quote.get().bid();
    return switch (order.type) {
      case "market" -> Optional.of(price);
      case "limit" -> Optional.of(price).filter(it -> isWithin(order, it));
      case "stop" -> Optional.of(price).filter(it -> isTouched(order, it));
      default -> Optional.empty();
    };
  }

  private static boolean isWithin(Order order, BigDecimal price) {
    int difference = price.compareTo(order.limit.orElseThrow());
    return order.buy ? difference <= 0 : difference >= 0;
  }

  private static boolean isTouched(Order order, BigDecimal price) {
    int difference = price.compareTo(order.stop.orElseThrow());
    return order.buy ? difference >= 0 : difference <= 0;
  }

  /** Fills part or all of an order at a price. */
  synchronized void fill(Account account, Order order, BigDecimal quantity, BigDecimal price) {
    account.book(order.symbol, order.buy, quantity, price, Symbols.multiplier(order.symbol));
    order.filled = order.filled.add(quantity);
    order.spent = order.spent.add(quantity.multiply(price));
    order.updatedAt = clock.now();
    boolean done = order.filled.compareTo(order.quantity) == 0;
    order.status = done ? "filled" : "partially_filled";
    account.fills.add(
        new Account.Fill(
            "%s::%s".formatted(clock.now().toEpochMilli(), uuid()),
            order.id,
            order.symbol,
            order.buy,
            quantity,
            price,
            order.quantity.subtract(order.filled),
            clock.now()));
    if (done) {
      order.filledAt = Optional.of(clock.now());
      order.sibling.map(account.orders::get).filter(Order::isOpen).ifPresent(this::cancel);
      Optional.ofNullable(brackets.remove(order.id))
          .ifPresent(ticket -> addLegs(account, order, ticket));
    }
  }

  private void addLegs(Account account, Order entry, Ticket ticket) {
    List<Order> legs = new ArrayList<>();
    ticket
        .takeProfit()
        .ifPresent(price -> legs.add(leg(entry, "limit", Optional.of(price), Optional.empty())));
    ticket
        .stopLoss()
        .ifPresent(price -> legs.add(leg(entry, "stop", Optional.empty(), Optional.of(price))));
    if (legs.size() == 2) {
      legs.get(0).sibling = Optional.of(legs.get(1).id);
      legs.get(1).sibling = Optional.of(legs.get(0).id);
    }
    legs.forEach(leg -> add(account, leg));
  }

  private Order leg(
      Order entry, String type, Optional<BigDecimal> limit, Optional<BigDecimal> stop) {
    return new Order(
        uuid(),
        uuid(),
        entry.symbol,
        !entry.buy,
        type,
        "gtc",
        "bracket",
        entry.buy ? "sell_to_close" : "buy_to_close",
        entry.quantity,
        limit,
        stop,
        clock.now());
  }

  private String uuid() {
    long most = random.nextLong() & ~0xF000L | 0x4000L;
    long least = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
    return new UUID(most, least).toString();
  }
}
