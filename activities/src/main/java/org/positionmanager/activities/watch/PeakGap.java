package org.positionmanager.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.activities.broker.MinuteBar;
import org.positionmanager.activities.broker.MinuteBars;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.rules.JudgedPrice;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.value.Price;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds in minute bars what peaks and troughs became while nobody watched: from the moment up to
 * which the watch before had seen everything, or from which this process stood still, to now.
 * Meanwhile positions are judged by what is known, and the ledger keeps the moment from which
 * something is missing, so that whoever takes over before the bars are read knows of it too. A read
 * that fails is tried again a second later; nothing that protects waits for it.
 *
 * <p>Bars tell of trades, plans judge the middle of bid and ask. So bars count for less than they
 * say, and a peak that was never there is not made up of them; it would sell by a trailing stop
 * that nothing had raised:
 *
 * <ul>
 *   <li>A trade lies between the bid and the ask of its moment, so the mid was half a spread away
 *       at most. What the spread was then, no bar tells; <em>twice</em> what it is now is allowed
 *       for: a high counts less a whole spread, a low plus one. Where the quote of now is unusable
 *       by the plan's own limits, the bars wait for one that is.
 *   <li>A minute with a single trade counts for nothing: a lone print may be late, or a leg of a
 *       spread at a price of its own. In contracts that hardly trade the peak thus stays what it
 *       was.
 *   <li>Only minutes that began after the entry was filled count. The minute in which the last
 *       judgement fell does, since its beginning was watched.
 *   <li>Only regular sessions count, as outside them nothing is judged.
 *   <li>A minute counts when its bar is {@linkplain MinuteBars#settledAfter settled}.
 * </ul>
 */
final class PeakGap implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PeakGap.class);

  /**
   * Exchange time of open market without a watch that is let pass: about what a hand-over takes.
   */
  static final Duration WORTH_FILLING = Duration.ofSeconds(5);

  private static final Duration TURN = Duration.ofSeconds(1);

  /**
   * What is looked after.
   *
   * @param moments where in the exchange's day we are; empty while that is unknown
   * @param quotes the newest of an instrument
   * @param judgeAgain told of each position of which a peak or trough moved
   * @param stoodStillAfter real time between two turns after which something may have been missed
   */
  record Parts(
      WatchList list,
      Supplier<Optional<MarketMoment>> moments,
      ExchangeCalendar calendar,
      Function<Instrument, Optional<Quote>> quotes,
      Consumer<PositionId> judgeAgain,
      MinuteBars bars,
      LongSupplier nanoClock,
      Duration stoodStillAfter) {}

  /** A gap, what of it can be read now, and what its trades are allowed to be off by. */
  private record Due(Gap gap, Gap.Span span, Price spread) {}

  private final Parts parts;
  private final Map<PositionId, Gap> gaps = new HashMap<>();
  private Optional<Instant> lastTurn = Optional.empty();
  private long lastTurnAt;
  private boolean failing;
  private Optional<Thread> thread = Optional.empty();

  PeakGap(Parts parts) {
    this.parts = parts;
  }

  /** Looks each second, on a thread of its own, until it is closed. */
  PeakGap start(String name) {
    thread = Optional.of(Thread.ofVirtual().name("peak-gap-" + name).start(this::run));
    return this;
  }

  private void run() {
    try {
      while (true) {
        turnSafely();
        Thread.sleep(TURN);
      }
    } catch (InterruptedException closed) {
      log.debug("no gap is filled any more");
    }
  }

  private void turnSafely() {
    try {
      turn();
      if (failing) {
        log.info("bars can be read again");
      }
      failing = false;
    } catch (BrokerException e) {
      if (!failing && !Thread.currentThread().isInterrupted()) {
        log.warn("peaks go on from those stored: what nobody watched: {}", e.getMessage());
      }
      failing = true;
    } catch (RuntimeException e) {
      log.error("peaks go on from those stored", e);
    }
  }

  /**
   * Looks for gaps and reads what can be read of the earliest.
   *
   * @throws BrokerException where bars or calendar could not be read; the next turn tries again
   */
  void turn() {
    Optional<MarketMoment> moment = parts.moments.get();
    if (moment.isEmpty()) {
      return;
    }
    noticeStandstill();
    try {
      find(moment.get().now());
      fill(moment.get());
    } finally {
      // what a slow read took is no standstill
      lastTurn = parts.moments.get().map(MarketMoment::now);
      lastTurnAt = parts.nanoClock.getAsLong();
    }
  }

  private void noticeStandstill() {
    long stood = parts.nanoClock.getAsLong() - lastTurnAt;
    if (lastTurn.isPresent() && stood > parts.stoodStillAfter.toNanos()) {
      parts.list.all().forEach(one -> one.lostSight(lastTurn.get()));
      gaps.clear();
    }
  }

  private void find(Instant now) {
    Set<PositionId> open = new HashSet<>();
    for (Guarded one : parts.list.all()) {
      Optional<Unseen> unseen = one.unseen();
      if (unseen.isPresent()) {
        open.add(one.position());
        if (!gaps.containsKey(one.position())) {
          begin(one, unseen.get(), now);
        }
      }
    }
    gaps.keySet().retainAll(open);
  }

  private void begin(Guarded one, Unseen unseen, Instant now) {
    List<TradingSession> sessions =
        now.isAfter(unseen.since()) ? sessions(unseen.since(), now) : List.of();
    Gap gap = new Gap(one, unseen, now, sessions);
    if (gap.openMarket().compareTo(WORTH_FILLING) <= 0 || gap.rest().isEmpty()) {
      one.hasSeenAll();
    } else {
      log.info(
          "{}: not watched for {} from {} on", one.position(), gap.openMarket(), unseen.since());
      gaps.put(one.position(), gap);
    }
  }

  private List<TradingSession> sessions(Instant from, Instant to) {
    return parts.calendar.sessions(date(from), date(to)).stream()
        .filter(it -> it.openInclusive().isBefore(to) && it.closeExclusive().isAfter(from))
        .toList();
  }

  private static LocalDate date(Instant moment) {
    return LocalDate.ofInstant(moment, ExchangeZone.NEW_YORK);
  }

  private void fill(MarketMoment moment) {
    List<Due> due =
        gaps.values().stream()
            .flatMap(gap -> due(gap, moment).stream())
            .sorted(Comparator.comparing(it -> it.span.from()))
            .toList();
    if (due.isEmpty()) {
      return;
    }
    // one session a read, so that a long absence is worked off step by step
    Instant from = due.getFirst().span.from();
    List<Due> together =
        due.stream().filter(it -> date(it.span.from()).equals(date(from))).toList();
    Instant to = together.stream().map(it -> it.span.to()).max(Instant::compareTo).orElseThrow();
    Map<Instrument, List<MinuteBar>> bars =
        parts.bars.read(
            together.stream().map(it -> it.gap.instrument()).collect(Collectors.toSet()), from, to);
    together.forEach(it -> take(it, Optional.ofNullable(bars.get(it.gap.instrument()))));
    gaps.values().removeIf(gap -> gap.rest().isEmpty());
  }

  private Optional<Due> due(Gap gap, MarketMoment moment) {
    Instant settled = moment.now().minus(parts.bars.settledAfter(gap.instrument()));
    return gap.isRefused(parts.nanoClock.getAsLong())
        ? Optional.empty()
        : gap.rest()
            .flatMap(span -> span.upTo(settled.truncatedTo(ChronoUnit.MINUTES)))
            .flatMap(span -> spread(gap, moment).map(spread -> new Due(gap, span, spread)));
  }

  /** Between bid and ask now; empty where the plan would not judge by them. */
  private Optional<Price> spread(Gap gap, MarketMoment moment) {
    Optional<Quote> newest = parts.quotes.apply(gap.instrument());
    Observation seen = new Observation(moment, newest, Optional.empty(), Optional.empty());
    return switch (JudgedPrice.of(gap.sight(), gap.instrument(), seen)) {
      case JudgedPrice.Usable usable ->
          newest.map(quote -> new Price(quote.ask().value().subtract(quote.bid().value())));
      case JudgedPrice.Unusable unusable -> Optional.empty();
    };
  }

  private void take(Due due, Optional<List<MinuteBar>> bars) {
    Gap gap = due.gap;
    if (bars.isEmpty()) {
      log.warn("{}: its bars are refused; its peak goes on from the stored one", gap.instrument());
      gap.refused(parts.nanoClock.getAsLong());
    } else if (gap.take(due.span, bars.get(), due.spread)) {
      log.info("{}: its peak or trough moved while nobody watched", gap.instrument());
      parts.judgeAgain.accept(gap.position());
    }
  }

  @Override
  public void close() {
    thread.ifPresent(Thread::interrupt);
  }
}
