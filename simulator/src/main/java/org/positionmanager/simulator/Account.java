package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** One account's books. Guarded by the exchange's lock, changed by {@link Books} only. */
final class Account {
  final String name;
  final String number;
  final String key;
  final String secret;
  final BigDecimal openingCash;
  BigDecimal cash;
  boolean holdFills;

  /** Whether a fault locks it for the request that is being answered. */
  private boolean lockedByFault;

  /** What the broker grants. */
  private AccountSettings granted = AccountSettings.USUAL;

  private AccountWishes wishes = AccountWishes.USUAL;

  /** What holds: what is granted, as far as the owner wants it. */
  volatile AccountSettings settings = granted;

  final Map<String, Holding> holdings = new TreeMap<>();
  final Map<String, Order> orders = new LinkedHashMap<>();
  final Map<String, Order> byClientId = new LinkedHashMap<>();
  final Map<String, Integer> postsByClientId = new TreeMap<>();
  final List<Fill> fills = new ArrayList<>();
  final List<Booking> bookings = new ArrayList<>();
  final Set<String> exerciseDeclined = new TreeSet<>();
  final List<Change> changes = new ArrayList<>();
  private final Map<String, Order> open = new LinkedHashMap<>();
  private final Map<String, List<Order>> legs = new TreeMap<>();

  /** Signed: negative for a short. */
  record Holding(BigDecimal quantity, BigDecimal averageEntry) {
    static final Holding NONE = new Holding(BigDecimal.ZERO, BigDecimal.ZERO);
  }

  record Fill(
      String id,
      String orderId,
      String symbol,
      boolean buy,
      BigDecimal quantity,
      BigDecimal price,
      BigDecimal cumulative,
      BigDecimal leaves,
      Instant at) {}

  /** What one fill or booking did, so that the account of an earlier moment can be told. */
  record Change(Instant at, String symbol, Holding before, Holding after, BigDecimal cash) {}

  /** How exactly average prices are counted. */
  static final MathContext AVERAGES = MathContext.DECIMAL64;

  Account(String name, String number, String key, String secret, BigDecimal cash) {
    this.name = name;
    this.number = number;
    this.key = key;
    this.secret = secret;
    this.cash = cash;
    openingCash = cash;
  }

  /** Whether the broker refuses every order. */
  boolean isLocked() {
    return settings.locked() || lockedByFault;
  }

  /** Locks it by a fault, or ends that. */
  void lock(boolean byFault) {
    lockedByFault = byFault;
  }

  AccountSettings granted() {
    return granted;
  }

  AccountWishes wishes() {
    return wishes;
  }

  void grant(AccountSettings newSettings) {
    granted = newSettings;
    settings = wishes.within(granted);
  }

  void wish(AccountWishes newWishes) {
    wishes = newWishes;
    settings = wishes.within(granted);
  }

  void posted(String clientOrderId) {
    postsByClientId.merge(clientOrderId, 1, Integer::sum);
  }

  void accept(Order order) {
    orders.put(order.terms.id(), order);
    byClientId.put(order.terms.clientOrderId(), order);
    order
        .terms
        .links()
        .parent()
        .ifPresent(parent -> legs.computeIfAbsent(parent, id -> new ArrayList<>()).add(order));
    index(order);
  }

  /** The legs of an order, replaced ones too, also where the order itself was replaced. */
  List<Order> legs(Order order) {
    Order first = order;
    while (first.terms.links().replaces().isPresent()) {
      first = orders.get(first.terms.links().replaces().get());
    }
    return List.copyOf(legs.getOrDefault(first.terms.id(), List.of()));
  }

  /** The other exit of a bracket or OCO while it is open, also where it was replaced. */
  Optional<Order> sibling(Order order) {
    return order.terms.links().sibling().map(this::latest).filter(Order::isOpen);
  }

  /** An order, or what took its place. */
  Order latest(String id) {
    Order order = orders.get(id);
    while (order != null && order.replacedBy().isPresent()) {
      order = orders.get(order.replacedBy().get());
    }
    return order;
  }

  /** Keeps the open orders at hand: most orders are closed and asked for rarely. */
  void index(Order order) {
    if (order.isOpen()) {
      open.put(order.terms.id(), order);
    } else {
      open.remove(order.terms.id());
    }
  }

  Collection<Order> openOrders() {
    return open.values();
  }

  /** One of the account's orders; a clear 404 where there is none. */
  Order order(String id) {
    Order order = orders.get(id);
    if (order == null) {
      throw new Rejection(404, 40410000, "order not found for " + id);
    }
    return order;
  }

  void fill(Happening.Filled fill) {
    Order order = order(fill.orderId());
    OrderTerms terms = order.terms;
    BigDecimal signed = terms.buy() ? fill.quantity() : fill.quantity().negate();
    BigDecimal paid =
        signed
            .multiply(fill.price())
            .multiply(BigDecimal.valueOf(Symbols.multiplier(terms.symbol())));
    change(terms.symbol(), signed, fill.price(), paid.negate(), fill.at());
    order.fill(fill.quantity(), fill.price(), fill.at());
    index(order);
    fills.add(
        new Fill(
            fill.fillId(),
            terms.id(),
            terms.symbol(),
            terms.buy(),
            fill.quantity(),
            fill.price(),
            order.filled(),
            order.open(),
            fill.at()));
  }

  void book(Booking booking) {
    if (booking.type().equals("SPLIT")) {
      split(booking);
    } else {
      change(
          booking.symbol(),
          booking.quantity(),
          booking.price().orElse(BigDecimal.ZERO),
          booking.cash(),
          booking.at());
    }
    bookings.add(booking);
  }

  /** More or fewer shares at the same cost. */
  private void split(Booking booking) {
    Holding before = holding(booking.symbol());
    BigDecimal after = before.quantity().add(booking.quantity());
    BigDecimal average =
        after.signum() == 0
            ? BigDecimal.ZERO
            : before.averageEntry().multiply(before.quantity()).divide(after, AVERAGES);
    put(booking.symbol(), new Holding(after, average), booking.cash(), booking.at());
  }

  private void change(
      String symbol, BigDecimal signed, BigDecimal price, BigDecimal received, Instant at) {
    Holding before = holding(symbol);
    BigDecimal after = before.quantity().add(signed);
    boolean grows =
        before.quantity().signum() == 0 || before.quantity().signum() == signed.signum();
    BigDecimal average;
    if (after.signum() == 0) {
      average = BigDecimal.ZERO;
    } else if (grows) {
      average =
          before
              .averageEntry()
              .multiply(before.quantity().abs())
              .add(price.multiply(signed.abs()))
              .divide(after.abs(), AVERAGES);
    } else {
      average = before.quantity().signum() == after.signum() ? before.averageEntry() : price;
    }
    put(symbol, new Holding(after, average), received, at);
  }

  private void put(String symbol, Holding after, BigDecimal received, Instant at) {
    Holding before = holding(symbol);
    cash = cash.add(received);
    if (after.quantity().signum() == 0) {
      holdings.remove(symbol);
    } else {
      holdings.put(symbol, after);
    }
    changes.add(new Change(at, symbol, before, after, received));
  }

  Holding holding(String symbol) {
    return holdings.getOrDefault(symbol, Holding.NONE);
  }

  /** Signed: negative for a short. */
  BigDecimal held(String symbol) {
    return holding(symbol).quantity();
  }

  /** What was held at an earlier moment. */
  Map<String, Holding> holdingsAt(Instant moment) {
    Map<String, Holding> then = new TreeMap<>(holdings);
    for (int i = changes.size() - 1; i >= 0 && changes.get(i).at().isAfter(moment); i--) {
      then.put(changes.get(i).symbol(), changes.get(i).before());
    }
    then.values().removeIf(holding -> holding.quantity().signum() == 0);
    return then;
  }

  /** Dollars at an earlier moment. */
  BigDecimal cashAt(Instant moment) {
    BigDecimal then = cash;
    for (int i = changes.size() - 1; i >= 0 && changes.get(i).at().isAfter(moment); i--) {
      then = then.subtract(changes.get(i).cash());
    }
    return then;
  }

  /** What open closing orders hold; the two exits of a bracket or OCO hold it once. */
  BigDecimal heldForOrders(String symbol) {
    BigDecimal total = BigDecimal.ZERO;
    for (Order order : open.values()) {
      if (order.terms.symbol().equals(symbol) && order.closes()) {
        total = total.add(holds(order));
      }
    }
    return total;
  }

  BigDecimal holds(Order order) {
    boolean isSecondExit = order.terms.type().startsWith("stop") && sibling(order).isPresent();
    if (order.status().equals("held") || isSecondExit) {
      return BigDecimal.ZERO;
    }
    if (order.status().equals("pending_new")) {
      BigDecimal old =
          order.terms.links().replaces().map(orders::get).map(Order::open).orElse(BigDecimal.ZERO);
      return order.open().subtract(old).max(BigDecimal.ZERO);
    }
    return order.open();
  }

  /** What a closing order may still be for. */
  BigDecimal available(String symbol) {
    return available(symbol, () -> CoveredCalls.of(this));
  }

  /**
   * @param calls of this account, asked for shares that are held only; the same for many symbols
   */
  BigDecimal available(String symbol, Supplier<CoveredCalls> calls) {
    BigDecimal free = held(symbol).abs().subtract(heldForOrders(symbol));
    if (held(symbol).signum() > 0 && !Symbols.isOption(symbol)) {
      free = free.subtract(calls.get().shares(symbol));
    }
    return free.max(BigDecimal.ZERO);
  }
}
