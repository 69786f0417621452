package org.positionmanager.simulator.market;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a tape's trades add up to. Days that are over are kept, and longer bars are made of them; a
 * year of days is looked at by all processors.
 */
final class Bars {
  private static final int KEPT_DAYS = 20_000;
  private static final int AT_ONCE = 64;

  private final Tape tape;
  private final Tape.Market market;
  private final Map<Day, Optional<Bar>> finishedDays = new ConcurrentHashMap<>();

  private record Day(String symbol, Instant begin) {}

  Bars(Tape tape, Tape.Market market) {
    this.tape = tape;
    this.market = market;
  }

  List<Bar> bars(
      String symbol, Timeframe timeframe, Span span, Instant now, int limit, boolean ascending) {
    List<Bar> found = new ArrayList<>();
    for (Span piece : pieces(span, timeframe, ascending)) {
      List<Instant> begins = begins(timeframe, piece, span);
      List<Instant> ordered = ascending ? begins : begins.reversed();
      for (int from = 0; from < ordered.size() && found.size() < limit; from += AT_ONCE) {
        List<Instant> some = ordered.subList(from, Math.min(from + AT_ONCE, ordered.size()));
        found.addAll(
            (isWithinDay(timeframe) ? some.stream() : some.parallelStream())
                .flatMap(begin -> bar(symbol, timeframe, begin, now).stream())
                .toList());
      }
    }
    return found.subList(0, Math.min(limit, found.size()));
  }

  private static List<Instant> begins(Timeframe timeframe, Span piece, Span span) {
    List<Instant> begins = new ArrayList<>();
    for (Instant begin = timeframe.floor(piece.from());
        begin.isBefore(piece.to()) && begin.isBefore(span.to());
        begin = timeframe.next(begin)) {
      if (!begin.isBefore(span.from())) {
        begins.add(begin);
      }
    }
    return begins;
  }

  private static boolean isWithinDay(Timeframe timeframe) {
    return timeframe.unit() == Timeframe.Unit.MINUTE || timeframe.unit() == Timeframe.Unit.HOUR;
  }

  /** Pieces to look for bars in: sessions for short bars, the whole stretch for long ones. */
  private List<Span> pieces(Span span, Timeframe timeframe, boolean ascending) {
    List<Span> pieces = isWithinDay(timeframe) ? tape.open(span) : List.of(span);
    return ascending ? pieces : pieces.reversed();
  }

  Optional<Bar> bar(String symbol, Timeframe timeframe, Instant begin, Instant now) {
    Instant end = timeframe.next(begin);
    if (timeframe.equals(Timeframe.DAY)) {
      return day(symbol, new Span(begin, end), now);
    }
    if (isWithinDay(timeframe)) {
      return summed(symbol, new Span(begin, end), now);
    }
    List<Bar> days = new ArrayList<>();
    for (Instant day = begin;
        day.isBefore(end) && !day.isAfter(now);
        day = Timeframe.DAY.next(day)) {
      bar(symbol, Timeframe.DAY, day, now).ifPresent(days::add);
    }
    return Bar.merged(begin, days);
  }

  private Optional<Bar> day(String symbol, Span day, Instant now) {
    if (day.to().isAfter(now) || market.mayChange(symbol, day.to())) {
      return summed(symbol, day, now);
    }
    if (finishedDays.size() > KEPT_DAYS) {
      finishedDays.clear();
    }
    return finishedDays.computeIfAbsent(
        new Day(symbol, day.from()), it -> summed(symbol, day, now));
  }

  private Optional<Bar> summed(String symbol, Span span, Instant now) {
    Instant to = span.to().isAfter(now) ? now.plusNanos(1) : span.to();
    return Bar.of(span.from(), tape.trades(symbol, new Span(span.from(), to), Integer.MAX_VALUE));
  }
}
