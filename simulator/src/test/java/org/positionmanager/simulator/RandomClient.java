package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.positionmanager.simulator.market.Span;

/**
 * A client of a {@link RandomDay}: anything may go wrong on the way of what it asks for. It knows
 * of an order only what it was answered, and asks again under the same id where it was not.
 */
final class RandomClient {
  private static final List<Faults.Kind> WITHOUT_EFFECT =
      List.of(
          Faults.Kind.STATUS_BEFORE,
          Faults.Kind.TIMEOUT_BEFORE,
          Faults.Kind.HTML_504_BEFORE,
          Faults.Kind.RATE_LIMIT);
  private static final List<Faults.Kind> AFTER_THE_EFFECT =
      List.of(
          Faults.Kind.STATUS_AFTER,
          Faults.Kind.TIMEOUT_AFTER,
          Faults.Kind.HTML_504,
          Faults.Kind.CUT_AFTER,
          Faults.Kind.CUT_MIDDLE);
  private static final List<Faults.Kind> OTHERS =
      List.of(
          Faults.Kind.LOCKED,
          Faults.Kind.POSITIONS_LAG,
          Faults.Kind.DELAY,
          Faults.Kind.UNKNOWN_ENUM);
  static final List<Faults.Kind> KINDS = new ArrayList<>();

  static {
    KINDS.addAll(WITHOUT_EFFECT);
    // mostly what leaves a client in doubt
    KINDS.addAll(AFTER_THE_EFFECT);
    KINDS.addAll(AFTER_THE_EFFECT);
    KINDS.addAll(OTHERS);
  }

  private static final int TRIES = 3;
  private static final int LEAST_FAULT = 500;
  private static final long LAG_MILLIS = 30_000;

  private final Supplier<Exchange> exchange;
  private final long seed;
  private List<Faults.State> kept = List.of();
  private Faults faults;

  /** By account and client order id, the order's id as answered. */
  private final Map<String, String> answered = new LinkedHashMap<>();

  /** By account and client order id. */
  private final Set<String> reached = new HashSet<>();

  private final Set<String> sent = new HashSet<>();
  private final Map<Faults.Kind, Integer> struck;

  /**
   * @param exchange the one that lives now
   * @param struck counts what went wrong
   */
  RandomClient(Supplier<Exchange> exchange, long seed, Map<Faults.Kind, Integer> struck) {
    this.exchange = exchange;
    this.seed = seed;
    this.struck = struck;
    revive();
  }

  /** The exchange was killed: faults go on as they were kept. */
  void revive() {
    faults = new Faults(seed, kept, states -> kept = states);
  }

  /** Lets something go wrong with the next requests, or mostly nothing. */
  void disturb(RandomDay.Act act, Account account, Instant now) {
    if (act.fault() % 2 == 0) {
      return;
    }
    Faults.Kind kind = KINDS.get(act.fault() / 2 % KINDS.size());
    faults.add(
        new Faults.Order(
            act.c() % 4 == 0 ? "" : account.name,
            "",
            Pattern.compile(".*"),
            kind,
            act.b() % 2 == 0 ? 500 : 503,
            1 + act.c() % 3,
            kind == Faults.Kind.POSITIONS_LAG ? LAG_MILLIS : 0,
            act.a() % 3 == 0 ? 0.5 : 1,
            "status",
            act.b() % 5 == 0
                ? Optional.of(new Span(now, now.plus(Duration.ofMinutes(5))))
                : Optional.empty()));
  }

  /** What came of a request, as far as the client knows. */
  private enum Known {
    ANSWERED,
    REFUSED,
    NOTHING
  }

  private record Reply(Known known, Optional<Object> body) {}

  /** Sends something; its effect happens once or not at all. */
  private Reply send(Account account, String method, String path, Outcome.Effect effect) {
    int before = faults.strikes().size();
    int[] happened = {0};
    Outcome.Effect counted =
        lagMillis -> {
          happened[0]++;
          return effect.happen(lagMillis);
        };
    Reply reply;
    try {
      Outcome outcome =
          Outcome.of(
              faults.passage(account.name, method, path, exchange.get().clock().now()),
              exchange.get(),
              account,
              counted);
      reply =
          outcome instanceof Outcome.Answered it
              ? new Reply(Known.ANSWERED, Optional.ofNullable(it.body()))
              : new Reply(Known.NOTHING, Optional.empty());
    } catch (Rejection refused) {
      Known known = refused.status() < LEAST_FAULT ? Known.REFUSED : Known.NOTHING;
      reply = new Reply(known, Optional.empty());
    }
    List<Faults.Strike> strikes = faults.strikes();
    boolean isStopped = false;
    for (Faults.Strike strike : strikes.subList(before, strikes.size())) {
      struck.merge(strike.kind(), 1, Integer::sum);
      isStopped |= WITHOUT_EFFECT.contains(strike.kind());
    }
    if (happened[0] != (isStopped ? 0 : 1)) {
      throw new AssertionError(method + " " + path + " happened " + happened[0] + " times");
    }
    return reply;
  }

  /** Sends what has no id of its own: it is not sent again. */
  void ask(Account account, String method, String path, Runnable effect) {
    send(
        account,
        method,
        path,
        lagMillis -> {
          effect.run();
          return Map.of();
        });
  }

  /** Places an order, and places it again under the same id for as long as nothing is answered. */
  void place(Account account, ObjectNode order, OrdersRest orders) {
    if (!order.has("client_order_id")) {
      order.put("client_order_id", "own-" + sent.size());
    }
    String id = order.path("client_order_id").asText();
    String key = account.name + " " + id;
    sent.add(key);
    for (int i = 0; i < TRIES; i++) {
      Reply reply =
          send(
              account,
              "POST",
              "/v2/orders",
              lagMillis -> {
                reached.add(key);
                return orders.place(account, order);
              });
      if (reply.known() == Known.ANSWERED) {
        reply.body().ifPresent(it -> answered.putIfAbsent(key, ((Map<?, ?>) it).get("id") + ""));
      }
      if (reply.known() != Known.NOTHING) {
        return;
      }
    }
  }

  /** Closes what it believes to hold, which may be what it held a while ago. */
  void close(Account account, OrdersRest orders) {
    Reply positions =
        send(
            account,
            "GET",
            "/v2/positions",
            lagMillis ->
                lagMillis == 0
                    ? Map.copyOf(account.holdings)
                    : account.holdingsAt(exchange.get().clock().now().minusMillis(lagMillis)));
    if (positions.known() != Known.ANSWERED) {
      return;
    }
    ((Map<?, ?>) positions.body().orElseThrow())
        .entrySet().stream()
            .sorted((one, other) -> ((String) one.getKey()).compareTo((String) other.getKey()))
            .forEach(
                it -> {
                  Account.Holding seen = (Account.Holding) it.getValue();
                  ObjectNode order = SimulatorCommand.mapper().createObjectNode();
                  order.put("symbol", (String) it.getKey());
                  order.put("side", seen.quantity().signum() > 0 ? "sell" : "buy");
                  order.put("qty", seen.quantity().abs().toPlainString());
                  order.put("type", "market");
                  order.put("time_in_force", "day");
                  place(account, order, orders);
                });
  }

  /** What it was answered, by account and client order id. */
  Map<String, String> answered() {
    return answered;
  }

  /** What it only sent where faults let it have no effect. */
  Set<String> withoutEffect() {
    Set<String> ids = new HashSet<>(sent);
    ids.removeAll(reached);
    return ids;
  }
}
