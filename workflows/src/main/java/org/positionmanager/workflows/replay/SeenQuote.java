package org.positionmanager.workflows.replay;

import java.time.Instant;
import org.positionmanager.workflows.market.Quote;

/**
 * A quote and when it was looked at: a review may see one that is minutes old.
 *
 * @param seenAt exchange time of the look, not before the quote's own but for clocks that differ
 */
public record SeenQuote(Instant seenAt, Quote quote) {
  /** Seen the moment it was made. */
  public static SeenQuote fresh(Quote quote) {
    return new SeenQuote(quote.at(), quote);
  }
}
