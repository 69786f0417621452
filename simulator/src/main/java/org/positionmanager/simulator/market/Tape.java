package org.positionmanager.simulator.market;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.positionmanager.workflows.market.ExchangeZone;

/**
 * What was quoted and traded, at any time past: derived from prices by seed, at most one trade a
 * second and symbol, at the bid or the ask of that second.
 */
public final class Tape {

  /** A share trades every so many seconds on average. */
  private static final int SHARE_SECONDS = 5;

  /** A contract trades every so many seconds on average. */
  private static final int CONTRACT_SECONDS = 90;

  private static final int ROUND_LOT = 100;

  /** Before this nobody looks for a latest trade. */
  private static final Duration LONGEST_QUIET = Duration.ofDays(7);

  /** What is quoted, and whether it may trade. */
  public interface Market {
    /** The quote of a moment. */
    Optional<BidAsk> quote(String symbol, Instant moment);

    /** What a price of an earlier moment is now, in shares of a split between them. */
    BigDecimal adjusted(String symbol, BigDecimal price, Instant from, Instant to);

    /** Whether trading in a symbol stands still. */
    boolean isHalted(String symbol, Instant moment);

    /** Whether what was before a moment may still change, because a person set or halted it. */
    boolean mayChange(String symbol, Instant until);
  }

  private final Market market;
  private final Function<LocalDate, Optional<Span>> sessions;
  private final Instant earliest;
  private final long seed;
  private final Map<String, Noise> noises = new ConcurrentHashMap<>();
  private final Bars bars;

  /**
   * Makes one.
   *
   * @param sessions when trading is open, by date in New York
   * @param earliest where history begins
   */
  public Tape(
      Market market, Function<LocalDate, Optional<Span>> sessions, Instant earliest, long seed) {
    this.market = market;
    this.sessions = sessions;
    this.earliest = earliest;
    this.seed = seed;
    bars = new Bars(this, market);
  }

  private Noise noise(String symbol) {
    return noises.computeIfAbsent(symbol, it -> new Noise(seed, it + " tape"));
  }

  /** How much is bid for or offered at a moment: shares in round lots, or contracts. */
  public int size(String symbol, Instant at, boolean bid) {
    Noise noise = noise(symbol);
    long place = at.toEpochMilli() * 2 + (bid ? 1 : 0);
    return isContract(symbol)
        ? 1 + noise.below(200, place)
        : ROUND_LOT * (1 + noise.below(9, place));
  }

  private static boolean isContract(String symbol) {
    return OptionContract.of(symbol).isPresent();
  }

  /** Trades in a stretch of time by time, the first so many of them. */
  public List<Trade> trades(String symbol, Span span, int limit) {
    List<Trade> found = new ArrayList<>();
    boolean contract = isContract(symbol);
    Noise noise = noise(symbol);
    for (Span open : open(span)) {
      long last = open.to().getEpochSecond();
      for (long second = open.from().getEpochSecond();
          second <= last && found.size() < limit;
          second++) {
        if (trades(noise, contract, second)) {
          trade(symbol, noise, contract, second)
              .filter(it -> !it.at().isBefore(open.from()) && it.at().isBefore(open.to()))
              .ifPresent(found::add);
        }
      }
    }
    return found;
  }

  /** The same from the last trade back. */
  public List<Trade> tradesBack(String symbol, Span span, int limit) {
    List<Trade> found = new ArrayList<>();
    for (Span open : open(span).reversed()) {
      if (found.size() < limit) {
        found.addAll(trades(symbol, open, Integer.MAX_VALUE).reversed());
      }
    }
    return found.subList(0, Math.min(limit, found.size()));
  }

  /** The same from the last quote back. */
  public List<BidAsk> quotesBack(String symbol, Span span, int limit) {
    List<BidAsk> found = new ArrayList<>();
    for (Span open : open(span).reversed()) {
      if (found.size() < limit) {
        found.addAll(quotes(symbol, open, Integer.MAX_VALUE).reversed());
      }
    }
    return found.subList(0, Math.min(limit, found.size()));
  }

  /** Quotes in a stretch of time, one a second, by time, the first so many of them. */
  public List<BidAsk> quotes(String symbol, Span span, int limit) {
    List<BidAsk> found = new ArrayList<>();
    for (Span open : open(span)) {
      long first = open.from().plusNanos(999_999_999).getEpochSecond();
      for (long second = first;
          found.size() < limit && Instant.ofEpochSecond(second).isBefore(open.to());
          second++) {
        Instant at = Instant.ofEpochSecond(second);
        market
            .quote(symbol, at)
            .ifPresent(quote -> found.add(new BidAsk(quote.bid(), quote.ask(), at)));
      }
    }
    return found;
  }

  /** The last trade at or before a moment. */
  public Optional<Trade> last(String symbol, Instant now) {
    boolean contract = isContract(symbol);
    Noise noise = noise(symbol);
    Instant oldest = now.minus(LONGEST_QUIET);
    Span whole = new Span(oldest.isBefore(earliest) ? earliest : oldest, now.plusNanos(1));
    for (Span open : open(whole).reversed()) {
      for (long second = open.to().getEpochSecond();
          second >= open.from().getEpochSecond();
          second--) {
        if (trades(noise, contract, second)) {
          Optional<Trade> trade =
              trade(symbol, noise, contract, second).filter(it -> it.at().isBefore(open.to()));
          if (trade.isPresent()) {
            return trade.map(it -> adjusted(symbol, it, now));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** A trade of before a split, in new shares: beside a quote in these. */
  private Trade adjusted(String symbol, Trade trade, Instant now) {
    BigDecimal price = market.adjusted(symbol, trade.price(), trade.at(), now);
    return new Trade(trade.id(), trade.at(), price, trade.size());
  }

  /** Asked for each second of long stretches, so it must be cheap. */
  private static boolean trades(Noise noise, boolean contract, long second) {
    return noise.below(contract ? CONTRACT_SECONDS : SHARE_SECONDS, second) == 0;
  }

  private Optional<Trade> trade(String symbol, Noise noise, boolean contract, long second) {
    Instant at = Instant.ofEpochSecond(second, noise.below(1_000_000, ~second) * 1_000L);
    if (market.isHalted(symbol, at)) {
      return Optional.empty();
    }
    boolean buyer = noise.below(2, second ^ 0x5555_5555L) == 0;
    return market
        .quote(symbol, Instant.ofEpochSecond(second))
        .map(
            quote -> {
              BigDecimal price = buyer ? quote.ask() : quote.bid();
              int size = 1 + noise.below(contract ? 20 : 300, second ^ 0x3333_3333L);
              return new Trade(second, at, price, size);
            });
  }

  /** Bars that begin in a stretch of time and have trades before a moment. */
  public List<Bar> bars(
      String symbol, Timeframe timeframe, Span span, Instant now, int limit, boolean ascending) {
    Instant from = span.from().isBefore(earliest) ? earliest : span.from();
    Instant to = span.to().isAfter(now) ? now.plusNanos(1) : span.to();
    return bars.bars(symbol, timeframe, new Span(from, to), now, limit, ascending);
  }

  /** The bar that begins at a moment, as far as it has come by now. */
  public Optional<Bar> bar(String symbol, Timeframe timeframe, Instant begin, Instant now) {
    return bars.bar(symbol, timeframe, begin, now);
  }

  /** The last finished minute with a trade in it, of the day of a moment. */
  public Optional<Bar> minute(String symbol, Instant now) {
    Instant begin = Timeframe.MINUTE.floor(now);
    return last(symbol, begin.minusNanos(1))
        .flatMap(it -> bar(symbol, Timeframe.MINUTE, Timeframe.MINUTE.floor(it.at()), now));
  }

  /** The bars of the last two days with a session that has begun: the later one first. */
  public List<Bar> lastTwoDays(String symbol, Instant now) {
    List<Bar> found = new ArrayList<>();
    LocalDate date = now.atZone(ExchangeZone.NEW_YORK).toLocalDate();
    for (int back = 0; back < LONGEST_QUIET.toDays() + 3 && found.size() < 2; back++) {
      sessions
          .apply(date.minusDays(back))
          .filter(it -> !it.from().isAfter(now) && !it.to().isBefore(earliest))
          .flatMap(it -> bar(symbol, Timeframe.DAY, Timeframe.DAY.floor(it.from()), now))
          .ifPresent(found::add);
    }
    return found;
  }

  /** When trading is open in a stretch of time. */
  List<Span> open(Span span) {
    Span whole = span.within(new Span(earliest, Instant.MAX));
    List<Span> found = new ArrayList<>();
    if (whole.isEmpty()) {
      return found;
    }
    LocalDate last = whole.to().atZone(ExchangeZone.NEW_YORK).toLocalDate();
    for (LocalDate date = whole.from().atZone(ExchangeZone.NEW_YORK).toLocalDate();
        !date.isAfter(last);
        date = date.plusDays(1)) {
      sessions
          .apply(date)
          .map(it -> it.within(whole))
          .filter(it -> !it.isEmpty())
          .ifPresent(found::add);
    }
    return found;
  }
}
