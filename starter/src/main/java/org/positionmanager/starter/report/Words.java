package org.positionmanager.starter.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;

/** How a report writes values; what is not known is said to be so. */
final class Words {
  static final String UNKNOWN = "unknown";
  private static final int CENTS = 2;
  private static final int DECIMALS = 4;
  private static final int ID_LETTERS = 8;

  private Words() {}

  /** To a cent, thousands apart: {@code -1,210.00}. */
  static String of(Money money) {
    return of(money.amount().setScale(CENTS, RoundingMode.HALF_EVEN));
  }

  /** With its sign, also where it is a gain. */
  static String signed(Money money) {
    return (money.amount().signum() > 0 ? "+" : "") + of(money);
  }

  static String of(BigDecimal number) {
    return String.format(Locale.ROOT, "%,." + Math.max(0, number.scale()) + "f", number);
  }

  static String of(Optional<Money> money) {
    return money.map(Words::of).orElse(UNKNOWN);
  }

  /** At most four decimals: averages of fills may have more. */
  static String of(Price price) {
    BigDecimal value = price.value();
    return (value.scale() > DECIMALS ? value.setScale(DECIMALS, RoundingMode.HALF_EVEN) : value)
        .toPlainString();
  }

  static String price(Optional<Price> price) {
    return price.map(Words::of).orElse(UNKNOWN);
  }

  /** By which commands find a position. */
  static String shortId(PositionId id) {
    return id.execution().toString().substring(0, ID_LETTERS);
  }

  /** {@code SWING_TRADE} as {@code swing trade}. */
  static String of(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String of(Enum<?> value) {
    return of(value.name());
  }
}
