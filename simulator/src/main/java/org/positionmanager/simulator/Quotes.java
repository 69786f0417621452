package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.positionmanager.simulator.market.BidAsk;
import org.positionmanager.simulator.market.ModelledOption;
import org.positionmanager.simulator.market.OptionContract;
import org.positionmanager.simulator.market.PriceSource;
import org.positionmanager.simulator.market.ScaledPrices;
import org.positionmanager.simulator.market.ScriptedPath;

/**
 * Prices of all symbols: what their sources say, unless a script or a person says otherwise. May be
 * asked from any thread.
 */
final class Quotes {
  private static final int LONGEST_BREAK_DAYS = 10;

  record Quote(BigDecimal bid, BigDecimal ask, Instant at) {
    private static Quote of(BidAsk price) {
      return new Quote(price.bid(), price.ask(), price.at());
    }
  }

  /** A point of a path: the mid at so much time after the path's beginning. */
  record Point(Duration at, BigDecimal mid) {}

  /**
   * Something scripted that holds for a while.
   *
   * @param until exclusive
   * @param quote what is quoted meanwhile; empty for a halt, which keeps the last quote
   */
  record Interlude(Instant from, Instant until, Optional<Quote> quote) {
    boolean covers(Instant moment) {
      return !moment.isBefore(from) && moment.isBefore(until);
    }
  }

  private final long seed;
  private final MarketHours hours;
  private final Map<String, PriceSource> sources = new ConcurrentHashMap<>();
  private final Splits splits = new Splits();

  /** Contracts that a split ended, and since when. */
  private final Map<String, Instant> ended = new ConcurrentHashMap<>();

  private final Map<String, Quote> pinned = new ConcurrentHashMap<>();
  private final Map<String, Instant> halted = new ConcurrentHashMap<>();
  private volatile Optional<NyseCalendar.Session> lastSession = Optional.empty();
  private final Map<String, List<Interlude>> interludes = new ConcurrentHashMap<>();

  Quotes(long seed) {
    this(seed, MarketHours.NYSE);
  }

  Quotes(long seed, MarketHours hours) {
    this.seed = seed;
    this.hours = hours;
  }

  MarketHours hours() {
    return hours;
  }

  void path(String symbol, Instant from, List<Point> points) {
    source(
        symbol,
        new ScriptedPath(
            symbol,
            seed,
            from,
            points.stream().map(it -> new ScriptedPath.Point(it.at(), it.mid())).toList()));
  }

  /** Where a symbol's prices come from. */
  void source(String symbol, PriceSource source) {
    sources.put(symbol, source);
  }

  Optional<PriceSource> source(String symbol) {
    return Optional.ofNullable(sources.get(symbol));
  }

  /** Scripts something for a while; a later one goes before an earlier one. */
  void script(String symbol, Interlude interlude) {
    interludes.computeIfAbsent(symbol, it -> new ArrayList<>()).addFirst(interlude);
  }

  void pin(String symbol, Quote quote) {
    pinned.put(symbol, quote);
  }

  void unpin(String symbol) {
    pinned.remove(symbol);
  }

  /** Whether its price or its trading before a moment is set by hand, which may end. */
  boolean mayChange(String symbol, Instant until) {
    Quote pin = pinned.get(symbol);
    Instant since = halted.get(symbol);
    return pin != null && pin.at().isBefore(until) || since != null && since.isBefore(until);
  }

  /** Stops trading in a symbol: its quote stays, nothing fills. */
  void halt(String symbol, Instant since) {
    halted.put(symbol, since);
  }

  void resume(String symbol) {
    halted.remove(symbol);
  }

  /** Whether trading in a symbol stands still at a moment, by script or by hand. */
  boolean isHalted(String symbol, Instant moment) {
    Instant since = halted.get(symbol);
    return since != null && !moment.isBefore(since)
        || interlude(symbol, moment).filter(it -> it.quote().isEmpty()).isPresent();
  }

  private Optional<Interlude> interlude(String symbol, Instant moment) {
    if (interludes.isEmpty()) {
      return Optional.empty();
    }
    return interludes.getOrDefault(symbol, List.of()).stream()
        .filter(it -> it.covers(moment))
        .findFirst();
  }

  Set<String> symbols() {
    Set<String> all = new TreeSet<>(sources.keySet());
    all.addAll(pinned.keySet());
    all.removeAll(ended.keySet());
    return all;
  }

  /** What splits made of shares and contracts. */
  Splits splits() {
    return splits;
  }

  /** From a moment on a share, and the options on it, are quoted in new shares. */
  synchronized void split(String symbol, BigDecimal now, BigDecimal old, Instant at) {
    Map<String, String> origins = new TreeMap<>();
    Map<String, PriceSource> adjusted = new TreeMap<>();
    Map<String, Quote> adjustedPins = new TreeMap<>();
    Splits.Origin then = new Splits.Origin(symbol, now, old);
    for (String name : symbols()) {
      OptionContract contract =
          OptionContract.of(name).filter(it -> it.root().equals(symbol)).orElse(null);
      if (contract == null) {
        continue;
      }
      ended.put(name, at);
      Optional<Quote> pin = Optional.ofNullable(pinned.remove(name));
      if (Splits.isWhole(now, old)) {
        OptionContract next = Splits.adjusted(contract, now, old);
        origins.put(next.symbol(), name);
        source(name).ifPresent(it -> adjusted.put(next.symbol(), split(it, next, now, old)));
        pin.ifPresent(it -> adjustedPins.put(next.symbol(), then.quote(it)));
      }
    }
    splits.add(new Splits.Split(symbol, now, old, at, origins));
    ended.keySet().removeAll(origins.keySet());
    sources.putAll(adjusted);
    pinned.putAll(adjustedPins);
    pinned.computeIfPresent(symbol, (name, pin) -> then.quote(pin));
  }

  private static PriceSource split(
      PriceSource source, OptionContract next, BigDecimal now, BigDecimal old) {
    return source instanceof ModelledOption option
        ? option.split(next, now, old)
        : new ScaledPrices(source, now, old);
  }

  /** Whether a symbol has prices. */
  boolean knows(String symbol) {
    return (sources.containsKey(symbol) || pinned.containsKey(symbol))
        && !ended.containsKey(symbol);
  }

  /** Halted symbols, with the moment that each stands still since. */
  Map<String, Instant> halts() {
    return new TreeMap<>(halted);
  }

  /**
   * The quote at a moment; when the market is closed, that of the last close, but for a source that
   * goes on after hours.
   */
  Optional<Quote> at(String symbol, Instant now) {
    Quote pin = pinned.get(symbol);
    if (pin != null) {
      return Optional.of(pin);
    }
    return before(symbol, now);
  }

  /** The quote of a moment past or present: what is pinned counts from its own time on only. */
  Optional<Quote> recorded(String symbol, Instant moment) {
    Quote pin = pinned.get(symbol);
    return pin != null && !moment.isBefore(pin.at()) ? Optional.of(pin) : before(symbol, moment);
  }

  /** The quote of a moment past, in shares of now. */
  Optional<Quote> then(String symbol, Instant moment, Instant now) {
    Quote pin = pinned.get(symbol);
    return pin != null
        ? Optional.of(pin)
        : before(symbol, moment).map(splits.origin(symbol, moment, now)::quote);
  }

  private Optional<Quote> before(String symbol, Instant now) {
    PriceSource source = sources.get(symbol);
    Instant end = ended.get(symbol);
    if (source == null || end != null && !now.isBefore(end)) {
      return Optional.empty();
    }
    // a contract's source knows of splits already
    Optional<Quote> said = said(symbol, source, now);
    return Symbols.isOption(symbol)
        ? said
        : said.map(splits.origin(symbol, Instant.MIN, now)::quote);
  }

  private Optional<Quote> said(String symbol, PriceSource source, Instant now) {
    Instant moment = source.goesOnAfterHours() ? now : lastTraded(now);
    Optional<Interlude> scripted = interlude(symbol, moment);
    if (scripted.isPresent() && scripted.get().quote().isPresent()) {
      return scripted.get().quote();
    }
    Instant moving = scripted.map(Interlude::from).orElse(moment);
    Instant since = halted.getOrDefault(symbol, moving);
    Instant stood = source.goesOnAfterHours() ? since : lastTraded(since);
    return source.at(since.isBefore(moving) ? stood : moving).map(Quote::of);
  }

  private Instant lastTraded(Instant now) {
    // asked for every price: nearly always of the same session as before
    if (lastSession.filter(it -> it.contains(now)).isPresent()) {
      return now;
    }
    Optional<NyseCalendar.Session> running = hours.at(now);
    if (running.isPresent()) {
      lastSession = running;
      return now;
    }
    LocalDate date = now.atZone(NyseCalendar.ZONE).toLocalDate();
    for (int back = 0; back < LONGEST_BREAK_DAYS; back++) {
      Optional<NyseCalendar.Session> session =
          hours.on(date.minusDays(back)).filter(it -> !it.close().isAfter(now));
      if (session.isPresent()) {
        return session.get().close().minusMillis(1);
      }
    }
    return now;
  }
}
