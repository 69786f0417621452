package org.positionmanager.activities.standing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.broker.AccountFunds;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.activities.broker.HoldingValue;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.market.MarketMoment;

/**
 * Looks how an account stands when it is time for it, and keeps it. What cannot be read keeps
 * nothing: never a zero.
 */
public final class StandingTaker {
  private final Broker broker;
  private final ExchangeCalendar calendar;
  private final Kept kept;

  /** What was kept, and what an account's own records say of it. */
  public interface Kept {
    /** The newest of those up to a moment of exchange time, whoever took it. */
    Optional<AccountStanding> newest(Instant upTo);

    /** Adds what the account's records say, and keeps it. */
    AccountStanding keep(MarketMoment market, AccountFunds funds, List<HoldingValue> values);
  }

  /**
   * @param broker whose reads give way to those of exits
   */
  public StandingTaker(Broker broker, ExchangeCalendar calendar, Kept kept) {
    this.broker = broker;
    this.calendar = calendar;
    this.kept = kept;
  }

  /**
   * Looks, where it is time; where several processes serve the account, one of them does.
   *
   * @return the newest there is
   * @throws org.positionmanager.activities.broker.BrokerException where the broker cannot be read
   */
  public AccountStanding look() {
    MarketMoment market = calendar.moment();
    Optional<AccountStanding> last = kept.newest(market.now());
    Optional<Instant> at = last.map(AccountStanding::at);
    if (last.isPresent()
        && !StandingTimes.isDue(at, at.filter(this::wasOpen).isPresent(), market)) {
      return last.get();
    }
    return kept.keep(market, broker.funds(), broker.values());
  }

  private boolean wasOpen(Instant moment) {
    return calendar
        .sessionOn(moment.atZone(ExchangeZone.NEW_YORK).toLocalDate())
        .filter(session -> session.contains(moment))
        .isPresent();
  }
}
