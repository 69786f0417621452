package org.positionmanager.workflows.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** A share in hundredths, with its sign: {@code -20%}. Text form as printed, read back by parse. */
public record Percent(BigDecimal points) implements Comparable<Percent> {
  public Percent {
    points = Decimals.normal(points);
  }

  /** Whole percentage points. */
  public static Percent of(long points) {
    return new Percent(BigDecimal.valueOf(points));
  }

  /** Reads {@code 80%}, {@code -12.5%} or the same without the sign. */
  @JsonCreator
  public static Percent parse(String text) {
    String trimmed = text.trim();
    return new Percent(
        Decimals.parse(
            "percentage",
            trimmed.endsWith("%") ? trimmed.substring(0, trimmed.length() - 1) : trimmed));
  }

  /** 80% is 0.8. */
  public BigDecimal asFraction() {
    return points.movePointLeft(2);
  }

  public Percent negated() {
    return new Percent(points.negate());
  }

  @Override
  public int compareTo(Percent other) {
    return points.compareTo(other.points);
  }

  /** For people: at most two decimals. */
  public String rounded() {
    return Decimals.normal(points.setScale(2, RoundingMode.HALF_EVEN)).toPlainString() + "%";
  }

  @JsonValue
  @Override
  public String toString() {
    return points.toPlainString() + "%";
  }
}
