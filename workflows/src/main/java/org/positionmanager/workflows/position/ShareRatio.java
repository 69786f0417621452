package org.positionmanager.workflows.position;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * How many new shares a split made of old ones: what they cost and what they earned stays the same.
 *
 * @param before old shares, above zero
 * @param after what they became, above zero
 */
public record ShareRatio(BigDecimal before, BigDecimal after) {
  private static final int SHARE_DIGITS = 9;

  /** The ratio of what one holding was before and after. */
  public static ShareRatio of(Quantity before, Quantity after) {
    return new ShareRatio(before.value(), after.value());
  }

  /** The ratio of a split that a position was told of and that found something held. */
  public static ShareRatio of(PositionEvent split) {
    return of(
        Quantity.parse(split.details().get("before")),
        Quantity.parse(split.details().get("after")));
  }

  /** What a price of one old share is for a new one. */
  public Price price(Price old) {
    return new Price(old.value().multiply(before).divide(after, MathContext.DECIMAL64));
  }

  /** New shares for old ones, to a billionth of one, rounded down. */
  public Quantity shares(Quantity old) {
    return new Quantity(
        old.value().multiply(after).divide(before, SHARE_DIGITS, RoundingMode.DOWN));
  }

  ClosingFill fill(ClosingFill old) {
    return new ClosingFill(
        old.order(),
        old.clientOrderId(),
        shares(old.quantity()),
        price(old.averagePrice()),
        old.at());
  }
}
