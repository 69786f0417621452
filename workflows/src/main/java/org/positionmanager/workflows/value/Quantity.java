package org.positionmanager.workflows.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;

/** Shares or contracts, zero or more; the direction is told apart, never by a sign. */
public record Quantity(BigDecimal value) implements Comparable<Quantity> {
  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO);

  public Quantity {
    value = Decimals.normal(value);
    if (value.signum() < 0) {
      throw new IllegalArgumentException("quantity must not be negative, got: " + value);
    }
  }

  public static Quantity of(long units) {
    return new Quantity(BigDecimal.valueOf(units));
  }

  @JsonCreator
  public static Quantity parse(String text) {
    return new Quantity(Decimals.parse("quantity", text));
  }

  public Quantity plus(Quantity other) {
    return new Quantity(value.add(other.value));
  }

  /**
   * @throws IllegalArgumentException if more is taken than there is
   */
  public Quantity minus(Quantity other) {
    return new Quantity(value.subtract(other.value));
  }

  /** The difference, or zero where the other is larger. */
  public Quantity lessAtMost(Quantity other) {
    return new Quantity(value.subtract(other.value).max(BigDecimal.ZERO));
  }

  public static Quantity min(Quantity one, Quantity other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  public boolean isZero() {
    return value.signum() == 0;
  }

  @Override
  public int compareTo(Quantity other) {
    return value.compareTo(other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toPlainString();
  }
}
