package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.activities.broker.MinuteBar;
import org.positionmanager.activities.broker.MinuteBars;
import org.positionmanager.activities.trading.ContractExpiry;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.NyseCalendar;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.watch.ArmedExit;

/** A watch's list on 11 February 2026, and bars and quotes as a test says. */
final class GapDesk implements MinuteBars, ExchangeCalendar {
  private static final LocalDate TODAY = LocalDate.of(2026, 2, 11);
  static final Instrument PUT = Instrument.parse("NOW260220P00110000");
  static final Duration SETTLED = Duration.ofSeconds(35);
  static final Instant FILLED = at("10:00:20");

  final List<String> asked = new CopyOnWriteArrayList<>();
  final List<PositionId> judgedAgain = new CopyOnWriteArrayList<>();
  final WatchList list = new WatchList(new ContractExpiry(this), any -> {});
  Instant filled = FILLED;
  volatile boolean failing;
  volatile boolean refusing;
  private final List<MinuteBar> bars = new CopyOnWriteArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private volatile Instant now = FILLED;
  private volatile Optional<Quote> quote = Optional.empty();
  private final List<Permission> permissions = new ArrayList<>();

  final PeakGap gap =
      new PeakGap(
          new PeakGap.Parts(
              list,
              () -> Optional.of(moment()),
              this,
              any -> quote,
              judgedAgain::add,
              this,
              nanos::get,
              Duration.ofSeconds(3)));

  static Instant at(String time) {
    return on(TODAY, time);
  }

  static Instant dayBefore(String time) {
    return on(TODAY.minusDays(1), time);
  }

  private static Instant on(LocalDate date, String time) {
    return date.atTime(LocalTime.parse(time)).atZone(ExchangeZone.NEW_YORK).toInstant();
  }

  /** The clock is set, without time that passes. */
  void nowIs(Instant moment) {
    now = moment;
  }

  /** Time passes, for clock and process alike; the quote of now is told again. */
  void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
    nowIs(now.plus(time));
    quote.ifPresent(it -> quoted(it.bid().toString(), it.ask().toString()));
  }

  void quoted(String bid, String ask) {
    quote = Optional.of(new Quote(Price.parse(bid), Price.parse(ask), now.plusSeconds(4)));
  }

  void bar(String minute, String high, String low, int trades) {
    bars.add(new MinuteBar(at(minute), Price.parse(high), Price.parse(low), trades));
  }

  /** A take-over of the one position. */
  void loads(Direction direction, String peak, String trough, Instant seenUpTo) {
    loads(direction, peak, trough, Optional.of(seenUpTo));
  }

  void loads(Direction direction, String peak, String trough, Optional<Instant> seenUpTo) {
    permissions.clear();
    list.replaceAll(List.of());
    load(permission(PUT, direction, peak, trough, seenUpTo));
  }

  void loadsAnother(String symbol, Instant seenUpTo) {
    load(permission(Instrument.parse(symbol), Direction.LONG, "4.9", "4.8", Optional.of(seenUpTo)));
  }

  private void load(Permission permission) {
    permissions.add(permission);
    list.replaceAll(permissions);
  }

  private Permission permission(
      Instrument instrument,
      Direction direction,
      String peak,
      String trough,
      Optional<Instant> seenUpTo) {
    PositionId id =
        PositionId.parse("tiny/" + instrument + "/7f1c0000-0000-4000-8000-000000000001");
    Basis basis =
        new Basis(
            instrument,
            direction,
            Price.parse("4.80"),
            Quantity.of(10),
            Price.parse("4.80"),
            filled);
    EntryTerms terms = EntryTerms.of(Strategy.SWING_TRADE, direction, Quantity.of(10), filled);
    ArmedExit armed = new ArmedExit(id, 1, 1, Plans.defaultsFor(terms, basis), basis);
    return new Permission(
        id,
        1,
        Optional.of(armed),
        Optional.of(Price.parse(peak)),
        Optional.of(Price.parse(trough)),
        seenUpTo);
  }

  /** The watch judges by the quote of now. */
  void judges() {
    Observation seen = new Observation(moment(), quote, Optional.empty(), Optional.empty());
    list.all().forEach(one -> assertThat(one.judge(() -> seen, nanos.get())).isEmpty());
  }

  SeenByWatch noted() {
    return list.all().iterator().next().toNote(Duration.ZERO).orElseThrow();
  }

  /** As judged from now on. */
  void assertPeakAndTrough(String peak, String trough) {
    Basis basis = basis();
    assertThat(basis.peak()).isEqualTo(Price.parse(peak));
    assertThat(basis.trough()).isEqualTo(Price.parse(trough));
  }

  void awaitPeak(Price peak) {
    await().atMost(Duration.ofSeconds(10)).until(() -> basis().peak().equals(peak));
  }

  private Basis basis() {
    return list.all().iterator().next().basis().orElseThrow();
  }

  @Override
  public Map<Instrument, List<MinuteBar>> read(
      Set<Instrument> instruments, Instant fromInclusive, Instant toExclusive) {
    asked.add(
        "%s to %s %s"
            .formatted(
                time(fromInclusive),
                time(toExclusive),
                instruments.stream().map(Instrument::symbol).sorted().toList()));
    if (failing) {
      throw new BrokerException(BrokerException.Kind.UNAVAILABLE, "bars: away");
    }
    Map<Instrument, List<MinuteBar>> found = new HashMap<>();
    if (!refusing) {
      instruments.forEach(one -> found.put(one, List.copyOf(bars)));
    }
    return found;
  }

  private static LocalTime time(Instant moment) {
    return moment.atZone(ExchangeZone.NEW_YORK).toLocalTime();
  }

  @Override
  public Duration settledAfter(Instrument instrument) {
    return SETTLED;
  }

  @Override
  public List<TradingSession> sessions(LocalDate fromInclusive, LocalDate toInclusive) {
    return fromInclusive
        .datesUntil(toInclusive.plusDays(1))
        .flatMap(date -> NyseCalendar.on(date).stream())
        .toList();
  }

  @Override
  public MarketMoment moment() {
    TradingSession today = NyseCalendar.on(TODAY).orElseThrow();
    TradingSession next = NyseCalendar.on(TODAY.plusDays(1)).orElseThrow();
    return new MarketMoment(now, Optional.of(today).filter(it -> it.contains(now)), next, 1);
  }
}
