package org.positionmanager.workflows.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Shares that look split, at the boundaries of what counts as the same cost and as others. */
class SplitSignTest {
  private static final Price HUNDRED = Price.parse("100");
  private static final Quantity TEN = Quantity.of(10);

  private static Holding held(String symbol, String quantity, String entry) {
    return new Holding(
        Instrument.parse(symbol),
        Direction.LONG,
        Quantity.parse(quantity),
        Quantity.parse(quantity),
        Price.parse(entry));
  }

  private static boolean isSeen(String quantity, String entry) {
    return SplitSign.isSeen(held("DE", quantity, entry), TEN, HUNDRED);
  }

  @Test
  void splitsBothWaysAreSeen() {
    assertThat(isSeen("40", "25")).isTrue();
    assertThat(isSeen("1", "1000")).isTrue();
    assertThat(isSeen("12.5", "80")).as("5 for 4").isTrue();
  }

  @Test
  void asManyOrAlmostAreNoSplit() {
    assertThat(isSeen("10", "100")).isFalse();
    assertThat(isSeen("11", "90.909")).as("a tenth more").isFalse();
    assertThat(isSeen("11.001", "90.9009")).as("beyond a tenth").isTrue();
  }

  @Test
  void anotherCostIsNoSplit() {
    assertThat(isSeen("40", "25.25")).as("one in a hundred more").isTrue();
    assertThat(isSeen("40", "25.2501")).as("beyond that").isFalse();
    assertThat(isSeen("40", "24.7499")).isFalse();
    assertThat(isSeen("5", "100")).as("half was sold").isFalse();
  }

  @Test
  void contractsAreNotSplitThisWayAndNothingIsNotCompared() {
    assertThat(SplitSign.isSeen(held("NOW260220P00110000", "40", "25"), TEN, HUNDRED)).isFalse();
    assertThat(SplitSign.isSeen(held("DE", "40", "25"), Quantity.ZERO, HUNDRED)).isFalse();
    assertThat(SplitSign.isSeen(held("DE", "40", "25"), TEN, Money.ZERO)).isFalse();
  }

  @Property(tries = 500)
  void everySplitInUseIsSeen(
      @ForAll @IntRange(min = 1, max = 50) int now,
      @ForAll @IntRange(min = 1, max = 50) int old,
      @ForAll @IntRange(min = 1, max = 100_000) int cents) {
    BigDecimal ratio =
        BigDecimal.valueOf(now).divide(BigDecimal.valueOf(old), MathContext.DECIMAL64);
    Price entry = new Price(BigDecimal.valueOf(cents, 2));
    Quantity after =
        new Quantity(BigDecimal.valueOf(1000).multiply(ratio).setScale(9, RoundingMode.DOWN));
    Holding holding =
        new Holding(
            Instrument.parse("DE"),
            Direction.LONG,
            after,
            after,
            new Price(entry.value().divide(ratio, MathContext.DECIMAL64)));
    boolean isOther = ratio.subtract(BigDecimal.ONE).abs().compareTo(new BigDecimal("0.1")) > 0;
    assertThat(SplitSign.isSeen(holding, Quantity.of(1000), entry)).isEqualTo(isOther);
  }
}
