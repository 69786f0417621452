package org.positionmanager.activities.trading;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.market.TradingSession;

/** When contracts expire, by the exchange's calendar. */
public record ContractExpiry(ExchangeCalendar calendar) {
  private static final int LONGEST_BREAK_DAYS = 7;

  /**
   * The close of the expiry date's session, or of the one before where that date has none; empty
   * for stocks.
   *
   * @throws BrokerException where the calendar could not be read
   */
  public Optional<Instant> of(Instrument instrument) {
    return switch (instrument) {
      case Stock stock -> Optional.empty();
      case OptionContract contract -> {
        LocalDate expiry = contract.expiry();
        List<TradingSession> near = calendar.sessions(expiry.minusDays(LONGEST_BREAK_DAYS), expiry);
        if (near.isEmpty()) {
          throw new BrokerException(
              BrokerException.Kind.UNREADABLE, "calendar: no session before " + expiry);
        }
        yield Optional.of(near.getLast().closeExclusive());
      }
    };
  }
}
