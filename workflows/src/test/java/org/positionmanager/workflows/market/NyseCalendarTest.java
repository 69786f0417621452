package org.positionmanager.workflows.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the exchange's published holidays and early closes. */
class NyseCalendarTest {
  @ParameterizedTest(name = "{0} has no session")
  @DisplayName("there is no session on a holiday, a weekend or a day of mourning")
  @CsvSource({
    "2025-01-01", "2025-01-20", "2025-02-17", "2025-04-18", "2025-05-26", "2025-06-19",
    "2025-07-04", "2025-09-01", "2025-11-27", "2025-12-25", "2026-01-01", "2026-01-19",
    "2026-02-16", "2026-04-03", "2026-05-25", "2026-06-19", "2026-07-03", "2026-09-07",
    "2026-11-26", "2026-12-25", "2027-01-01", "2027-03-26", "2027-06-18", "2027-07-05",
    "2027-12-24", "2026-02-14", "2026-02-15", "2025-01-09", "2018-12-05", "2012-10-29"
  })
  void holidays(LocalDate date) {
    assertThat(NyseCalendar.on(date)).isEmpty();
  }

  @ParameterizedTest(name = "{0} closes at {1}")
  @DisplayName("sessions end at their real close, in New York's time")
  @CsvSource({
    "2026-02-11, 2026-02-11T21:00:00Z",
    "2026-07-01, 2026-07-01T20:00:00Z",
    "2025-07-03, 2025-07-03T17:00:00Z",
    "2025-11-28, 2025-11-28T18:00:00Z",
    "2025-12-24, 2025-12-24T18:00:00Z",
    "2026-03-09, 2026-03-09T20:00:00Z",
    "2026-03-06, 2026-03-06T21:00:00Z",
    "2021-12-31, 2021-12-31T21:00:00Z",
    "2021-06-18, 2021-06-18T20:00:00Z"
  })
  void closes(LocalDate date, Instant close) {
    assertThat(NyseCalendar.on(date).orElseThrow().closeExclusive()).isEqualTo(close);
  }
}
