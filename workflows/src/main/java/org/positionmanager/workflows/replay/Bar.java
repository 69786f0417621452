package org.positionmanager.workflows.replay;

import java.time.Instant;
import org.positionmanager.workflows.value.Price;

/**
 * What trades did in a span of time.
 *
 * @param at its beginning, as in Alpaca's bars
 */
public record Bar(Instant at, Price open, Price high, Price low, Price close) {
  /**
   * @throws IllegalArgumentException naming the field where the prices contradict each other
   */
  public Bar {
    for (Price price : new Price[] {open, close}) {
      if (price.compareTo(low) < 0 || price.compareTo(high) > 0) {
        throw new IllegalArgumentException(
            "open and close must lie between low and high, got: open %s, high %s, low %s, close %s"
                .formatted(open, high, low, close));
      }
    }
  }
}
