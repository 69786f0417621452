package org.positionmanager.activities.watch;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.watch.ArmedExit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the account was last seen to hold, less what exits have taken since: the watch never sends
 * more. A read that fails leaves what was known.
 */
final class WatchedHoldings {
  private static final Logger log = LoggerFactory.getLogger(WatchedHoldings.class);

  private record Key(Instrument instrument, Direction direction) {}

  /**
   * What an exit has taken.
   *
   * @param answered the broker's answer is there: a read that begins later tells of it
   */
  private record Taken(Key key, Quantity quantity, boolean answered) {}

  /**
   * What a read showed.
   *
   * @param sinceNanos when the first of the reads began that all showed the same
   */
  private record Seen(Holding holding, long sinceNanos) {
    boolean isStill(Holding now) {
      return holding.quantity().equals(now.quantity())
          && holding.available().equals(now.available());
    }
  }

  /** What there is for an exit now. */
  sealed interface Take {
    /** So much, above zero; nobody else counts on it any more. */
    record Granted(Quantity quantity) implements Take {}

    /** Nothing is held. */
    record NotHeld() implements Take {}

    /** Held, but not free. */
    record HeldByOrders() implements Take {}

    /** Other exits have taken all of it; what becomes of them has to be seen. */
    record OnItsWayOut() implements Take {}
  }

  /** The broker's answers may lag behind its fills by so much; see the reference of positions. */
  private static final Duration SETTLED_AFTER = Duration.ofSeconds(10);

  /** Reads come each half minute; an older one says that they fail. */
  private static final Duration OUTDATED_AFTER = Duration.ofSeconds(45);

  private final Broker broker;
  private final LongSupplier nanoClock;
  private final AtomicBoolean moved = new AtomicBoolean();
  private Map<Key, Seen> known = Map.of();

  /** What was held until the quantity changed the last time. */
  private final Map<Key, Holding> earlier = new HashMap<>();

  private final Map<ClientOrderId, Taken> taken = new HashMap<>();
  private long readsBegun;
  private long readLast;
  private long readLastAtNanos;

  WatchedHoldings(Broker broker, LongSupplier nanoClock) {
    this.broker = broker;
    this.nanoClock = nanoClock;
  }

  /** Something was opened, filled or not taken: they are worth a read. */
  void moved() {
    moved.set(true);
  }

  /** Reads them anew where they may have moved. */
  void refreshWhereMoved() {
    if (moved.get()) {
      refresh();
    }
  }

  /** Whether they were read, and nothing has moved since. */
  synchronized boolean areKnown() {
    return readLast > 0 && !moved.get();
  }

  /** Returns whether the broker could be read. */
  boolean refresh() {
    moved.set(false);
    Set<ClientOrderId> told = new HashSet<>();
    long begun;
    long beganAt = nanoClock.getAsLong();
    synchronized (this) {
      begun = ++readsBegun;
      taken.forEach(
          (id, one) -> {
            if (one.answered) {
              told.add(id);
            }
          });
    }
    try {
      List<Holding> holdings = broker.holdings();
      apply(holdings, told, begun, beganAt);
      return true;
    } catch (BrokerException e) {
      moved.set(true);
      log.warn("{}: holdings cannot be read: {}", broker.name(), e.getMessage());
      return false;
    }
  }

  /** A read that was overtaken by a later one is over. */
  private synchronized void apply(
      List<Holding> holdings, Set<ClientOrderId> told, long begun, long beganAtNanos) {
    if (begun <= readLast) {
      return;
    }
    Map<Key, Seen> seen = new HashMap<>();
    for (Holding one : holdings) {
      Key key = new Key(one.instrument(), one.direction());
      Optional<Seen> last = Optional.ofNullable(known.get(key));
      last.map(Seen::holding)
          .filter(it -> !it.quantity().equals(one.quantity()))
          .ifPresent(it -> earlier.put(key, it));
      Optional<Seen> before = last.filter(it -> it.isStill(one));
      seen.put(key, new Seen(one, before.map(Seen::sinceNanos).orElse(beganAtNanos)));
    }
    readLast = begun;
    readLastAtNanos = beganAtNanos;
    known = seen;
    taken.keySet().removeAll(told);
  }

  /** What all reads of the last 10 s or longer agree on; empty where that cannot be said. */
  synchronized Optional<Holding> steady(Instrument instrument, Direction direction) {
    Key key = new Key(instrument, direction);
    boolean isOutdated = nanoClock.getAsLong() - readLastAtNanos > OUTDATED_AFTER.toNanos();
    if (moved.get() || isOutdated || takenOf(key).findAny().isPresent()) {
      return Optional.empty();
    }
    return Optional.ofNullable(known.get(key))
        .filter(it -> readLastAtNanos - it.sinceNanos() >= SETTLED_AFTER.toNanos())
        .map(Seen::holding);
  }

  /** As the newest read showed it; empty where it showed none. */
  synchronized Optional<Holding> newest(Instrument instrument, Direction direction) {
    return Optional.ofNullable(known.get(new Key(instrument, direction))).map(Seen::holding);
  }

  /** What reads showed until the quantity changed the last time; empty where it never did. */
  synchronized Optional<Holding> before(Instrument instrument, Direction direction) {
    return Optional.ofNullable(earlier.get(new Key(instrument, direction)));
  }

  /**
   * Takes what an exit may send now.
   *
   * @param wanted above zero; never more than that is granted, nor than is held
   */
  synchronized Take take(ArmedExit armed, Quantity wanted) {
    Key key = new Key(armed.position().instrument(), armed.basis().direction());
    Quantity out = takenOf(key).map(Taken::quantity).reduce(Quantity.ZERO, Quantity::plus);
    Optional<Holding> seen = Optional.ofNullable(known.get(key)).map(Seen::holding);
    Quantity held = seen.map(it -> it.quantity().lessAtMost(out)).orElse(Quantity.ZERO);
    if (held.isZero()) {
      return out.isZero() ? new Take.NotHeld() : new Take.OnItsWayOut();
    }
    Quantity granted = Quantity.min(wanted, held);
    if (seen.get().available().lessAtMost(out).compareTo(granted) < 0) {
      return new Take.HeldByOrders();
    }
    taken.put(armed.clientOrderId(), new Taken(key, granted, false));
    return new Take.Granted(granted);
  }

  private Stream<Taken> takenOf(Key key) {
    return taken.values().stream().filter(one -> one.key.equals(key));
  }

  /** What was taken was not sent after all. */
  synchronized void giveBack(ArmedExit armed) {
    taken.remove(armed.clientOrderId());
  }

  /**
   * The broker has answered what was sent. What it refused is there again; all else counts as gone
   * until holdings were read again.
   */
  void answered(ArmedExit armed, SubmitOutcome outcome) {
    synchronized (this) {
      taken.computeIfPresent(
          armed.clientOrderId(),
          (id, one) ->
              switch (outcome) {
                case SubmitOutcome.Refused refused -> null;
                case SubmitOutcome.Accepted accepted -> new Taken(one.key, one.quantity, true);
                case SubmitOutcome.Unknown unknown -> new Taken(one.key, one.quantity, true);
              });
    }
    moved();
  }
}
