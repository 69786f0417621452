package org.positionmanager.worker.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.alpaca.StreamSettings;
import org.positionmanager.activities.alpaca.SymbolLimits;
import org.positionmanager.activities.live.FeedTimes;

/** Reads feeds and streams: those of all accounts, and where one account has others. */
final class MarketDataReader {
  private static final List<String> STOCK_FEEDS =
      List.of("sip", "iex", "delayed_sip", "otc", "boats", "overnight");
  private static final List<String> OPTION_FEEDS = List.of("opra", "indicative");
  private static final int MOST_SYMBOLS = 100_000;
  private static final String SYMBOLS =
      "give a whole number from 1 to 100000 (30 stocks in Alpaca's free plan), or remove it: the"
          + " broker then says when there are too many";
  private static final Duration SECOND = Duration.ofSeconds(1);

  private MarketDataReader() {}

  /** Of all accounts: feeds from the broker's section, the rest from that of its streams. */
  static Configuration.MarketData common(Section broker, Section streams) {
    boolean streamed = streams.flag("enabled", true);
    return new Configuration.MarketData(
        broker.oneOf("stockFeed", "iex", STOCK_FEEDS),
        broker.oneOf("optionFeed", "indicative", OPTION_FEEDS),
        streamed,
        new SymbolLimits(limit(streams, "stockSymbols"), limit(streams, "optionSymbols")));
  }

  private static int limit(Section streams, String key) {
    Optional<Integer> written = symbols(streams, key);
    streams.noted(key, written.map(String::valueOf).orElse("as the broker says"));
    return written.orElse(Integer.MAX_VALUE);
  }

  private static Optional<Integer> symbols(Section section, String key) {
    return section.whole(key, 1, MOST_SYMBOLS, SYMBOLS);
  }

  /** Of one account; only what is written is noted. */
  static Configuration.OwnMarketData own(Section section) {
    return new Configuration.OwnMarketData(
        noted(section, "stockFeed", section.oneOf("stockFeed", STOCK_FEEDS)),
        noted(section, "optionFeed", section.oneOf("optionFeed", OPTION_FEEDS)),
        noted(section, "streams", section.givenFlag("streams")),
        noted(section, "stockSymbols", symbols(section, "stockSymbols")),
        noted(section, "optionSymbols", symbols(section, "optionSymbols")));
  }

  private static <T> Optional<T> noted(Section section, String key, Optional<T> written) {
    written.ifPresent(it -> section.noted(key, it));
    return written;
  }

  /** How streams are kept up. */
  static Configuration.Streams streams(Section section, AlpacaHosts hosts) {
    Optional<URI> url = BrokerAddresses.address(section, "url");
    url.ifPresent(address -> hosts.checkStreams("url", address));
    section.noted("url", url.map(URI::toString).orElse("that of requests"));
    StreamSettings usual = StreamSettings.DEFAULT;
    FeedTimes feed = FeedTimes.DEFAULT;
    Duration silentAfter =
        section.duration("silentAfter", usual.silentAfter(), SECOND, Duration.ofMinutes(10));
    Duration answerWithin =
        section.duration("answerWithin", usual.answerWithin(), SECOND, Duration.ofMinutes(1));
    Duration pollEach =
        section.duration("pollEach", feed.pollEach(), SECOND, Duration.ofMinutes(1));
    Duration recheckAfter =
        section.duration("recheckAfter", feed.recheckAfter(), SECOND, Duration.ofMinutes(10));
    if (recheckAfter.compareTo(pollEach) < 0) {
      section.fault(
          "recheckAfter",
          "is %s, shorter than pollEach %s"
              .formatted(WrittenDuration.shown(recheckAfter), WrittenDuration.shown(pollEach)),
          "write %s or more".formatted(WrittenDuration.shown(pollEach)));
      recheckAfter = pollEach;
    }
    return new Configuration.Streams(
        url, silentAfter, answerWithin, new FeedTimes(pollEach, recheckAfter));
  }
}
