package org.positionmanager.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.positionmanager.workflows.market.ExchangeZone;

/** Regular sessions of the New York Stock Exchange, and where a moment lies among them. */
final class NyseCalendar {
  static final ZoneId ZONE = ExchangeZone.NEW_YORK;

  private NyseCalendar() {}

  record Session(LocalDate date, Instant open, Instant close) {
    boolean contains(Instant moment) {
      return !moment.isBefore(open) && moment.isBefore(close);
    }
  }

  /** The session of a date; empty on weekends and holidays. */
  static Optional<Session> on(LocalDate date) {
    return org.positionmanager.workflows.market.NyseCalendar.on(date)
        .map(it -> new Session(it.date(), it.openInclusive(), it.closeExclusive()));
  }

  /** The session running at a moment; empty while the market is closed. */
  static Optional<Session> at(Instant moment) {
    return on(moment.atZone(ZONE).toLocalDate()).filter(session -> session.contains(moment));
  }

  /** The first session that opens after a moment. */
  static Session next(Instant after) {
    LocalDate date = after.atZone(ZONE).toLocalDate();
    while (true) {
      Optional<Session> session = on(date).filter(it -> it.open().isAfter(after));
      if (session.isPresent()) {
        return session.get();
      }
      date = date.plusDays(1);
    }
  }
}
