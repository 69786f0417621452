package org.positionmanager.workflows.rules;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
  @JsonSubTypes.Type(value = Level.AtGain.class, name = "gain"),
  @JsonSubTypes.Type(value = Level.AtRange.class, name = "range")
})
public sealed interface Level {
  /** The price at which it lies for a position; empty while what it is made of is not known. */
  Optional<Price> priceFor(Basis basis);

  /** The same with each price that it names changed. */
  Level withPrice(UnaryOperator<Price> change);

  /** At a fixed price. */
  record AtPrice(Price price) implements Level {
    /**
     * @throws IllegalArgumentException if it is not given
     */
    public AtPrice {
      Checks.requireGiven("price", price);
    }

    @Override
    public Optional<Price> priceFor(Basis basis) {
      return Optional.of(price);
    }

    @Override
    public Level withPrice(UnaryOperator<Price> change) {
      return new AtPrice(change.apply(price));
    }
  }

  /**
   * At a gain in percent of the entry, negative for a loss: +80% of a long entered at 5 is 9, of a
   * short 1.
   */
  record AtGain(Percent gain) implements Level {
    /**
     * @throws IllegalArgumentException if it is not given
     */
    public AtGain {
      Checks.requireGiven("gain", gain);
    }

    @Override
    public Optional<Price> priceFor(Basis basis) {
      return Optional.of(of(basis, gain));
    }

    @Override
    public Level withPrice(UnaryOperator<Price> change) {
      return this;
    }

    /**
     * The price at which a position has a gain: {@code entry x (1 + gain)}, mirrored for shorts.
     */
    static Price of(Basis basis, Percent gain) {
      return basis.entry().movedBy(basis.direction() == Direction.LONG ? gain : gain.negated());
    }
  }

  /**
   * So many average true ranges from the entry, negative for a loss: -2 ranges of 1.50 below a long
   * entered at 100 are 97, above a short 103. Wilder's average true range of daily bars, in US
   * dollars of the instrument held.
   *
   * @param ranges how many, not zero; negative on the losing side
   * @param days how many daily bars the average is made of, 1 to 250
   * @param range the average true range at the entry; empty until it was read
   */
  record AtRange(BigDecimal ranges, int days, Optional<Price> range) implements Level {
    /**
     * @throws IllegalArgumentException naming the field
     */
    public AtRange {
      ranges = Checks.requireGiven("ranges", ranges).stripTrailingZeros();
      if (ranges.signum() == 0) {
        throw new IllegalArgumentException("ranges must not be zero");
      }
      if (days < 1 || days > 250) {
        throw new IllegalArgumentException("days must be 1 to 250, got: " + days);
      }
    }

    @Override
    public Optional<Price> priceFor(Basis basis) {
      return range.map(
          known -> {
            BigDecimal gain = ranges.multiply(known.value(), MathContext.DECIMAL64);
            BigDecimal move = basis.direction() == Direction.LONG ? gain : gain.negate();
            return new Price(basis.entry().value().add(move).max(BigDecimal.ZERO));
          });
    }

    @Override
    public Level withPrice(UnaryOperator<Price> change) {
      return new AtRange(ranges, days, range.map(change));
    }

    /** The same with the range that was read. */
    AtRange with(Price read) {
      return new AtRange(ranges, days, Optional.of(read));
    }
  }
}
