package org.positionmanager.starter.replay;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.value.Money;

/**
 * What a replay is told besides the instrument's quotes.
 *
 * @param underlying quotes of an option's underlying
 * @param trades of the instrument
 * @param equity of the account, in US dollars
 * @param ranges average true ranges of the instrument
 */
record Besides(
    Optional<PathFeed> underlying,
    Optional<PathFeed> trades,
    Optional<Money> equity,
    DailyRanges ranges)
    implements AutoCloseable {
  static final Besides NOTHING =
      new Besides(Optional.empty(), Optional.empty(), Optional.empty(), DailyRanges.UNKNOWN);

  /** Who is told. */
  interface Listener {
    void underlying(PathFeed from, Quote quote);

    void trade(Trade trade);
  }

  /** Tells all up to a moment, that moment included, in order. */
  void upTo(Instant moment, Listener to) {
    while (true) {
      Optional<Instant> quoted = nextUpTo(moment, underlying);
      Optional<Instant> traded = nextUpTo(moment, trades);
      if (quoted.isEmpty() && traded.isEmpty()) {
        return;
      }
      boolean tradeFirst =
          traded.isPresent() && quoted.map(it -> !traded.get().isAfter(it)).orElse(true);
      if (tradeFirst) {
        Quote trade = trades.orElseThrow().next();
        to.trade(new Trade(trade.mid(), trade.at()));
      } else {
        PathFeed from = underlying.orElseThrow();
        to.underlying(from, from.next());
      }
    }
  }

  private static Optional<Instant> nextUpTo(Instant moment, Optional<PathFeed> feed) {
    return feed.flatMap(PathFeed::nextAt).filter(it -> !it.isAfter(moment));
  }

  /** Reads the files to their ends, so that bad rows are told. */
  List<PathRows.Summary> finish() {
    return Stream.of(underlying, trades).flatMap(Optional::stream).map(PathFeed::finish).toList();
  }

  @Override
  public void close() throws IOException {
    if (underlying.isPresent()) {
      underlying.get().close();
    }
    if (trades.isPresent()) {
      trades.get().close();
    }
  }
}
