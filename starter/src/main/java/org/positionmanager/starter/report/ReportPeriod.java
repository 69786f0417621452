package org.positionmanager.starter.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.positionmanager.activities.ledger.AccountRecords;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.market.NyseCalendar;
import org.positionmanager.workflows.market.TradingSession;

/**
 * Trading days, both included. What happens on days without a session belongs to the next one, so
 * that the report of a day that is over never changes.
 */
record ReportPeriod(LocalDate from, LocalDate to) {
  /** More is no report any more. */
  private static final int MOST_DAYS = 400;

  /**
   * @throws IllegalArgumentException naming the option and the fix
   */
  ReportPeriod {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException(
          "--from %s lies after --to %s; give the earlier one first".formatted(from, to));
    }
    if (from.plusDays(MOST_DAYS).isBefore(to)) {
      throw new IllegalArgumentException(
          "--from %s to --to %s are more than %d days; ask for fewer"
              .formatted(from, to, MOST_DAYS));
    }
    if (from.datesUntil(to.plusDays(1)).noneMatch(day -> NyseCalendar.on(day).isPresent())) {
      throw new IllegalArgumentException(
          "no session from %s to %s; the trading day before is %s"
              .formatted(from, to, tradingDay(from)));
    }
  }

  /** The day itself where it has a session, else the last one before it that has. */
  static LocalDate tradingDay(LocalDate day) {
    return Stream.iterate(day, earlier -> earlier.minusDays(1))
        .filter(it -> NyseCalendar.on(it).isPresent())
        .findFirst()
        .orElseThrow();
  }

  /** The trading day that a moment of exchange time is on, or the last one before it. */
  static LocalDate tradingDay(Instant now) {
    return tradingDay(now.atZone(ExchangeZone.NEW_YORK).toLocalDate());
  }

  /** From here on: the first day without a session before it, or its own midnight in New York. */
  Instant begin() {
    return midnight(tradingDay(from.minusDays(1)).plusDays(1));
  }

  /** Up to here, itself not included. */
  Instant end() {
    return midnight(to.plusDays(1));
  }

  /** Midnight in New York after the first of its days that has a session. */
  Instant endOfFirstSession() {
    return from.datesUntil(to.plusDays(1))
        .filter(day -> NyseCalendar.on(day).isPresent())
        .findFirst()
        .map(day -> midnight(day.plusDays(1)))
        .orElseThrow();
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ExchangeZone.NEW_YORK).toInstant();
  }

  /** Whether it has begun and no later session's day has. */
  boolean isCurrent(Instant now) {
    return !now.isBefore(begin()) && !tradingDay(now).isAfter(to);
  }

  /** Nights that ended with the open of one of these days, up to now. */
  List<AccountRecords.Gap> nights(Instant now) {
    return from.datesUntil(to.plusDays(1))
        .map(NyseCalendar::on)
        .flatMap(Optional::stream)
        .map(TradingSession::openInclusive)
        .filter(open -> !open.isAfter(now))
        .map(open -> new AccountRecords.Gap(closeBefore(open), open))
        .toList();
  }

  private static Instant closeBefore(Instant open) {
    LocalDate day = open.atZone(ExchangeZone.NEW_YORK).toLocalDate();
    return NyseCalendar.on(tradingDay(day.minusDays(1))).orElseThrow().closeExclusive();
  }

  /** {@code 2026-02-11}, or {@code 2026-02-09 to 2026-02-11}. */
  @Override
  public String toString() {
    return from.equals(to) ? from.toString() : from + " to " + to;
  }
}
