package org.positionmanager.workflows.replay;

import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;

/** At which price of a quote an exit is taken to fill. */
public enum FillAt {
  /** Where a market order fills: the bid when a long is sold, the ask when a short is bought. */
  NEAR,
  /** Half way, as a patient limit order may. */
  MID;

  /** The price for closing a position. */
  Price of(Quote quote, Direction direction) {
    return switch (this) {
      case MID -> quote.mid();
      case NEAR ->
          switch (direction) {
            case LONG -> quote.bid();
            case SHORT -> quote.ask();
          };
    };
  }
}
