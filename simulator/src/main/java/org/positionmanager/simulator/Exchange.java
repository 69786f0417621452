package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The exchange: one lock, one clock, deterministic by seed. It decides what happens; the books and
 * the journal record it.
 */
final class Exchange {
  private final ExchangeClock clock;
  private final Books books;
  private final Journal journal;
  private final RandomGenerator random;
  private Consumer<Happening> listener = happening -> {};

  Exchange(ExchangeClock clock, Books books, Journal journal, RandomGenerator random) {
    this.clock = clock;
    this.books = books;
    this.journal = journal;
    this.random = random;
  }

  ExchangeClock clock() {
    return clock;
  }

  Quotes quotes() {
    return books.quotes();
  }

  Collection<Account> accounts() {
    return books.accounts();
  }

  Account account(String name) {
    return books.account(name);
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

  /** Records something and lets it take effect; on disk at the latest with {@link #settle}. */
  synchronized void record(Happening happening) {
    journal.append(happening);
    books.apply(happening);
    listener.accept(happening);
  }

  /** Who is told of everything, in order, after it took effect and before anything else does. */
  synchronized void listen(Consumer<Happening> newListener) {
    listener = newListener;
  }

  /** What was recorded so far outlives this process and this machine. */
  synchronized void settle() {
    journal.force();
  }

  synchronized Order place(Account account, Ticket ticket) {
    ticket.clientOrderId().ifPresent(id -> record(new Happening.Posted(account.name, id)));
    match();
    String intent = Admission.check(account, ticket, clock.now(), quotes());
    OrderTerms terms = terms(ticket, intent);
    record(
        new Happening.Accepted(
            account.name,
            terms,
            Optional.of(new Order.Bracket(ticket.takeProfit(), ticket.stopLoss()))
                .filter(it -> ticket.orderClass().equals("bracket"))));
    match();
    return account.order(terms.id());
  }

  private OrderTerms terms(Ticket ticket, String intent) {
    return new OrderTerms(
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
        Optional.empty(),
        clock.now());
  }

  synchronized Order cancel(Account account, String id) {
    match();
    Order order = account.order(id);
    if (!order.isOpen()) {
      throw new Rejection(422, 42210000, "order is already in \"" + order.status() + "\" state");
    }
    become(account, order, "canceled");
    cancelSibling(account, order);
    return order;
  }

  private void cancelSibling(Account account, Order order) {
    order
        .terms
        .sibling()
        .map(account.orders::get)
        .filter(Order::isOpen)
        .ifPresent(other -> become(account, other, "canceled"));
  }

  private void become(Account account, Order order, String status) {
    record(new Happening.Became(account.name, order.terms.id(), status, clock.now()));
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
    boolean open = clock.hours().at(now).isPresent();
    for (Account account : accounts()) {
      for (Order order : List.copyOf(account.orders.values())) {
        if (!order.isOpen()) {
          continue;
        }
        if (order.terms.timeInForce().equals("day")
            && hasSessionEndedSince(order.terms.submittedAt(), now)) {
          become(account, order, "expired");
        } else if (open && !account.holdFills) {
          if (order.status().equals("accepted")) {
            become(account, order, "new");
          }
          fillPrice(order.terms, now).ifPresent(price -> fill(account, order, order.open(), price));
        }
      }
    }
  }

  private boolean hasSessionEndedSince(Instant submitted, Instant now) {
    Instant close =
        clock
            .hours()
            .at(submitted)
            .map(NyseCalendar.Session::close)
            .orElseGet(() -> clock.hours().next(submitted).close());
    return !now.isBefore(close);
  }

  private Optional<BigDecimal> fillPrice(OrderTerms order, Instant now) {
    Optional<Quotes.Quote> quote = quotes().at(order.symbol(), now);
    if (quote.isEmpty() || quotes().isHalted(order.symbol(), now)) {
      return Optional.empty();
    }
    BigDecimal price = order.buy() ? quote.get().ask() : quote.get().bid();
    return switch (order.type()) {
      case "market" -> Optional.of(price);
      case "limit" -> Optional.of(price).filter(it -> isWithin(order, it));
      case "stop" -> Optional.of(price).filter(it -> isTouched(order, it));
      default -> Optional.empty();
    };
  }

  private static boolean isWithin(OrderTerms order, BigDecimal price) {
    int difference = price.compareTo(order.limit().orElseThrow());
    return order.buy() ? difference <= 0 : difference >= 0;
  }

  private static boolean isTouched(OrderTerms order, BigDecimal price) {
    int difference = price.compareTo(order.stop().orElseThrow());
    return order.buy() ? difference >= 0 : difference <= 0;
  }

  /** Fills part or all of an order at a price. */
  synchronized void fill(Account account, Order order, BigDecimal quantity, BigDecimal price) {
    if (quantity.signum() <= 0 || quantity.compareTo(order.open()) > 0) {
      throw new Rejection(
          400, 0, "qty " + quantity + " cannot be filled; open is " + order.open().toPlainString());
    }
    String fillId = "%s::%s".formatted(clock.now().toEpochMilli(), uuid());
    record(
        new Happening.Filled(account.name, order.terms.id(), fillId, quantity, price, clock.now()));
    if (!order.isOpen()) {
      cancelSibling(account, order);
      order.bracket.ifPresent(bracket -> addLegs(account, order.terms, bracket));
    }
  }

  private void addLegs(Account account, OrderTerms entry, Order.Bracket bracket) {
    List<OrderTerms> legs = new ArrayList<>();
    String profit = uuid();
    String loss = uuid();
    boolean both = bracket.takeProfit().isPresent() && bracket.stopLoss().isPresent();
    bracket
        .takeProfit()
        .ifPresent(
            price ->
                legs.add(leg(entry, profit, Optional.of(loss).filter(it -> both), "limit", price)));
    bracket
        .stopLoss()
        .ifPresent(
            price ->
                legs.add(leg(entry, loss, Optional.of(profit).filter(it -> both), "stop", price)));
    legs.forEach(leg -> record(new Happening.Accepted(account.name, leg, Optional.empty())));
  }

  private OrderTerms leg(
      OrderTerms entry, String id, Optional<String> sibling, String type, BigDecimal price) {
    Optional<BigDecimal> at = Optional.of(price);
    return new OrderTerms(
        id,
        uuid(),
        entry.symbol(),
        !entry.buy(),
        type,
        "gtc",
        "bracket",
        entry.buy() ? "sell_to_close" : "buy_to_close",
        entry.quantity(),
        at.filter(it -> type.equals("limit")),
        at.filter(it -> type.equals("stop")),
        sibling,
        clock.now());
  }

  private String uuid() {
    long most = random.nextLong() & ~0xF000L | 0x4000L;
    long least = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
    return new UUID(most, least).toString();
  }
}
