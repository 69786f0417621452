package org.positionmanager.workflows.rules;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/**
 * Where a target or stop lies, always in prices of the instrument held: there is no way to say it
 * in levels of an option's underlying.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Level.AtPrice.class, name = "price"),
  @JsonSubTypes.Type(value = Level.AtGain.class, name = "gain")
})
public sealed interface Level {
  /** The price at which it lies for a position. */
  Price priceFor(Basis basis);

  /** At a fixed price. */
  record AtPrice(Price price) implements Level {
    @Override
    public Price priceFor(Basis basis) {
      return price;
    }
  }

  /**
   * At a gain in percent of the entry, negative for a loss: +80% of a long entered at 5 is 9, of a
   * short 1.
   */
  record AtGain(Percent gain) implements Level {
    @Override
    public Price priceFor(Basis basis) {
      return basis.entry().movedBy(basis.direction() == Direction.LONG ? gain : gain.negated());
    }
  }
}
