package org.positionmanager.activities.watch;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.positionmanager.activities.trading.ContractExpiry;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.Stock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The positions under watch, sorted by what is quoted for them: the instrument held, and its
 * underlying where the plan compares it. Read by any thread; changed by one at a time.
 */
final class WatchList {
  private static final Logger log = LoggerFactory.getLogger(WatchList.class);

  private final ContractExpiry expiries;
  private final Consumer<Set<Instrument>> follow;
  private final UnwrittenQuotes quotes = new UnwrittenQuotes();
  private final Map<PositionId, Guarded> guarded = new ConcurrentHashMap<>();
  private final Map<Instrument, List<Guarded>> byInstrument = new ConcurrentHashMap<>();

  /**
   * @param follow told of the instruments whenever they change
   */
  WatchList(ContractExpiry expiries, Consumer<Set<Instrument>> follow) {
    this.expiries = expiries;
    this.follow = follow;
  }

  Collection<Guarded> all() {
    return guarded.values();
  }

  /** By which positions under watch, or that were until now, were judged. */
  UnwrittenQuotes quotes() {
    return quotes;
  }

  int size() {
    return guarded.size();
  }

  Optional<Guarded> find(PositionId position) {
    return Optional.ofNullable(guarded.get(position));
  }

  /** Positions that a quote of the instrument concerns. */
  List<Guarded> concernedBy(Instrument instrument) {
    return byInstrument.getOrDefault(instrument, List.of());
  }

  Set<Instrument> instruments() {
    return Set.copyOf(byInstrument.keySet());
  }

  /** These and no others. */
  void replaceAll(List<Permission> all) {
    Set<PositionId> known = new HashSet<>();
    for (Permission permission : all) {
      known.add(permission.position());
      try {
        take(permission);
      } catch (RuntimeException e) {
        // one position that cannot be watched must not keep the others from it
        log.error("{}: only its reviews protect it", permission.position(), e);
      }
    }
    guarded.forEach(
        (position, one) -> {
          if (!known.contains(position)) {
            one.end();
          }
        });
    guarded.keySet().retainAll(known);
    sortAnew();
  }

  /** One permission anew, or one position more; only what is new to quote is a matter to follow. */
  void replace(Permission permission) {
    Guarded one = take(permission);
    boolean isNews = false;
    for (Instrument quoted : quotedFor(one)) {
      isNews |= !byInstrument.containsKey(quoted);
      List<Guarded> concerned =
          byInstrument.computeIfAbsent(quoted, any -> new CopyOnWriteArrayList<>());
      if (!concerned.contains(one)) {
        concerned.add(one);
      }
    }
    if (isNews) {
      follow.accept(instruments());
    }
  }

  void remove(PositionId position) {
    Guarded over = guarded.remove(position);
    if (over != null) {
      over.end();
      sortAnew();
    }
  }

  private Guarded take(Permission permission) {
    return guarded.compute(
        permission.position(),
        (position, known) -> {
          if (known == null) {
            return new Guarded(permission, expiries.of(position.instrument()), quotes);
          }
          known.replace(permission);
          return known;
        });
  }

  private void sortAnew() {
    Map<Instrument, List<Guarded>> sorted = new HashMap<>();
    for (Guarded one : guarded.values()) {
      for (Instrument quoted : quotedFor(one)) {
        sorted.computeIfAbsent(quoted, any -> new CopyOnWriteArrayList<>()).add(one);
      }
    }
    byInstrument.keySet().retainAll(sorted.keySet());
    byInstrument.putAll(sorted);
    follow.accept(instruments());
  }

  private static Set<Instrument> quotedFor(Guarded one) {
    Instrument instrument = one.position().instrument();
    return one.asksForUnderlying()
        ? Set.of(instrument, new Stock(instrument.underlying()))
        : Set.of(instrument);
  }
}
