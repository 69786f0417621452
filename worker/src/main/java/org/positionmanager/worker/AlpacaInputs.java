package org.positionmanager.worker;

import java.security.SecureRandom;
import org.positionmanager.activities.alpaca.AlpacaConnection;
import org.positionmanager.activities.alpaca.AlpacaSettings;
import org.positionmanager.activities.alpaca.AlpacaStreams;
import org.positionmanager.activities.broker.MinuteBars;
import org.positionmanager.activities.live.FeedEvent;
import org.positionmanager.activities.live.FeedTimes;
import org.positionmanager.activities.live.MarketHours;
import org.positionmanager.activities.live.NoLiveQuotes;
import org.positionmanager.activities.live.OrderUpdates;
import org.positionmanager.activities.live.QuoteFeed;
import org.positionmanager.activities.watch.LiveInputs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One account's streams at Alpaca and what polls in their place, for as long as a watch lasts. */
final class AlpacaInputs implements LiveInputs {
  private static final Logger log = LoggerFactory.getLogger(AlpacaInputs.class);

  private final AlpacaStreams streams;
  private final QuoteFeed quotes;
  private final MinuteBars bars;

  private AlpacaInputs(AlpacaStreams streams, QuoteFeed quotes, MinuteBars bars) {
    this.streams = streams;
    this.quotes = quotes;
    this.bars = bars;
  }

  /**
   * Begins with the connections.
   *
   * @param streamed whether quotes come by stream; order updates always do
   */
  static LiveInputs open(
      AlpacaSettings settings,
      AlpacaConnection connection,
      boolean streamed,
      FeedTimes times,
      QuoteFeed.EventListener events) {
    MarketHours hours = new MarketHours(connection.calendar(), System::nanoTime);
    AlpacaStreams streams =
        AlpacaStreams.open(
            settings, hours::isOpen, System::nanoTime, new SecureRandom(), connection.breaks());
    QuoteFeed quotes =
        QuoteFeed.start(
            streamed ? streams.quotes() : new NoLiveQuotes(),
            connection.marketData(),
            hours,
            times,
            System::nanoTime,
            event -> {
              tell(settings, event);
              events.onEvent(event);
            });
    return new AlpacaInputs(streams, quotes, connection.minuteBars());
  }

  private static void tell(AlpacaSettings settings, FeedEvent event) {
    switch (event) {
      case FeedEvent.ListenerFailed(var quote, Throwable failure) ->
          log.error("{}: judging {} failed", settings.account(), quote, failure);
      case FeedEvent.PollFailed failed -> log.warn("{}: {}", settings.account(), failed);
      case FeedEvent.OverLimit over -> log.warn("{}: {}", settings.account(), over);
      case FeedEvent.Refused refused -> log.warn("{}: {}", settings.account(), refused);
      case FeedEvent.QuotesMissed missed -> log.warn("{}: {}", settings.account(), missed);
      case FeedEvent.Unreadable unreadable -> log.warn("{}: {}", settings.account(), unreadable);
      case FeedEvent.StreamChanged(var report) ->
          log.info("{}: stream {}: {}", settings.account(), report.stream(), report.state());
      case FeedEvent.GapBegun begun -> log.debug("{}: {}", settings.account(), begun);
      case FeedEvent.GapEnded ended -> log.debug("{}: {}", settings.account(), ended);
      case FeedEvent.PollMended mended -> log.info("{}: polls succeed again", settings.account());
    }
  }

  @Override
  public QuoteFeed quotes() {
    return quotes;
  }

  @Override
  public OrderUpdates orders() {
    return streams.orders();
  }

  @Override
  public MinuteBars bars() {
    return bars;
  }

  @Override
  public void close() {
    quotes.close();
    streams.close();
  }
}
