package org.positionmanager.workflows.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import net.jqwik.api.Assume;
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
  private static final BigDecimal LEAST_CHANGE = new BigDecimal("0.08");

  private static Holding held(String symbol, String quantity, String entry) {
    return new Holding(
        Instrument.parse(symbol),
        Direction.LONG,
        Quantity.parse(quantity),
        Quantity.parse(quantity),
        Price.parse(entry));
  }

  private static boolean isSeen(String quantity, String entry) {
    return SplitSign.ratio(held("DE", quantity, entry), TEN, HUNDRED).isPresent();
  }

  @Test
  void splitsBothWaysAreSeen() {
    assertThat(isSeen("40", "25")).isTrue();
    assertThat(isSeen("1", "1000")).isTrue();
    assertThat(isSeen("12.5", "80")).as("5 for 4").isTrue();
    assertThat(isSeen("11", "90.909")).as("11 for 10").isTrue();
  }

  @Test
  void whatIsPaidOutForAFractionChangesNothing() {
    assertThat(isSeen("6", "150")).as("2 for 3 of 10: 6.67").isTrue();
    assertThat(isSeen("5", "150")).as("more than a fraction is gone").isFalse();
    assertThat(SplitSign.ratio(held("DE", "7", "66.6667"), Quantity.of(5), HUNDRED))
        .as("3 for 2 of 5: 7.5")
        .isPresent();
    assertThat(SplitSign.ratio(held("DE", "1", "1000"), Quantity.of(15), HUNDRED))
        .as("1 for 10 of 15")
        .isPresent();
  }

  @Test
  void asManyAreNoSplit() {
    assertThat(isSeen("10", "100")).isFalse();
    assertThat(isSeen("10", "25")).isFalse();
    assertThat(isSeen("10.8", "92.593")).as("eight in a hundred").isFalse();
  }

  @Test
  void whatWasBoughtOrSoldIsNoSplit() {
    assertThat(isSeen("5", "100")).as("half was sold").isFalse();
    assertThat(isSeen("11", "97")).as("one more, cheaper").isFalse();
    assertThat(isSeen("20", "75")).as("as many again at half the price").isFalse();
    assertThat(SplitSign.ratio(held("DE", "3", "90"), Quantity.of(2), HUNDRED))
        .as("one more of few")
        .isEmpty();
  }

  @Test
  void contractsAreNotSplitThisWayAndNothingIsNotCompared() {
    assertThat(SplitSign.ratio(held("NOW260220P00110000", "40", "25"), TEN, HUNDRED)).isEmpty();
    assertThat(SplitSign.ratio(held("DE", "40", "25"), Quantity.ZERO, HUNDRED)).isEmpty();
    assertThat(SplitSign.ratio(held("DE", "40", "25"), TEN, Money.ZERO)).isEmpty();
    assertThat(SplitSign.ratio(held("DE", "40", "0"), TEN, HUNDRED)).isEmpty();
  }

  @Property(tries = 500)
  void everySplitInUseIsSeen(
      @ForAll @IntRange(min = 1, max = 50) int now,
      @ForAll @IntRange(min = 1, max = 50) int old,
      @ForAll @IntRange(min = 1, max = 100_000) int cents) {
    BigDecimal ratio =
        BigDecimal.valueOf(now).divide(BigDecimal.valueOf(old), MathContext.DECIMAL64);
    BigDecimal change = ratio.subtract(BigDecimal.ONE).abs();
    // at the boundary itself, as with 27 for 25, the last digit of the average entry decides
    Assume.that(change.compareTo(LEAST_CHANGE) != 0);
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
    boolean isOther = change.compareTo(LEAST_CHANGE) > 0;
    assertThat(SplitSign.ratio(holding, Quantity.of(1000), entry).isPresent()).isEqualTo(isOther);
  }
}
