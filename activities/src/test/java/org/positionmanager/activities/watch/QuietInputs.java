package org.positionmanager.activities.watch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.activities.broker.MarketData;
import org.positionmanager.activities.broker.QuoteRead;
import org.positionmanager.activities.live.FeedTimes;
import org.positionmanager.activities.live.LiveQuotes;
import org.positionmanager.activities.live.MarketHours;
import org.positionmanager.activities.live.QuoteFeed;
import org.positionmanager.activities.live.StreamFault;
import org.positionmanager.activities.live.StreamReport;
import org.positionmanager.activities.live.StreamState;
import org.positionmanager.activities.live.Unserved;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Trade;

/** Streams and market data that tell nothing by themselves: the test offers each quote. */
final class QuietInputs implements LiveQuotes, MarketData {
  volatile Set<Instrument> followed = Set.of();
  volatile Map<Instrument, Unserved> unserved = Map.of();
  volatile boolean closed;

  /** A feed of them that asks for nothing by itself. */
  QuoteFeed feed(ExchangeCalendar calendar, LongSupplier nanoClock) {
    return QuoteFeed.start(
        this,
        this,
        new MarketHours(calendar, nanoClock),
        new FeedTimes(Duration.ofHours(1), Duration.ofHours(1)),
        nanoClock,
        event -> {});
  }

  @Override
  public void start(Listener listener) {}

  @Override
  public void follow(Set<Instrument> instruments) {
    followed = instruments;
  }

  @Override
  public List<StreamReport> reports() {
    return unserved.isEmpty()
        ? List.of()
        : List.of(
            new StreamReport(
                "/v2/test",
                new StreamState.Down(StreamFault.BROKEN, "broken"),
                Set.of(),
                unserved));
  }

  @Override
  public void renew(Set<Instrument> missed) {}

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public MarketData forExits() {
    return this;
  }

  @Override
  public QuoteRead read(Set<Instrument> instruments) {
    return new QuoteRead(Map.of(), Map.of());
  }

  @Override
  public Map<Instrument, Trade> trades(Set<Instrument> instruments) {
    return Map.of();
  }

  @Override
  public int requestsFor(Set<Instrument> instruments) {
    return 1;
  }
}
