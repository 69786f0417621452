package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;

/** Where targets and stops lie, and that what they are made of may be unknown. */
class LevelTest {
  @ParameterizedTest
  @CsvSource({
    "LONG,  -2, 1.50, 97",
    "SHORT, -2, 1.50, 103",
    "LONG,   3, 1.50, 104.5",
    "SHORT,  3, 1.50, 95.5",
    "LONG,  -2, 60,   0"
  })
  void rangesCountFromTheEntryAndEndAtZero(
      Direction direction, String ranges, String range, String level) {
    Scene entered =
        Scene.stock().entered(direction, "100").under(new StopLoss(ranges(ranges, range)));
    assertThat(entered.level()).contains(level);
  }

  @Test
  void aStopMadeOfRangesFiresWhenTouchedAndNotATickBefore() {
    Scene bought = Scene.stock().bought("100").under(new StopLoss(ranges("-2", "1.50")));
    bought.priced("97.01").holds(Why.LEVEL_NOT_REACHED);
    bought.priced("97.00").fires(Why.LEVEL_REACHED);
    Scene sold = Scene.stock().sold("100").under(new StopLoss(ranges("-2", "1.50")));
    sold.priced("102.99").holds(Why.LEVEL_NOT_REACHED);
    sold.priced("103.00").fires(Why.LEVEL_REACHED);
  }

  @Test
  void aRangeThatNobodyHasReadYetIsUnknown() throws IOException {
    Level.AtRange unread = new Level.AtRange(new BigDecimal("-2"), 14, Optional.empty());
    Scene bought = Scene.stock().bought("100").under(new StopLoss(unread)).priced("1");
    bought.isUnknown(Why.RANGE_UNKNOWN);
    assertThat(bought.level()).isEmpty();
    assertThat(read("{\"type\":\"range\",\"ranges\":-2,\"days\":14}")).isEqualTo(unread);
    bought.under(new StopLoss(unread.with(Price.parse("1.50")))).fires(Why.LEVEL_REACHED);
  }

  @Test
  void allLevelsSurviveJson() throws IOException {
    for (Level level :
        List.of(
            Words.price("2.50"),
            Words.gain("-12.5%"),
            ranges("-2", "1.50"),
            ranges("20", "1.50"),
            new Level.AtRange(new BigDecimal("1.25"), 250, Optional.empty()))) {
      assertThat(read(Payloads.mapper().writeValueAsString(level))).isEqualTo(level);
    }
  }

  @Test
  void nonsenseIsRefusedByTheNameOfTheField() {
    assertThatThrownBy(() -> ranges("0", "1")).hasMessage("ranges must not be zero");
    assertThatThrownBy(() -> new Level.AtRange(BigDecimal.ONE, 0, Optional.empty()))
        .hasMessage("days must be 1 to 250, got: 0");
    assertThatThrownBy(() -> new Level.AtRange(BigDecimal.ONE, 251, Optional.empty()))
        .hasMessage("days must be 1 to 250, got: 251");
    assertThat(new Level.AtRange(BigDecimal.ONE, 1, Optional.empty()).days()).isEqualTo(1);
    assertThatThrownBy(() -> new Level.AtRange(null, 1, Optional.empty()))
        .hasMessage("ranges must be given");
    assertThatThrownBy(() -> read("{\"type\":\"price\",\"price\":\"NaN\"}"))
        .hasMessageContaining("price must be a decimal such as 12.34, got: NaN");
    assertThatThrownBy(() -> read("{\"type\":\"gain\",\"gain\":\"NaN%\"}"))
        .hasMessageContaining("percentage must be a decimal");
    assertThatThrownBy(() -> read("{\"type\":\"range\",\"ranges\":\"NaN\",\"days\":14}"))
        .hasMessageContaining("ranges");
  }

  private static Level ranges(String ranges, String range) {
    return new Level.AtRange(new BigDecimal(ranges), 14, Optional.of(Price.parse(range)));
  }

  private static Level read(String json) throws IOException {
    return Payloads.mapper().readValue(json, Level.class);
  }
}
