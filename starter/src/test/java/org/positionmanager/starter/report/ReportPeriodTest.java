package org.positionmanager.starter.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.ledger.AccountRecords.Gap;

/** Which moments belong to which trading day. */
class ReportPeriodTest {
  private static ReportPeriod period(String from, String to) {
    return new ReportPeriod(LocalDate.parse(from), LocalDate.parse(to));
  }

  private static Instant at(String moment) {
    return Instant.parse(moment);
  }

  @Test
  void aDayGoesFromMidnightToMidnightInNewYork() {
    ReportPeriod wednesday = period("2026-02-11", "2026-02-11");
    assertThat(wednesday.begin()).isEqualTo(at("2026-02-11T05:00:00Z"));
    assertThat(wednesday.end()).isEqualTo(at("2026-02-12T05:00:00Z"));
    assertThat(wednesday).hasToString("2026-02-11");
  }

  @Test
  void daysWithoutASessionBelongToTheNextOneSummerTimeIncluded() {
    // Presidents' Day is Monday, 16 February
    assertThat(period("2026-02-17", "2026-02-17").begin()).isEqualTo(at("2026-02-14T05:00:00Z"));
    assertThat(period("2026-02-13", "2026-02-13").end()).isEqualTo(at("2026-02-14T05:00:00Z"));
    assertThat(period("2026-03-09", "2026-03-09").begin()).isEqualTo(at("2026-03-07T05:00:00Z"));
    assertThat(period("2026-03-09", "2026-03-09").end()).isEqualTo(at("2026-03-10T04:00:00Z"));
  }

  @Test
  void theTradingDayOfAWeekendIsTheFridayBefore() {
    assertThat(ReportPeriod.tradingDay(at("2026-02-15T12:00:00Z"))).hasToString("2026-02-13");
    assertThat(ReportPeriod.tradingDay(at("2026-02-12T04:59:59Z"))).hasToString("2026-02-11");
    assertThat(ReportPeriod.tradingDay(at("2026-02-12T05:00:00Z"))).hasToString("2026-02-12");
  }

  @Test
  void itIsCurrentUntilALaterSessionsDayHasBegun() {
    ReportPeriod friday = period("2026-02-13", "2026-02-13");
    assertThat(friday.isCurrent(at("2026-02-13T04:59:59Z"))).isFalse();
    assertThat(friday.isCurrent(at("2026-02-13T05:00:00Z"))).isTrue();
    assertThat(friday.isCurrent(at("2026-02-16T12:00:00Z"))).as("a holiday").isTrue();
    assertThat(friday.isCurrent(at("2026-02-17T05:00:00Z"))).isFalse();
  }

  @Test
  void nightsEndWithTheOpensOfItsDaysUpToNow() {
    Instant wednesdaysOpen = at("2026-02-11T14:30:00Z");
    ReportPeriod days = period("2026-02-10", "2026-02-12");
    assertThat(days.nights(wednesdaysOpen))
        .containsExactly(
            new Gap(at("2026-02-09T21:00:00Z"), at("2026-02-10T14:30:00Z")),
            new Gap(at("2026-02-10T21:00:00Z"), wednesdaysOpen));
    assertThat(days.nights(wednesdaysOpen.minusMillis(1))).hasSize(1);
    assertThat(period("2026-02-17", "2026-02-17").nights(at("2026-02-17T20:00:00Z")))
        .as("over a long weekend")
        .containsExactly(new Gap(at("2026-02-13T21:00:00Z"), at("2026-02-17T14:30:00Z")));
  }

  @Test
  void whatIsNoPeriodIsRefusedWithTheFix() {
    assertThatThrownBy(() -> period("2026-02-12", "2026-02-11"))
        .hasMessage("--from 2026-02-12 lies after --to 2026-02-11; give the earlier one first");
    assertThatThrownBy(() -> period("2026-02-14", "2026-02-15"))
        .hasMessageContaining("the trading day before is 2026-02-13");
    assertThatThrownBy(() -> period("2024-02-14", "2026-02-13")).hasMessageContaining("fewer");
  }

  @Test
  void aSimulatedDeskHasTheTimeOfItsNewestSnapshot() {
    Instant real = at("2026-11-21T20:00:00Z");
    assertThat(DeskClock.of(Optional.empty(), real)).isEqualTo(new DeskClock(real, true));
    assertThat(DeskClock.of(Optional.of(Days.standing(Days.MORNING, "1")), real))
        .as("taken a second after its moment")
        .isEqualTo(new DeskClock(real, true));
    var simulated = Days.standing(Days.MORNING, "1");
    assertThat(
            DeskClock.of(
                Optional.of(
                    new org.positionmanager.activities.standing.AccountStanding(
                        simulated.account(),
                        simulated.at(),
                        real,
                        simulated.funds(),
                        simulated.risk(),
                        simulated.realised(),
                        simulated.unrealised(),
                        simulated.counts())),
                real))
        .isEqualTo(new DeskClock(Days.MORNING, false));
  }
}
