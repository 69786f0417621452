package org.positionmanager.workflows.replay;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.positionmanager.workflows.market.Quote;

/**
 * A quote by which a position was judged and that is worth recording. Moments are cut to
 * microseconds, which is what the ledger keeps.
 *
 * @param planVersion of the plan that judged it
 */
public record KeptQuote(SeenQuote seen, int planVersion, Why why) {
  public KeptQuote {
    Quote quote = seen.quote();
    seen =
        new SeenQuote(
            seen.seenAt().truncatedTo(ChronoUnit.MICROS),
            new Quote(quote.bid(), quote.ask(), quote.at().truncatedTo(ChronoUnit.MICROS)));
  }

  /** Exchange time at which it was judged. */
  public Instant at() {
    return seen.seenAt();
  }

  /** What made it worth keeping. */
  public enum Why {
    /** The first by which its reviews, or a worker that took its watch over, judged it. */
    FIRST,
    /** The price moved far enough since the last one kept. */
    MOVED,
    /** A rule answered otherwise than before. */
    VERDICT,
    /** A rule fires and waits for its confirmation, which counts quotes. */
    STREAK,
    /** Long enough after the last one kept. */
    INTERVAL,
    /** The highest price of the position so far. */
    HIGH,
    /** The lowest price of the position so far. */
    LOW,
    /** The last of the position. */
    LAST
  }
}
