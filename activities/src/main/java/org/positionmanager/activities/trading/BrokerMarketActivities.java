package org.positionmanager.activities.trading;

import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.activities.watch.LiveSights;
import org.positionmanager.activities.watch.PermissionsUnreadable;
import org.positionmanager.activities.watch.WatchSights;
import org.positionmanager.workflows.activity.MarketActivities;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.rules.Extra;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.value.Direction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One observation of a position: what this process's watch of the account knows anyway, and for the
 * rest reads that all positions of the account share.
 */
public final class BrokerMarketActivities implements MarketActivities {
  private static final Logger log = LoggerFactory.getLogger(BrokerMarketActivities.class);

  private final AccountReads reads;
  private final ExchangeCalendar calendar;
  private final WatchSights watch;
  private final LiveSights live;
  private final ReviewLog reviews;

  public BrokerMarketActivities(
      AccountReads reads,
      ExchangeCalendar calendar,
      WatchSights watch,
      LiveSights live,
      ReviewLog reviews) {
    this.reads = reads;
    this.calendar = calendar;
    this.watch = watch;
    this.live = live;
    this.reviews = reviews;
  }

  @Override
  public Observation checkPosition(PositionId position, Direction direction, List<Extra> extras) {
    Failures.requireAccount(position, reads.account());
    List<Extra> asked = extras == null ? List.of() : extras;
    Observation seen = Failures.mapped(() -> observe(position, direction, asked));
    reviews.reviewed(position);
    return seen;
  }

  private Observation observe(PositionId position, Direction direction, List<Extra> asked) {
    Instrument instrument = position.instrument();
    LiveSights known = asked.contains(Extra.WATCH) ? live : LiveSights.none();
    Optional<Quote> watched = known.quote(instrument);
    Optional<Quote> quote =
        watched.isEmpty() || asked.contains(Extra.READ_QUOTE)
            ? newer(watched, reads.quote(instrument))
            : watched;
    Optional<Holding> holding =
        known.steady(instrument, direction).or(() -> reads.holding(instrument, direction));
    return new Observation(
        calendar.moment(),
        quote,
        holding,
        new ContractExpiry(calendar).of(instrument),
        where(asked.contains(Extra.LAST_TRADE), () -> reads.lastTrade(instrument)),
        where(
            asked.contains(Extra.UNDERLYING),
            () -> reads.quote(new Stock(instrument.underlying()))),
        where(asked.contains(Extra.EQUITY), () -> Optional.of(reads.equity())),
        where(asked.contains(Extra.WATCH), () -> watch.sight(position)),
        where(
            asked.contains(Extra.UNDERLYING_TRADE),
            () -> reads.lastTrade(new Stock(instrument.underlying()))));
  }

  private static Optional<Quote> newer(Optional<Quote> watched, Optional<Quote> read) {
    return watched.filter(it -> read.isEmpty() || it.at().isAfter(read.get().at())).or(() -> read);
  }

  private interface Read<T> {
    Optional<T> now() throws PermissionsUnreadable;
  }

  /** What cannot be read is absent: the rules that need it say so, and the others go on. */
  private static <T> Optional<T> where(boolean asked, Read<T> read) {
    if (!asked) {
      return Optional.empty();
    }
    try {
      return read.now();
    } catch (BrokerException | PermissionsUnreadable e) {
      log.warn("a plan asks for more than could be read: {}", e.getMessage());
      return Optional.empty();
    }
  }
}
