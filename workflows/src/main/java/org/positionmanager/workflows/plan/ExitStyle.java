package org.positionmanager.workflows.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import org.positionmanager.workflows.value.Percent;

/** How an exit trades. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ExitStyle.MarketNow.class, name = "market"),
  @JsonSubTypes.Type(value = ExitStyle.LimitThenMarket.class, name = "limitThenMarket")
})
public sealed interface ExitStyle {
  /** A market order at once. */
  record MarketNow() implements ExitStyle {}

  /**
   * A limit first, chased by cancel, confirmation and a new order; market at the end.
   *
   * @param concession how far beyond the near side of the quote each step gives way, times the step
   * @param steps limit orders before the market order, at least 1
   * @param patience real time that each limit may work
   */
  record LimitThenMarket(Percent concession, int steps, Duration patience) implements ExitStyle {
    public LimitThenMarket {
      if (steps < 1 || patience.isNegative() || patience.isZero()) {
        throw new IllegalArgumentException("limit steps and patience must be above zero");
      }
    }
  }
}
