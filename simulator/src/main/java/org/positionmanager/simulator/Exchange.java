package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
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
final class Exchange implements Recorder {
  private final ExchangeClock clock;
  private final Books books;
  private final Journal journal;
  private final RandomGenerator random;
  private final Admission admission;
  private final OrderLife life;
  private final OptionExpiry expiry;
  private final Matching matching;
  private final Instant beginning;
  private Consumer<Happening> listener = happening -> {};

  Exchange(
      Scenario scenario,
      ExchangeClock clock,
      Books books,
      Journal journal,
      RandomGenerator random) {
    this.clock = clock;
    this.books = books;
    this.journal = journal;
    this.random = random;
    beginning = scenario.start();
    admission = new Admission(books.quotes());
    life = new OrderLife(this);
    expiry = new OptionExpiry(books, this, life);
    // what an earlier life did not come to is made up for
    Instant now = clock.now();
    Instant reached = books.latest().isAfter(Instant.MIN) ? books.latest() : now;
    matching =
        new Matching(
            books,
            this,
            life,
            expiry,
            new Moments(
                books.quotes().hours(),
                () -> accounts().stream().map(it -> it.settings.lastOpening()).distinct()),
            new Liquidity(scenario.seed()),
            reached.isBefore(now) ? reached : now);
  }

  ExchangeClock clock() {
    return clock;
  }

  Quotes quotes() {
    return books.quotes();
  }

  Books books() {
    return books;
  }

  /** Exchange time at which everything began, in its first life. */
  Instant beginning() {
    return beginning;
  }

  OptionExpiry options() {
    return expiry;
  }

  Collection<Account> accounts() {
    return books.accounts();
  }

  Account account(String name) {
    return books.account(name);
  }

  /** Records something and lets it take effect; on disk at the latest with {@link #settle}. */
  @Override
  public synchronized void record(Happening happening) {
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

  /** Fills what the market fills by now, and expires what ran out of time. */
  synchronized void match() {
    matching.advance(clock.now());
  }

  /**
   * Takes an order.
   *
   * @throws Rejection as Alpaca words it
   */
  synchronized Order place(Account account, Ticket ticket) {
    ticket.clientOrderId().ifPresent(id -> record(new Happening.Posted(account.name, id)));
    match();
    Instant now = clock.now();
    Admission.Passed passed = admission.check(account, ticket, now);
    List<OrderTerms> orders =
        new Tickets(this, now, new TradingHours(clock.hours())).orders(ticket, passed);
    OrderTerms first = orders.getFirst();
    for (OrderTerms terms : orders) {
      record(new Happening.Accepted(account.name, terms, terms == first ? "accepted" : "held"));
    }
    match();
    Order order = account.order(first.id());
    if (order.isOpen() && List.of("ioc", "fok").contains(ticket.timeInForce())) {
      life.end(account, order, "canceled", now);
    }
    return order;
  }

  /**
   * Asks for an order's end; it may still fill while the cancel is pending.
   *
   * @throws Rejection 404 where there is none, 422 where it is too late
   */
  synchronized Order cancel(Account account, String id) {
    match();
    Order order = account.order(id);
    Instant now = clock.now();
    if (!order.isOpen() || order.status().equals("pending_cancel")) {
      throw new Rejection(422, 42210000, "order is already in \"" + order.status() + "\" state");
    }
    boolean isAtTheMarket =
        order.status().equals("new")
            || order.status().equals("partially_filled")
            || OrderLife.isArmed(account, order);
    if (account.settings.cancelWindowMillis() > 0 && isAtTheMarket) {
      life.become(account, order, "pending_cancel", now);
      return order;
    }
    Optional<Order> replaced =
        order.terms.links().replaces().map(account.orders::get).filter(Order::isOpen);
    life.end(account, order, "canceled", now);
    replaced.ifPresent(old -> life.end(account, old, "canceled", now));
    return order;
  }

  /**
   * Asks for an order to take another's place.
   *
   * @throws Rejection 404 where there is none, 422 where it cannot be replaced, 403 where the new
   *     one is not covered
   */
  synchronized Order replace(Account account, String id, Replacement replacement) {
    replacement.clientOrderId().ifPresent(it -> record(new Happening.Posted(account.name, it)));
    match();
    Instant now = clock.now();
    Order old = account.order(id);
    OrderTerms terms = replacement.check(account, old, this, now);
    if (account.settings.replaceWindowMillis() > 0 && !old.status().equals("held")) {
      record(new Happening.Accepted(account.name, terms, "pending_new"));
      life.become(account, old, "pending_replace", now);
    } else {
      String status = old.status().equals("held") ? "held" : "accepted";
      record(new Happening.Accepted(account.name, terms, status));
      record(new Happening.Replaced(account.name, id, terms.id(), now));
      match();
    }
    return account.order(terms.id());
  }

  synchronized Order findByClientId(Account account, String id) {
    match();
    Order order = account.byClientId.get(id);
    if (order == null) {
      throw new Rejection(404, 40410000, "order not found for " + id);
    }
    return order;
  }

  /**
   * Fills part or all of an order by hand.
   *
   * @throws Rejection 400 where the quantity is not open
   */
  synchronized void fill(Account account, Order order, BigDecimal quantity, BigDecimal price) {
    if (quantity.signum() <= 0 || quantity.compareTo(order.open()) > 0 || !order.isWorking()) {
      throw new Rejection(
          400, 0, "qty " + quantity + " cannot be filled; open is " + order.open().toPlainString());
    }
    life.fill(account, order, quantity, price, clock.now());
  }

  /**
   * Splits a share in every account; its price changes with it, orders keep theirs.
   *
   * @param now new shares for so many old ones
   */
  synchronized void split(String symbol, BigDecimal now, BigDecimal old) {
    match();
    new Split(symbol, now, old).apply(this, life, clock.now());
  }

  /** Gives a share another symbol in every account, at the price that it had. */
  synchronized void rename(String symbol, String to) {
    match();
    new Rename(symbol, to).apply(this, life, clock.now());
  }

  @Override
  public synchronized String newId() {
    long most = random.nextLong() & ~0xF000L | 0x4000L;
    long least = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
    return new UUID(most, least).toString();
  }
}
