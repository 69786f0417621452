package org.positionmanager.workflows.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.value.Price;

/** Wilder's average, with numbers that can be checked by hand. */
class AverageTrueRangeTest {
  /** True ranges from the second day on: 3, then a gap up 6, a gap down 6, and 3. */
  private static final List<DailyBar> DAYS =
      List.of(
          bar(2, "101", "99", "100"),
          bar(3, "102", "99", "101"),
          bar(4, "107", "105", "106"),
          bar(5, "103", "100", "102"),
          bar(6, "104", "101", "103"));

  @Test
  void theFirstAverageIsThePlainMeanOfTheFirstTrueRanges() {
    assertThat(AverageTrueRange.of(DAYS.subList(0, 4), 3)).contains(Price.parse("5"));
  }

  @Test
  void eachLaterOneKeepsAllButOnePartOfTheOneBefore() {
    // (2 x 5 + 3) / 3
    assertThat(AverageTrueRange.of(DAYS, 3)).contains(Price.parse("4.333333333333333"));
    // (3 + 6) / 2 = 4.5, (4.5 + 6) / 2 = 5.25, (5.25 + 3) / 2 = 4.125
    assertThat(AverageTrueRange.of(DAYS, 2)).contains(Price.parse("4.125"));
  }

  @Test
  void overOneDayItIsTheLastTrueRange() {
    assertThat(AverageTrueRange.of(DAYS, 1)).contains(Price.parse("3"));
  }

  @Test
  void withNoMoreBarsThanDaysItIsUnknown() {
    assertThat(AverageTrueRange.of(DAYS, 5)).isEmpty();
    assertThat(AverageTrueRange.of(DAYS, 4)).contains(Price.parse("4.5"));
    assertThat(AverageTrueRange.of(List.of(), 1)).isEmpty();
  }

  @Test
  void aBarWhoseCloseLiesOutsideItsRangeIsNone() {
    assertThatThrownBy(() -> bar(2, "101", "99", "101.01")).hasMessageContaining("close");
    assertThatThrownBy(() -> bar(2, "99", "101", "100")).hasMessageContaining("low 101");
  }

  private static DailyBar bar(int day, String high, String low, String close) {
    return new DailyBar(
        LocalDate.of(2026, 2, day), Price.parse(high), Price.parse(low), Price.parse(close));
  }
}
