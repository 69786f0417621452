package org.positionmanager.activities.trading;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.workflows.activity.MarketActivities;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.value.Direction;

/** One observation of a position, over reads that all positions of the account share. */
public final class BrokerMarketActivities implements MarketActivities {
  private static final int LONGEST_BREAK_DAYS = 7;

  private final AccountReads reads;
  private final ExchangeCalendar calendar;

  public BrokerMarketActivities(AccountReads reads, ExchangeCalendar calendar) {
    this.reads = reads;
    this.calendar = calendar;
  }

  @Override
  public Observation checkPosition(PositionId position, Direction direction) {
    Failures.requireAccount(position, reads.account());
    return Failures.mapped(
        () -> {
          Optional<Quote> quote = reads.quote(position.instrument());
          Optional<Holding> holding = reads.holding(position.instrument(), direction);
          return new Observation(
              calendar.moment(), quote, holding, expiresAt(position.instrument()));
        });
  }

  /** The close of the expiry date's session; of the one before where that date has none. */
  private Optional<Instant> expiresAt(Instrument instrument) {
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
