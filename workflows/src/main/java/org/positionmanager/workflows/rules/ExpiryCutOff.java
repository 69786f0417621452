package org.positionmanager.workflows.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.market.ExchangeZone;

/**
 * Ends options by the clock: fires from a time of day in New York on, so many calendar days before
 * the expiry date, and in any case from 15 minutes before the close of the expiry day's session, so
 * that early closes are met. For who wants to hold until the last day.
 *
 * <p>Source: Alpaca begins to evaluate expiring positions at 15:15 or 15:30 and sells or exercises
 * what it finds.
 *
 * <p>Example: 0 days before, at 15:00: fires on the expiry day at 15:00, and at 12:45 where the
 * market closes at 13:00.
 *
 * @param daysBefore calendar days, 0 or more
 * @param at time of day in New York
 */
public record ExpiryCutOff(int daysBefore, LocalTime at) implements ExitRule {
  private static final Duration LATEST_BEFORE_CLOSE = Duration.ofMinutes(15);

  /**
   * @throws IllegalArgumentException naming the field
   */
  public ExpiryCutOff {
    Checks.requireNotNegative("daysBefore", daysBefore);
    Checks.requireGiven("at", at);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.EXPIRY_CUT_OFF;
  }

  @Override
  public boolean appliesTo(Instrument instrument) {
    return Days.isOption(instrument);
  }

  @Override
  public BoundRule bind(Basis basis) {
    return switch (basis.instrument()) {
      case OptionContract contract ->
          new ExpiryMoment(
              kind(), Optional.of(momentOn(contract, daysBefore, at)), LATEST_BEFORE_CLOSE);
      case Stock stock -> new Constant(kind(), Verdict.SKIPPED, Why.DOES_NOT_EXPIRE);
    };
  }

  /** A time of day in New York, so many calendar days before a contract's expiry date. */
  static Instant momentOn(OptionContract contract, int daysBefore, LocalTime at) {
    return contract
        .expiry()
        .minusDays(daysBefore)
        .atTime(at)
        .atZone(ExchangeZone.NEW_YORK)
        .toInstant();
  }
}
