package org.positionmanager.workflows.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.instrument.Instrument;

/** Values read back what they print, and unlike units are never equal. */
class ValueTypesTest {
  private static final int PER_CONTRACT = Instrument.parse("NOW260220P00110000").multiplier();

  @Property
  void whatIsPrintedIsReadBack(
      @ForAll @BigRange(min = "0", max = "1000000") @Scale(9) BigDecimal value) {
    assertThat(Price.parse(new Price(value).toString())).isEqualTo(new Price(value));
    assertThat(Quantity.parse(new Quantity(value).toString())).isEqualTo(new Quantity(value));
    assertThat(UnderlyingPrice.parse(new UnderlyingPrice(value).toString()))
        .isEqualTo(new UnderlyingPrice(value));
    Money loss = Money.of(value.negate());
    assertThat(Money.parse(loss.toString())).isEqualTo(loss);
    Percent down = new Percent(value.negate());
    assertThat(Percent.parse(down.toString())).isEqualTo(down);
  }

  @Test
  void trailingZerosDoNotMakeAnotherValue() {
    assertThat(Price.parse("1.00")).isEqualTo(Price.parse("1")).hasSameHashCodeAs(Price.parse("1"));
    assertThat(Price.parse("1E+2")).hasToString("100");
    assertThat(Percent.parse("-12.50%")).isEqualTo(Percent.parse("-12.5")).hasToString("-12.5%");
    assertThat(Money.parse("2400")).isEqualTo(Money.parse("2400.00 USD")).hasToString("2400 USD");
  }

  @Test
  void unlikeUnitsOfTheSameNumberAreNotEqual() {
    assertThat((Object) Price.parse("395")).isNotEqualTo(UnderlyingPrice.parse("395"));
    assertThat((Object) Price.parse("395")).isNotEqualTo(Quantity.parse("395"));
    assertThat((Object) Price.parse("395")).isNotEqualTo(Money.parse("395"));
  }

  @Test
  void pricesAndQuantitiesAreNeverNegative() {
    assertThatThrownBy(() -> Price.parse("-0.01")).hasMessageContaining("price");
    assertThatThrownBy(() -> UnderlyingPrice.parse("-1")).hasMessageContaining("underlying price");
    assertThatThrownBy(() -> Quantity.parse("-1")).hasMessageContaining("quantity");
    assertThatThrownBy(() -> Quantity.of(1).minus(Quantity.of(2))).hasMessageContaining("quantity");
    assertThat(Quantity.of(1).lessAtMost(Quantity.of(2))).isEqualTo(Quantity.ZERO);
    assertThat(Price.parse("5").movedBy(Percent.of(-150))).isEqualTo(Price.parse("0"));
  }

  @Test
  void whatIsNoNumberIsRefusedByName() {
    assertThatThrownBy(() -> Price.parse("twelve")).hasMessageContaining("price");
    assertThatThrownBy(() -> Quantity.parse("")).hasMessageContaining("quantity");
    assertThatThrownBy(() -> Money.parse("USD")).hasMessageContaining("amount");
    assertThatThrownBy(() -> Percent.parse("%")).hasMessageContaining("percentage");
    assertThatThrownBy(() -> Quantity.parse("1E999999999")).hasMessageContaining("quantity");
    assertThatThrownBy(() -> Price.parse("1E-999999999")).hasMessageContaining("price");
  }

  @Test
  void roundingGoesToAMultipleOfTheIncrementTheWayThatIsAskedFor() {
    BigDecimal cent = new BigDecimal("0.01");
    assertThat(Price.parse("2.499").roundedTo(cent, RoundingMode.DOWN)).hasToString("2.49");
    assertThat(Price.parse("2.491").roundedTo(cent, RoundingMode.UP)).hasToString("2.5");
  }

  @Test
  @DisplayName("incident 23: an option's loss counts a hundred per contract, long and short")
  void lossesCountTheMultiplier() {
    Price entry = Price.parse("5.20");
    Price exit = Price.parse("3.90");
    assertThat(Direction.LONG.profit(entry, exit, Quantity.of(10), PER_CONTRACT))
        .isEqualTo(Money.parse("-1300"));
    assertThat(Direction.SHORT.profit(entry, exit, Quantity.of(10), PER_CONTRACT))
        .isEqualTo(Money.parse("1300"));
    assertThat(entry.times(Quantity.of(10), PER_CONTRACT)).isEqualTo(Money.parse("5200"));
    assertThat(Direction.LONG.gain(entry, exit)).isEqualTo(Percent.of(-25));
    assertThat(Direction.SHORT.gain(entry, exit)).isEqualTo(Percent.of(25));
  }
}
