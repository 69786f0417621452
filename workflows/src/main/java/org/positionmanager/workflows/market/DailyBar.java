package org.positionmanager.workflows.market;

import java.time.LocalDate;
import org.positionmanager.workflows.value.Price;

/**
 * One day of an instrument's trading.
 *
 * @param date the exchange's
 */
public record DailyBar(LocalDate date, Price high, Price low, Price close) {
  /**
   * @throws IllegalArgumentException where high, low and close cannot be of one day
   */
  public DailyBar {
    if (high.compareTo(low) < 0 || close.compareTo(high) > 0 || close.compareTo(low) < 0) {
      throw new IllegalArgumentException(
          "close must lie between low and high, got: low %s, close %s, high %s"
              .formatted(low, close, high));
    }
  }
}
