package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What becomes of what is judged from, where shares change without a trade. */
class BasisTest {
  private static final Basis FOUR_OF_TEN_CLOSED =
      new Basis(
              Instrument.parse("DE"),
              Direction.LONG,
              Price.parse("600"),
              Quantity.of(10),
              Price.parse("640"),
              Instant.parse("2026-02-11T14:30:00Z"))
          .closing(Quantity.of(4));

  @Test
  void aSplitChangesPricesAndQuantitiesAndForgetsNoPeak() {
    Basis split =
        FOUR_OF_TEN_CLOSED
            .seeing(Price.parse("580"))
            .split(BasisTest::halved, Quantity.of(20), Quantity.of(8));
    assertThat(split.entry()).isEqualTo(Price.parse("300"));
    assertThat(split.peak()).isEqualTo(Price.parse("320"));
    assertThat(split.track().trough()).contains(Price.parse("290"));
    assertThat(split.held()).isEqualTo(Quantity.of(12));
  }

  @Test
  void underAnotherSymbolItBeginsWithWhatIsHeld() {
    Basis moved = FOUR_OF_TEN_CLOSED.movedTo(Instrument.parse("DEX"));
    assertThat(moved.instrument()).isEqualTo(Instrument.parse("DEX"));
    assertThat(moved.opened()).isEqualTo(Quantity.of(6));
    assertThat(moved.closed()).isEqualTo(Quantity.ZERO);
    assertThat(moved.peak()).isEqualTo(Price.parse("640"));
  }

  @Test
  void lessCanHaveBeenOpenedThoughNeverLessThanIsClosed() {
    assertThat(FOUR_OF_TEN_CLOSED.opening(Quantity.of(5)).held()).isEqualTo(Quantity.of(1));
    assertThat(FOUR_OF_TEN_CLOSED.opening(Quantity.of(4)).held()).isEqualTo(Quantity.ZERO);
    assertThat(FOUR_OF_TEN_CLOSED.opening(Quantity.of(3)).opened()).isEqualTo(Quantity.of(4));
  }

  @Test
  void whatHasBeenMissedForLongestCounts() {
    Instant ten = Instant.parse("2026-02-11T15:00:00Z");
    Basis blind = FOUR_OF_TEN_CLOSED.blindSince(ten);
    assertThat(blind.track().unknownSince()).contains(ten);
    assertThat(blind.blindSince(ten)).isSameAs(blind);
    assertThat(blind.blindSince(ten.plusNanos(1))).isSameAs(blind);
    assertThat(blind.blindSince(ten.minusNanos(1)).track().unknownSince())
        .contains(ten.minusNanos(1));
  }

  private static Price halved(Price price) {
    return new Price(price.value().divide(BigDecimal.TWO));
  }
}
