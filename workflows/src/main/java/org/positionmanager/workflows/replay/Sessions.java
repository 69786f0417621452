package org.positionmanager.workflows.replay;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.NyseCalendar;
import org.positionmanager.workflows.market.TradingSession;

/** The exchange's regular sessions by date in New York. */
@FunctionalInterface
public interface Sessions {
  /**
   * Longest run of days without a session that is believed; longer, and the calendar has a hole.
   */
  int LONGEST_BREAK_DAYS = 10;

  /** The session of a date; empty on days without one. */
  Optional<TradingSession> on(LocalDate date);

  /** By the exchange's published rules. */
  static Sessions ofNyse() {
    return NyseCalendar::on;
  }

  /** The same, asked once a date; for one thread. */
  default Sessions remembered() {
    Map<LocalDate, Optional<TradingSession>> known = new HashMap<>();
    return date -> known.computeIfAbsent(date, this::on);
  }

  /**
   * Where in the exchange's day a moment lies.
   *
   * @throws IllegalArgumentException if the calendar has no session after it
   */
  default MarketMoment moment(Instant now) {
    LocalDate today = dateOf(now);
    return new MarketMoment(
        now, on(today).filter(session -> session.contains(now)), nextAfter(now), 1);
  }

  /** The first session that opens after a moment. */
  private TradingSession nextAfter(Instant now) {
    LocalDate today = dateOf(now);
    for (int days = 0; days <= LONGEST_BREAK_DAYS; days++) {
      Optional<TradingSession> session =
          on(today.plusDays(days)).filter(it -> it.openInclusive().isAfter(now));
      if (session.isPresent()) {
        return session.get();
      }
    }
    throw new IllegalArgumentException(
        "the calendar has no session within %d days after %s".formatted(LONGEST_BREAK_DAYS, today));
  }

  /**
   * The close of the session in which an instrument expires, of the one before where its date has
   * none; empty where it does not expire.
   */
  default Optional<Instant> expiryOf(Instrument instrument) {
    return switch (instrument) {
      case Stock stock -> Optional.empty();
      case OptionContract contract -> Optional.of(lastUpTo(contract.expiry()).closeExclusive());
    };
  }

  private TradingSession lastUpTo(LocalDate date) {
    for (int days = 0; days <= LONGEST_BREAK_DAYS; days++) {
      Optional<TradingSession> session = on(date.minusDays(days));
      if (session.isPresent()) {
        return session.get();
      }
    }
    throw new IllegalArgumentException(
        "the calendar has no session within %d days before %s".formatted(LONGEST_BREAK_DAYS, date));
  }

  private static LocalDate dateOf(Instant moment) {
    return moment.atZone(ExchangeZone.NEW_YORK).toLocalDate();
  }
}
