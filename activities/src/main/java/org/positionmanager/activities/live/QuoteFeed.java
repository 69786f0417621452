package org.positionmanager.activities.live;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.MarketData;
import org.positionmanager.activities.broker.QuoteRead;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.rules.JudgedPrice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every quote of the instruments followed, by stream where it can be had and by polling where it
 * cannot: stream down, silent, over the broker's limit, or not yet confirmed. While the market is
 * closed nothing is polled. When a stream serves an instrument again it is polled once more, which
 * closes the hole between the last poll and the subscription.
 *
 * <p>Polls go together, at the rate of {@link FeedTimes}, on one thread of the feed's own, which is
 * also the only one that reads the calendar. Quotes of streams go to the board on the thread that
 * reads the connection.
 */
public final class QuoteFeed implements AutoCloseable {
  /**
   * Who is told of events: one call at a time, for quotes that cannot be read on the reading
   * thread. It must not block and must not call the feed.
   */
  @FunctionalInterface
  public interface EventListener {
    void onEvent(FeedEvent event);
  }

  private static final Logger log = LoggerFactory.getLogger(QuoteFeed.class);

  /** Exchange time. */
  private static final Duration SOON = Duration.ofMinutes(1);

  private final LiveQuotes streams;
  private final MarketData polled;
  private final MarketHours hours;
  private final FeedTimes times;
  private final LongSupplier nanoClock;
  private final EventListener events;
  private final QuoteBoard board;
  private final ScheduledExecutorService poller;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final Object lock = new Object();

  // guarded by lock
  private final Gaps gaps = new Gaps();
  private final Set<Instrument> refused = new HashSet<>();
  private final Set<Instrument> ahead = new HashSet<>();

  private final PollTurns turns;

  private QuoteFeed(
      LiveQuotes streams,
      MarketData polled,
      MarketHours hours,
      FeedTimes times,
      LongSupplier nanoClock,
      EventListener events) {
    this.streams = streams;
    this.polled = polled;
    this.hours = hours;
    this.times = times;
    this.nanoClock = nanoClock;
    this.events = events;
    this.board =
        new QuoteBoard(
            (quote, failure) -> tell(new FeedEvent.ListenerFailed(quote, failure)),
            this::isBelieved);
    this.turns = new PollTurns(times.pollEach(), nanoClock.getAsLong());
    this.poller =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("quote-feed").factory());
  }

  /**
   * Starts the streams and the polling; it follows nothing yet.
   *
   * @param streams not started yet; closed with the feed
   * @param polled by requests of the same account and rate budget
   */
  public static QuoteFeed start(
      LiveQuotes streams,
      MarketData polled,
      MarketHours hours,
      FeedTimes times,
      LongSupplier nanoClock,
      EventListener events) {
    QuoteFeed feed = new QuoteFeed(streams, polled, hours, times, nanoClock, events);
    streams.start(feed.new Streamed());
    long each = times.pollEach().toNanos();
    feed.poller.scheduleWithFixedDelay(feed::pollSafely, 0, each, TimeUnit.NANOSECONDS);
    return feed;
  }

  /**
   * Whether the exchange can have made it, or will within a minute: a quote that is a little ahead
   * counts once its time has come. While the time is unknown everything is believed.
   */
  private boolean isBelieved(LiveQuote quote) {
    boolean ahead =
        hours
            .now()
            .filter(now -> JudgedPrice.isAhead(quote.quote().at().minus(SOON), now))
            .isPresent();
    if (ahead && ahead(quote.instrument())) {
      tell(
          new FeedEvent.Unreadable(
              quote.instrument().symbol(), "it is stamped later than now: " + quote.quote().at()));
    }
    return !ahead;
  }

  /** Whether that is news. */
  private boolean ahead(Instrument instrument) {
    synchronized (lock) {
      return ahead.add(instrument);
    }
  }

  /** The newest quotes; listeners of single instruments are registered there. */
  public QuoteBoard board() {
    return board;
  }

  /** Replaces the set of instruments. */
  public synchronized void follow(Set<Instrument> instruments) {
    synchronized (lock) {
      refused.retainAll(instruments);
      ahead.retainAll(instruments);
      gaps.follow(instruments, nanoClock.getAsLong()).forEach(this::tell);
    }
    board.retain(instruments);
    streams.follow(instruments);
    wake();
  }

  /** Polls at once, as far as the rate allows, without waiting for the next turn. */
  private void wake() {
    if (woken.compareAndSet(false, true)) {
      try {
        poller.execute(this::pollSafely);
      } catch (RejectedExecutionException e) {
        log.debug("the feed is closed");
      }
    }
  }

  private final class Streamed implements LiveQuotes.Listener {
    @Override
    public void onQuote(LiveQuote quote) {
      board.offer(quote);
    }

    @Override
    public void onReport(StreamReport report) {
      synchronized (lock) {
        tell(new FeedEvent.StreamChanged(report));
        gaps.take(report, nanoClock.getAsLong()).forEach(QuoteFeed.this::tell);
      }
      wake();
    }

    @Override
    public void onUnreadable(String stream, String what) {
      tell(new FeedEvent.Unreadable(stream, what));
    }
  }

  /** A task that throws would never be called again. */
  private void pollSafely() {
    woken.set(false);
    try {
      poll();
    } catch (RuntimeException | Error e) {
      log.error("polling of quotes", e);
    }
  }

  private void poll() {
    long begun = nanoClock.getAsLong();
    if (!turns.isDue(begun)) {
      return;
    }
    hours.refresh();
    Set<Instrument> due = hours.isOpen() ? due(begun) : Set.of();
    if (due.isEmpty()) {
      return;
    }
    turns.begins(begun, polled.requestsFor(due));
    try {
      take(polled.read(due), due, begun);
    } catch (BrokerException e) {
      synchronized (lock) {
        turns.failed(e, begun).ifPresent(this::tell);
      }
    }
  }

  private Set<Instrument> due(long now) {
    synchronized (lock) {
      return gaps.due(board, times.recheckAfter(), now);
    }
  }

  private void take(QuoteRead read, Set<Instrument> due, long begun) {
    long arrived = nanoClock.getAsLong();
    Set<Instrument> moved = new HashSet<>();
    for (Instrument one : due) {
      if (read.quotes().containsKey(one)) {
        LiveQuote quote =
            new LiveQuote(one, read.quotes().get(one), LiveQuote.Origin.POLL, arrived);
        if (isNews(quote)) {
          moved.add(one);
        }
        board.offer(quote);
      }
    }
    synchronized (lock) {
      gaps.asked(due, begun);
      tellRefused(read.refused());
      turns.answered().ifPresent(this::tell);
    }
    renewSilent(moved);
  }

  /** Whether the quote is later by the exchange's stamp than what is known; the first is not. */
  private boolean isNews(LiveQuote quote) {
    return board
        .standing(quote.instrument())
        .filter(known -> known.newest().quote().at().isBefore(quote.quote().at()))
        .isPresent();
  }

  /** A silent stream may have nothing to tell. Where quotes moved, it should have told. */
  private void renewSilent(Set<Instrument> moved) {
    Set<Instrument> missed = new HashSet<>();
    for (StreamReport report : streams.reports()) {
      report
          .unserved()
          .forEach(
              (one, why) -> {
                if (why == Unserved.SILENT && moved.contains(one)) {
                  missed.add(one);
                }
              });
    }
    if (!missed.isEmpty()) {
      synchronized (lock) {
        tell(new FeedEvent.QuotesMissed(Set.copyOf(missed)));
      }
      streams.renew(missed);
    }
  }

  private void tellRefused(Map<Instrument, String> now) {
    if (refused.addAll(now.keySet())) {
      tell(new FeedEvent.Refused(now));
    }
  }

  private void tell(FeedEvent event) {
    try {
      events.onEvent(event);
    } catch (RuntimeException | Error e) {
      log.error("listener of feed events failed at {}", event, e);
    }
  }

  /** How each stream does now. */
  public List<StreamReport> reports() {
    return streams.reports();
  }

  /** Ends streams and polling; a poll under way is interrupted. */
  @Override
  public void close() {
    poller.shutdownNow();
    streams.close();
  }
}
