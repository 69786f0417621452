package org.positionmanager.workflows.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;

/**
 * A level of an option's underlying, in US dollars per share. A type of its own so that it cannot
 * be compared with a premium: dispatchers store such levels beside options.
 */
public record UnderlyingPrice(BigDecimal value) {
  public UnderlyingPrice {
    value = Decimals.normal(value);
    if (value.signum() < 0) {
      throw new IllegalArgumentException("underlying price must not be negative, got: " + value);
    }
  }

  @JsonCreator
  public static UnderlyingPrice parse(String text) {
    return new UnderlyingPrice(Decimals.parse("underlying price", text));
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toPlainString();
  }
}
