package org.positionmanager.activities.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.positionmanager.workflows.instrument.Instrument;

/**
 * The newest quote of each instrument. Newer is what the exchange stamped later; of two different
 * quotes with one stamp, the one that arrived later. What is older, or the same again, replaces
 * nothing and is told to nobody, but says that the instrument was heard of.
 *
 * <p>Any thread may offer, without locks: one instrument's quotes are taken one at a time, by
 * whichever offering thread came first; another's quote waits in a queue for that thread. So
 * listeners of one instrument are never called by two threads at once, and never with an older
 * quote after a newer one.
 */
public final class QuoteBoard {
  /** Who is told of new quotes; must not block, since it is called on the thread that reads. */
  @FunctionalInterface
  public interface Listener {
    void onQuote(LiveQuote quote);
  }

  /** What to do about a listener that throws; the others are told all the same. Must not throw. */
  @FunctionalInterface
  public interface FailureHandler {
    void onFailure(LiveQuote quote, Throwable failure);
  }

  /** Ends a registration. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * What is known of an instrument.
   *
   * @param newest the quote that counts
   * @param heardAtNanos when any quote of it last arrived, by the monotonic clock
   */
  public record Standing(LiveQuote newest, long heardAtNanos) {
    /** How old the quote is by the exchange's clock. */
    public Duration exchangeAge(Instant exchangeTime) {
      return newest.quote().age(exchangeTime);
    }

    /** How long nothing was heard, by the monotonic clock. */
    public Duration unheardFor(long nowNanos) {
      return Duration.ofNanos(nowNanos - heardAtNanos);
    }
  }

  private final class Cell {
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Queue<LiveQuote> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile Standing standing;

    void offer(LiveQuote quote) {
      if (underWay.compareAndSet(0, 1)) {
        take(quote);
        if (underWay.decrementAndGet() == 0) {
          return;
        }
      } else {
        waiting.add(quote);
        if (underWay.getAndIncrement() != 0) {
          return;
        }
      }
      do {
        take(waiting.remove());
      } while (underWay.decrementAndGet() != 0);
    }

    private void take(LiveQuote quote) {
      Standing before = standing;
      if (before == null || isNewer(quote, before.newest)) {
        standing = new Standing(quote, quote.arrivedAtNanos());
        tell(everybody, quote);
        tell(listeners, quote);
      } else if (quote.arrivedAtNanos() - before.heardAtNanos > 0) {
        standing = new Standing(before.newest, quote.arrivedAtNanos());
      }
    }
  }

  private final Map<Instrument, Cell> cells = new ConcurrentHashMap<>();
  private final List<Listener> everybody = new CopyOnWriteArrayList<>();
  private final FailureHandler failures;
  private final Predicate<LiveQuote> isBelieved;

  /** Takes whatever is offered. */
  public QuoteBoard(FailureHandler failures) {
    this(failures, quote -> true);
  }

  /**
   * @param isBelieved what is not counts as never heard: a quote with a stamp of tomorrow would
   *     keep all of today's from counting
   */
  public QuoteBoard(FailureHandler failures, Predicate<LiveQuote> isBelieved) {
    this.failures = failures;
    this.isBelieved = isBelieved;
  }

  private static boolean isNewer(LiveQuote quote, LiveQuote known) {
    int order = quote.quote().at().compareTo(known.quote().at());
    return order > 0
        || (order == 0
            && quote.arrivedAtNanos() - known.arrivedAtNanos() > 0
            && !quote.quote().equals(known.quote()));
  }

  private void tell(List<Listener> listeners, LiveQuote quote) {
    for (Listener listener : listeners) {
      try {
        listener.onQuote(quote);
      } catch (RuntimeException | Error e) {
        // An error that got out of here would leave the instrument's other quotes waiting for ever.
        failures.onFailure(quote, e);
      }
    }
  }

  private Cell cell(Instrument instrument) {
    Cell known = cells.get(instrument);
    return known != null ? known : cells.computeIfAbsent(instrument, any -> new Cell());
  }

  /** Takes a quote; whoever listens to its instrument has been told of it, or soon is. */
  public void offer(LiveQuote quote) {
    if (isBelieved.test(quote)) {
      cell(quote.instrument()).offer(quote);
    }
  }

  /** Empty while no quote of it came. */
  public Optional<Standing> standing(Instrument instrument) {
    Cell cell = cells.get(instrument);
    return cell == null ? Optional.empty() : Optional.ofNullable(cell.standing);
  }

  /** Tells of each new quote of an instrument from now on. */
  public Registration listen(Instrument instrument, Listener listener) {
    return register(cell(instrument).listeners, listener);
  }

  /** Tells of each new quote of any instrument from now on, before the instrument's own. */
  public Registration listenToAll(Listener listener) {
    return register(everybody, listener);
  }

  private static Registration register(List<Listener> listeners, Listener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Forgets all instruments but these; one that somebody listens to keeps its listeners. */
  public void retain(Set<Instrument> instruments) {
    cells
        .entrySet()
        .removeIf(
            entry -> !instruments.contains(entry.getKey()) && entry.getValue().listeners.isEmpty());
  }
}
