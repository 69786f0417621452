package org.positionmanager.workflows.market;

import java.time.Instant;
import java.time.LocalDate;

/** One day's regular session by the exchange's calendar, early closes included. */
public record TradingSession(LocalDate date, Instant openInclusive, Instant closeExclusive) {
  public boolean contains(Instant moment) {
    return !moment.isBefore(openInclusive) && moment.isBefore(closeExclusive);
  }
}
