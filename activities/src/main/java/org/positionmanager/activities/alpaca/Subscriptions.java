package org.positionmanager.activities.alpaca;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.positionmanager.activities.live.Unserved;

/**
 * What to ask of a data stream next, so that it follows what is wanted. One request at a time, so
 * that an error is known to be about it; only differences; unsubscribing first, to make room. A
 * request that is refused is halved until the refused symbol, or the limit, is found: what works is
 * kept. Not safe for several threads at once.
 */
final class Subscriptions {
  /** Keeps a request below 16 kB with the longest OCC symbols. */
  static final int MOST_IN_REQUEST = 500;

  /** A request of a difference. */
  record Request(boolean subscribe, List<String> symbols) {}

  private Set<String> wanted = new LinkedHashSet<>();
  private Set<String> confirmed = Set.of();
  private final Map<String, Unserved> leftOut = new LinkedHashMap<>();
  private final Set<String> stuck = new HashSet<>();
  private Optional<Request> underWay = Optional.empty();
  private final int allowed;
  private int most = MOST_IN_REQUEST;
  private int limit;

  /**
   * @param allowed symbols at most, as far as is known before the broker says so
   */
  Subscriptions(int allowed) {
    this.allowed = allowed;
    limit = allowed;
  }

  /** Replaces what is wanted; symbols wanted before keep their place before new ones. */
  void want(Set<String> symbols) {
    Set<String> next = new LinkedHashSet<>(wanted);
    next.retainAll(symbols);
    next.addAll(symbols);
    wanted = next;
    leftOut.keySet().retainAll(wanted);
  }

  boolean isAnyWanted() {
    return !wanted.isEmpty();
  }

  boolean isUnderWay() {
    return underWay.isPresent();
  }

  /** The next request, which then is under way; empty where one is, or nothing is to be asked. */
  Optional<Request> next() {
    if (underWay.isPresent()) {
      return Optional.empty();
    }
    List<String> surplus = new ArrayList<>(confirmed);
    surplus.removeAll(wanted);
    surplus.removeAll(stuck);
    if (!surplus.isEmpty()) {
      underWay = Optional.of(new Request(false, first(surplus, MOST_IN_REQUEST)));
      return underWay;
    }
    List<String> missing = new ArrayList<>(wanted);
    missing.removeAll(confirmed);
    missing.removeAll(leftOut.keySet());
    int room = limit - confirmed.size();
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    if (room <= 0) {
      missing.forEach(symbol -> leftOut.put(symbol, Unserved.OVER_LIMIT));
      return Optional.empty();
    }
    underWay = Optional.of(new Request(true, first(missing, Math.min(most, room))));
    return underWay;
  }

  private static List<String> first(List<String> symbols, int count) {
    return List.copyOf(symbols.subList(0, Math.min(symbols.size(), count)));
  }

  /** The broker says all that it follows now. */
  void confirmed(Collection<String> all) {
    confirmed = new LinkedHashSet<>(all);
    underWay.ifPresent(this::answered);
    underWay = Optional.empty();
    if (confirmed.size() < limit) {
      leftOut.values().removeIf(why -> why == Unserved.OVER_LIMIT);
    }
  }

  private void answered(Request request) {
    for (String symbol : request.symbols) {
      if (request.subscribe && !confirmed.contains(symbol)) {
        leftOut.put(symbol, Unserved.NOT_CONFIRMED);
      } else if (!request.subscribe && confirmed.contains(symbol)) {
        stuck.add(symbol);
      }
    }
  }

  /**
   * The request under way was refused and changed nothing.
   *
   * @param byLimit because of too many symbols
   */
  void refused(boolean byLimit) {
    Request request = underWay.orElseThrow();
    underWay = Optional.empty();
    if (!request.subscribe) {
      stuck.addAll(request.symbols);
    } else if (request.symbols.size() > 1) {
      most = request.symbols.size() / 2;
    } else if (byLimit) {
      limit = confirmed.size();
    } else {
      leftOut.put(request.symbols.getFirst(), Unserved.REFUSED);
      most = MOST_IN_REQUEST;
    }
  }

  /** The connection is gone, and with it all that the broker followed and refused. */
  void lost() {
    confirmed = Set.of();
    leftOut.clear();
    stuck.clear();
    underWay = Optional.empty();
    most = MOST_IN_REQUEST;
    limit = allowed;
  }

  boolean isOverLimit() {
    return leftOut.containsValue(Unserved.OVER_LIMIT);
  }

  /** Symbols that are wanted and confirmed. */
  Set<String> served() {
    Set<String> served = new LinkedHashSet<>(wanted);
    served.retainAll(confirmed);
    return served;
  }

  /** Symbols that are wanted and not confirmed, and why. */
  Map<String, Unserved> unserved() {
    Map<String, Unserved> unserved = new LinkedHashMap<>();
    for (String symbol : wanted) {
      if (!confirmed.contains(symbol)) {
        unserved.put(symbol, leftOut.getOrDefault(symbol, Unserved.PENDING));
      }
    }
    return unserved;
  }
}
