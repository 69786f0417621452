package org.positionmanager.workflows.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.market.MarketMoment;

/** Days to expiry (DTE): calendar days from the exchange's date to the contract's. */
final class Days {
  private Days() {}

  /** The date on which the instrument expires; empty for stocks. */
  static Optional<LocalDate> expiryOf(Instrument instrument) {
    return switch (instrument) {
      case OptionContract contract -> Optional.of(contract.expiry());
      case Stock stock -> Optional.empty();
    };
  }

  static boolean isOption(Instrument instrument) {
    return expiryOf(instrument).isPresent();
  }

  /** 0 on the expiry day, 1 on the calendar day before. */
  static long to(LocalDate expiry, MarketMoment moment) {
    return ChronoUnit.DAYS.between(ExchangeZone.dateOf(moment), expiry);
  }

  /** Likewise at a moment of which no session is known, by the date in New York. */
  static long to(LocalDate expiry, Instant now) {
    return ChronoUnit.DAYS.between(LocalDate.ofInstant(now, ExchangeZone.NEW_YORK), expiry);
  }
}
