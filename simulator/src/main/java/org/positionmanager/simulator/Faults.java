package org.positionmanager.simulator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.positionmanager.simulator.market.Span;

/** Faults that tests ask for, by account, method and path; seeded, and each strike is kept. */
final class Faults {
  /** A request's attribute: by how many milliseconds of exchange time its positions lag. */
  static final String LAG = "positions-lag";

  private static final int STRIKES_KEPT = 10_000;

  /** Where in a request's life it strikes, and how. */
  enum Kind {
    /** The request waits before it has any effect. */
    BARRIER_BEFORE,
    /** The effect is done, the answer waits. */
    BARRIER_AFTER,
    /** A false answer without effect. */
    STATUS_BEFORE,
    /** A false answer after the effect. */
    STATUS_AFTER,
    /** The connection is cut after the effect. */
    CUT_AFTER,
    /** The request has its effect and its answer late. */
    DELAY,
    /** No effect and no answer; the connection is cut after the delay. */
    TIMEOUT_BEFORE,
    /** The effect is done but no answer comes; the connection is cut after the delay. */
    TIMEOUT_AFTER,
    /** Too many requests, with the headers that say until when; no effect. */
    RATE_LIMIT,
    /** The effect is done, the connection is cut in the middle of the answer. */
    CUT_MIDDLE,
    /** A gateway's page instead of an answer, after the effect. */
    HTML_504,
    /** A gateway's page instead of an answer, without effect. */
    HTML_504_BEFORE,
    /** Positions are those of a while ago. */
    POSITIONS_LAG,
    /** Every value of a field of the answer is one that no specification has. */
    UNKNOWN_ENUM,
    /** The account is locked: orders are refused, and the account says that it is. */
    LOCKED;

    /** Whether it is a state that lasts, rather than something that happens once. */
    boolean lasts() {
      return this == POSITIONS_LAG || this == LOCKED;
    }
  }

  /**
   * What a fault is to do.
   *
   * @param account empty for all
   * @param method empty for all
   * @param status of a false answer
   * @param times at most; it is spent then
   * @param millis of delays, time-outs and lags
   * @param probability of each strike, 0 to 1
   * @param field of an unknown value
   * @param during exchange time in which it strikes; always where left out
   */
  record Order(
      String account,
      String method,
      Pattern path,
      Kind kind,
      int status,
      int times,
      long millis,
      double probability,
      String field,
      Optional<Span> during) {
    private boolean isFor(Passage request) {
      return (account.isEmpty() || account.equals(request.account))
          && (method.isEmpty() || method.equals(request.method))
          && path.matcher(request.path).matches()
          && during.filter(it -> !it.contains(request.at)).isEmpty();
    }
  }

  /** What is left of a fault, to go on from. */
  record State(int id, Order order, int left, int hits) {}

  /** That a fault struck a request. */
  record Strike(int fault, Kind kind, String account, String method, String path, Instant at) {}

  private final long seed;
  private final Map<Integer, Fault> faults = new LinkedHashMap<>();
  private final Deque<Strike> strikes = new ArrayDeque<>();
  private final Consumer<List<State>> keeper;
  private int last;

  /**
   * Goes on with some.
   *
   * @param keeper is told of all whenever one changes
   */
  Faults(long seed, List<State> earlier, Consumer<List<State>> keeper) {
    this.seed = seed;
    this.keeper = keeper;
    for (State state : earlier) {
      Fault fault = new Fault(state, seed);
      faults.put(fault.id, fault);
      last = Math.max(last, fault.id);
    }
  }

  synchronized Fault add(Order order) {
    Fault fault = new Fault(++last, order, seed);
    faults.put(fault.id, fault);
    keep();
    return fault;
  }

  private void keep() {
    keeper.accept(faults.values().stream().map(Fault::state).toList());
  }

  synchronized Fault get(int id) {
    return Optional.ofNullable(faults.get(id))
        .orElseThrow(() -> new Rejection(404, 0, "no fault " + id));
  }

  synchronized List<Map<String, Object>> all() {
    return faults.values().stream().map(Fault::view).toList();
  }

  synchronized List<Strike> strikes() {
    return new ArrayList<>(strikes);
  }

  /** Ends a fault; what waits at it goes on. */
  synchronized void remove(int id) {
    get(id).release(false);
    faults.remove(id);
    keep();
  }

  /** One request as faults see it. */
  final class Passage {
    private final String account;
    private final String method;
    private final String path;
    private final Instant at;

    Passage(String account, String method, String path, Instant at) {
      this.account = account;
      this.method = method;
      this.path = path;
      this.at = at;
    }

    /** The first fault of such a kind that strikes this request now. */
    Optional<Fault> struckBy(Kind kind) {
      return find(this, kind);
    }

    /** Whether it finds its account locked; each request that would trade is a strike. */
    boolean isLocked() {
      return isTrade() ? struckBy(Kind.LOCKED).isPresent() : isUnder(this, Kind.LOCKED);
    }

    private boolean isTrade() {
      return switch (method) {
        case "POST", "PATCH" -> path.startsWith("/v2/orders");
        case "DELETE" -> path.startsWith("/v2/positions");
        default -> false;
      };
    }

    /** Waits and answers falsely where a fault before the effect says so. */
    void before() {
      struckBy(Kind.BARRIER_BEFORE).ifPresent(Fault::waitForRelease);
      struckBy(Kind.DELAY).ifPresent(Fault::delay);
      struckBy(Kind.STATUS_BEFORE).ifPresent(Faults::answerFalsely);
    }

    /** The same after the effect. */
    void after() {
      struckBy(Kind.BARRIER_AFTER).ifPresent(Fault::waitForRelease);
      struckBy(Kind.STATUS_AFTER).ifPresent(Faults::answerFalsely);
    }

    /** Whether no answer is to come: the fault's time has passed, the connection is to be cut. */
    boolean timesOut(Kind kind) {
      Optional<Fault> fault = struckBy(kind);
      fault.ifPresent(Fault::delay);
      return fault.isPresent();
    }
  }

  Passage passage(String account, String method, String path, Instant at) {
    return new Passage(account, method, path, at);
  }

  private static void answerFalsely(Fault fault) {
    int status = fault.order.status();
    throw new Rejection(status, status * 100_000L + 10_000, "fault " + fault.id);
  }

  private synchronized boolean isUnder(Passage request, Kind kind) {
    return faults.values().stream()
        .filter(fault -> fault.order.kind() == kind)
        .filter(fault -> fault.order.isFor(request))
        .anyMatch(Fault::isLeft);
  }

  private synchronized Optional<Fault> find(Passage request, Kind kind) {
    Optional<Fault> found =
        faults.values().stream()
            .filter(fault -> fault.order.kind() == kind)
            .filter(fault -> fault.order.isFor(request))
            .filter(Fault::strikes)
            .findFirst();
    found.ifPresent(
        fault -> {
          strikes.addLast(
              new Strike(
                  fault.id, kind, request.account, request.method, request.path, request.at));
          if (strikes.size() > STRIKES_KEPT) {
            strikes.removeFirst();
          }
          keep();
        });
    return found;
  }
}
