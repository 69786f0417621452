package org.positionmanager.activities.watch;

import java.time.Duration;
import java.util.Optional;
import org.positionmanager.activities.live.MarketHours;
import org.positionmanager.activities.live.QuoteBoard;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.rules.Observation;

/** What a watch sees at a moment, answered at once. */
record MarketView(Standstills standstills, MarketHours hours, QuoteBoard board) {
  /** Empty while nothing may be sent: after a standstill, and while the market is closed. */
  Optional<MarketMoment> openMoment() {
    return standstills.mustReload() ? Optional.empty() : hours.now().filter(MarketMoment::isOpen);
  }

  /** The newest; empty while none came. */
  Optional<Quote> quote(Instrument instrument) {
    return board.standing(instrument).map(standing -> standing.newest().quote());
  }

  /**
   * The newest that may be gone by: empty after a standstill, and where nothing was heard of the
   * instrument for long.
   *
   * @param within real time in which it was heard of last
   */
  Optional<Quote> heard(Instrument instrument, Duration within, long nowNanos) {
    return standstills.mustReload()
        ? Optional.empty()
        : board
            .standing(instrument)
            .filter(standing -> standing.unheardFor(nowNanos).compareTo(within) < 0)
            .map(standing -> standing.newest().quote());
  }

  /** Of one position: the board's quote is the one that came in, or a newer one. */
  Observation of(Guarded one, MarketMoment now) {
    Instrument instrument = one.position().instrument();
    return new Observation(
        now,
        quote(instrument),
        Optional.empty(),
        one.expiresAt(),
        Optional.empty(),
        one.asksForUnderlying() ? quote(new Stock(instrument.underlying())) : Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
