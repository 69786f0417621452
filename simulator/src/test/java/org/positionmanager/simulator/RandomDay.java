package org.positionmanager.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** An exchange to which anything happens, kills and faults included. */
final class RandomDay {
  private static final ObjectMapper JSON = SimulatorCommand.mapper();
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(20),
          Duration.ofMinutes(3),
          Duration.ofMinutes(40),
          Duration.ofHours(7),
          Duration.ofDays(3),
          Duration.ofDays(10));

  /**
   * Something to do.
   *
   * @param kind what
   * @param a to whom or to what
   * @param b how
   * @param c how much
   * @param fault what goes wrong with it
   */
  record Act(int kind, int a, int b, int c, int fault) {
    Act(int kind, int a, int b, int c) {
      this(kind, a, b, c, 0);
    }
  }

  private final Scenario scenario = Scenarios.standing();
  private final List<String> journal = new ArrayList<>();
  private Exchange exchange;
  private OrdersRest orders;
  private Instant now = Scenarios.MORNING;
  private Optional<ObjectNode> lastOrder = Optional.empty();
  private final RandomClient client;

  /**
   * @param struck counts what faults struck
   */
  RandomDay(Map<Faults.Kind, Integer> struck) {
    live();
    client = new RandomClient(this::exchange, scenario.seed(), struck);
  }

  RandomClient client() {
    return client;
  }

  Exchange exchange() {
    return exchange;
  }

  /** A new life on the journal of those before. */
  private void live() {
    Books books = replay();
    exchange =
        new Exchange(
            scenario,
            new ExchangeClock(
                now, List.of(new Pace(now, 0, 0)), () -> 0, new Unbounded(), scenario.market()),
            books,
            new InMemory(),
            new SplittableRandom(scenario.seed() + journal.size()));
    orders = new OrdersRest(exchange);
  }

  private Books replay() {
    Books books =
        new Books(
            scenario.accounts().stream()
                .map(
                    it ->
                        new Account(
                            it.name(), it.accountNumber(), it.key(), it.secret(), it.cash()))
                .toList(),
            PriceScript.of(scenario));
    try {
      for (String line : journal) {
        books.apply(JSON.readValue(line, Happening.class));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return books;
  }

  /** The state that the journal tells. */
  String replayed() {
    return state(replay());
  }

  /** All that accounts have, as text. */
  static String state(Books books) {
    List<Object> all = new ArrayList<>();
    for (Account account : books.accounts()) {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("name", account.name);
      view.put("cash", account.cash);
      view.put("holdings", account.holdings);
      view.put("orders", account.orders.values().stream().map(Views::order).toList());
      view.put("fills", account.fills);
      view.put("bookings", account.bookings);
      view.put("settings", account.settings);
      view.put("holdFills", account.holdFills);
      view.put("posts", account.postsByClientId);
      all.add(view);
    }
    try {
      return JSON.writeValueAsString(all) + books.closes();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does one thing; what the exchange refuses is fine. */
  void play(Act act) {
    try {
      Account account = exchange.account(act.a() % 3 == 0 ? "tiny" : "large");
      client.disturb(act, account, now);
      switch (act.kind() % 20) {
        case 0, 1, 2, 3, 4, 5, 6 -> place(account, order(account, act));
        case 7 -> lastOrder.ifPresent(order -> place(account, order));
        case 8 -> some(account, act).ifPresent(it -> cancel(account, it));
        case 9 -> some(account, act).ifPresent(it -> replace(account, it, act));
        case 10, 11 -> step(act);
        case 12, 13 -> pin(act);
        case 14 -> exchange.record(new Happening.FillsHeld(account.name, act.b() % 3 == 0));
        case 15 -> some(account, act).ifPresent(it -> fill(account, it, act));
        case 16 -> close(account, act);
        case 17 -> {
          live();
          client.revive();
        }
        case 18 -> configure(account, act);
        default -> deliver(account, act);
      }
      exchange.match();
    } catch (Rejection refused) {
      // as a client would see it
    }
  }

  private ObjectNode order(Account account, Act act) {
    ObjectNode order = new RandomOrders(exchange).order(account, act);
    if (order.has("client_order_id")) {
      lastOrder = Optional.of(order);
    }
    return order;
  }

  private void place(Account account, ObjectNode order) {
    client.place(account, order, orders);
  }

  private Optional<Order> some(Account account, Act act) {
    List<Order> all =
        List.copyOf(act.b() % 4 == 0 ? account.orders.values() : account.openOrders());
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(act.b() % all.size()));
  }

  private void cancel(Account account, Order order) {
    String id = order.terms.id();
    client.ask(account, "DELETE", "/v2/orders/" + id, () -> exchange.cancel(account, id));
  }

  private void replace(Account account, Order order, Act act) {
    Replacement replacement =
        new Replacement(
            act.c() % 2 == 0 ? Optional.empty() : Optional.of(BigDecimal.valueOf(act.c() % 12)),
            Optional.empty(),
            order
                .terms
                .limit()
                .map(it -> RandomOrders.price(exchange, order.terms.symbol(), act.c() % 7 - 3)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    String id = order.terms.id();
    client.ask(
        account, "PATCH", "/v2/orders/" + id, () -> exchange.replace(account, id, replacement));
  }

  private void step(Act act) {
    // a day is long: mostly little time passes
    Duration step = STEPS.get(act.b() % 6 == 0 ? act.c() % STEPS.size() : act.c() % 3);
    exchange.match();
    now = now.plus(step);
    exchange.clock().set(now);
  }

  private void pin(Act act) {
    String symbol = RandomOrders.SYMBOLS.get(act.a() % RandomOrders.SYMBOLS.size());
    BigDecimal bid =
        RandomOrders.price(exchange, symbol, act.c() % 11 - 5).max(new BigDecimal("0.01"));
    exchange.match();
    exchange.record(
        new Happening.Pinned(symbol, new Quotes.Quote(bid, bid.add(new BigDecimal("0.02")), now)));
  }

  private void fill(Account account, Order order, Act act) {
    BigDecimal part = act.c() % 2 == 0 ? order.open() : BigDecimal.ONE.min(order.open());
    exchange.fill(account, order, part, RandomOrders.price(exchange, order.terms.symbol(), 0));
  }

  private void close(Account account, Act act) {
    if (act.b() % 3 == 0) {
      client.ask(account, "DELETE", "/v2/orders", () -> orders.cancelAllOf(account));
    }
    if (act.b() % 2 == 0) {
      client.close(account, orders);
      return;
    }
    for (String symbol : List.copyOf(account.holdings.keySet())) {
      BigDecimal held = account.held(symbol);
      client.ask(
          account,
          "DELETE",
          "/v2/positions/" + symbol,
          () -> exchange.place(account, Ticket.closing(symbol, held.signum() < 0, held.abs())));
    }
  }

  private void configure(Account account, Act act) {
    exchange.record(
        new Happening.Configured(
            account.name,
            new AccountSettings(
                0,
                act.a() % 4,
                act.a() % 3 == 0 ? 2 : 1,
                act.b() % 5 != 0,
                act.c() % 6 == 0,
                act.b() % 3 * 1_000L,
                act.b() % 4 * 5_000L,
                act.c() % 4 * 5_000L,
                act.c() % 3,
                act.c() % 2 == 0,
                AccountSettings.USUAL.lastOpening(),
                Set.of())));
  }

  private void deliver(Account account, Act act) {
    if (act.b() % 4 == 0) {
      exchange.split(
          act.c() % 2 == 0 ? "DE" : "WMT",
          BigDecimal.valueOf(1 + act.c() % 4),
          BigDecimal.valueOf(1 + act.b() % 3));
      return;
    }
    for (String symbol : List.copyOf(account.holdings.keySet())) {
      if (Symbols.isOption(symbol)) {
        if (account.held(symbol).signum() < 0) {
          exchange.options().assign(account, symbol, BigDecimal.ONE, now);
        } else {
          exchange.options().exercise(account, symbol, now);
        }
      }
    }
  }

  private final class InMemory implements Journal {
    @Override
    public void append(Happening happening) {
      try {
        journal.add(JSON.writerFor(Happening.class).writeValueAsString(happening));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void force() {}
  }

  private static final class Unbounded implements ExchangeClock.Bound {
    @Override
    public Optional<Instant> load() {
      return Optional.empty();
    }

    @Override
    public void store(Instant bound) {}
  }
}
