package org.positionmanager.activities.watch;

import java.util.Optional;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.value.Direction;

/**
 * What the account's watch knows anyway, where this process holds it: reviews that need no more ask
 * the broker nothing, so that its calls do not grow with the positions. Whatever is not known for
 * sure is empty, and has to be read.
 */
public interface LiveSights {
  /** The newest quote, where the instrument was heard of in the last 45 s. */
  Optional<Quote> quote(Instrument instrument);

  /**
   * What is held, where all reads of the last 10 s or longer agree on it, nothing has moved since
   * and the newest read is not older than 45 s. Empty does not mean that nothing is held.
   */
  Optional<Holding> steady(Instrument instrument, Direction direction);

  /** Where no watch is kept. */
  static LiveSights none() {
    return new LiveSights() {
      @Override
      public Optional<Quote> quote(Instrument instrument) {
        return Optional.empty();
      }

      @Override
      public Optional<Holding> steady(Instrument instrument, Direction direction) {
        return Optional.empty();
      }
    };
  }
}
