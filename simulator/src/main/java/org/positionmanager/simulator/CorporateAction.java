package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** How splits and changes of symbol are booked: without cash, and seen at once. */
final class CorporateAction {
  private CorporateAction() {}

  /**
   * Books one leg of it.
   *
   * @param group what the legs of one event have in common
   */
  static void book(
      Exchange exchange,
      Account account,
      String type,
      String symbol,
      BigDecimal quantity,
      Optional<BigDecimal> price,
      Instant at,
      String group) {
    LocalDate date = TradingHours.date(at);
    exchange.record(
        new Happening.Booked(
            account.name,
            new Booking(
                OrderLife.activityId(at, exchange.newId()),
                type,
                symbol,
                quantity,
                price,
                BigDecimal.ZERO,
                date,
                at,
                at,
                group)));
  }
}
