package org.positionmanager.workflows.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;

/**
 * An amount of US dollars, exact, with its sign. Text form {@code 1234.5 USD}, read back by parse.
 */
public record Money(BigDecimal amount) implements Comparable<Money> {
  public static final Money ZERO = new Money(BigDecimal.ZERO);

  public Money {
    amount = Decimals.normal(amount);
  }

  public static Money of(BigDecimal amount) {
    return new Money(amount);
  }

  @JsonCreator
  public static Money parse(String text) {
    String trimmed = text.trim();
    return new Money(
        Decimals.parse(
            "amount",
            trimmed.endsWith(" USD") ? trimmed.substring(0, trimmed.length() - 4) : trimmed));
  }

  public Money plus(Money other) {
    return new Money(amount.add(other.amount));
  }

  public Money minus(Money other) {
    return new Money(amount.subtract(other.amount));
  }

  public Money negated() {
    return new Money(amount.negate());
  }

  @Override
  public int compareTo(Money other) {
    return amount.compareTo(other.amount);
  }

  @JsonValue
  @Override
  public String toString() {
    return amount.toPlainString() + " USD";
  }
}
