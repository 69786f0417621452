package org.positionmanager.workflows.position;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.positionmanager.workflows.broker.OrderPricing;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/** Which price an exit's next order asks for: pure. */
public final class ExitPricing {
  private ExitPricing() {}

  /** Whether the next attempt is a limit order. */
  static boolean isLimit(ExitStyle style, int limitsTried) {
    return switch (style) {
      case ExitStyle.MarketNow() -> false;
      case ExitStyle.LimitThenMarket(Percent concession, int steps, var patience) ->
          limitsTried < steps;
    };
  }

  /**
   * A limit at the side of the quote that an exit trades against, giving way by the concession with
   * each step; a market order after the last step, or where there is no usable quote.
   */
  public static OrderPricing next(
      ExitStyle style,
      int limitsTried,
      Instrument instrument,
      Direction direction,
      Optional<Quote> quote) {
    return switch (style) {
      case ExitStyle.MarketNow() -> new OrderPricing.Market();
      case ExitStyle.LimitThenMarket(Percent concession, int steps, var patience) -> {
        if (limitsTried >= steps || quote.isEmpty() || quote.get().isCrossed()) {
          yield new OrderPricing.Market();
        }
        yield limit(concession, limitsTried, instrument, direction, quote.get());
      }
    };
  }

  private static OrderPricing limit(
      Percent concession,
      int limitsTried,
      Instrument instrument,
      Direction direction,
      Quote quote) {
    Percent givenWay = new Percent(concession.points().multiply(BigDecimal.valueOf(limitsTried)));
    Price price =
        switch (direction) {
          case LONG -> quote.bid().movedBy(givenWay.negated());
          case SHORT -> quote.ask().movedBy(givenWay);
        };
    RoundingMode away = direction == Direction.LONG ? RoundingMode.DOWN : RoundingMode.UP;
    Price rounded = price.roundedTo(instrument.priceIncrement(price), away);
    return rounded.isZero() ? new OrderPricing.Market() : new OrderPricing.Limit(rounded, false);
  }
}
