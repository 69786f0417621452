package org.positionmanager.activities.broker;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.TradingSession;

/** The exchange's regular sessions, holidays and early closes included. */
public interface ExchangeCalendar {
  /** Sessions between two dates, both included, oldest first. */
  List<TradingSession> sessions(LocalDate fromInclusive, LocalDate toInclusive);

  /** The session of a date; empty on days without one. */
  default Optional<TradingSession> sessionOn(LocalDate date) {
    return sessions(date, date).stream().findFirst();
  }

  /** Where in the exchange's day we are. */
  MarketMoment moment();
}
