package org.positionmanager.starter.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/** A report is made of its records alone. */
class AccountReportTest {
  private final AccountReport report =
      AccountReport.of(Days.full(), Days.WEDNESDAY, Days.AFTERNOON);

  @Test
  void equityGoesFromTheCloseBeforeToTheLastSnapshot() {
    assertThat(report.equityAtStart()).contains(Money.parse("100000"));
    assertThat(report.equityChange()).contains(Money.parse("1509.75"));
    assertThat(report.last().orElseThrow().at()).isEqualTo(Days.AFTERNOON);
    assertThat(report.equity()).hasSize(3);
  }

  @Test
  void whatWasRealisedIsOfEachFillAndPartsAreOfWhatIsNotOver() {
    assertThat(report.parts()).hasSize(1);
    assertThat(report.total().realised()).isEqualTo(Money.parse("1530"));
    assertThat(report.realised()).isEqualTo(Money.parse("1554.5"));
  }

  @Test
  void excursionsAreOfThePositionAndUnknownWhereNobodySaw() {
    ClosedLine put = report.closed().getFirst();
    assertThat(put.best().orElseThrow().amount()).isEqualTo(Money.parse("3200"));
    assertThat(put.best().orElseThrow().percent().rounded()).isEqualTo("66.67%");
    assertThat(put.worst().orElseThrow().amount()).isEqualTo(Money.parse("-240"));
    assertThat(put.worst().orElseThrow().percent()).isEqualTo(Percent.of(-5));
    assertThat(put.gain()).isEqualTo(Percent.of(50));
    assertThat(report.closed().getLast().worst()).isEmpty();
  }

  @Test
  void aNightsGapIsOfWhatWasHeldAndUnknownWithoutBothPrices() {
    NightLine put = report.nights().getFirst();
    assertThat(put.gap()).contains(Money.parse("-500"));
    assertThat(put.percent()).contains(Percent.of(-10));
    assertThat(report.nights().getLast().gap()).isEmpty();
    assertThat(report.nights().getLast().percent()).isEmpty();
  }

  @Test
  void openPositionsHavePriceStopAndRiskAsFarAsTheyAreKnown() {
    OpenLine priced = report.open().getFirst();
    assertThat(priced.price()).contains(Price.parse("130"));
    assertThat(priced.unrealised()).contains(Money.parse("10"));
    assertThat(priced.stop()).contains(Price.parse("125.44"));
    assertThat(priced.risk()).contains(Money.parse("22.8"));
    OpenLine unpriced = report.open().getLast();
    assertThat(unpriced.stop()).contains(Price.parse("57"));
    assertThat(unpriced.unrealised()).isEmpty();
    assertThat(unpriced.risk()).isEmpty();
  }

  @Test
  void whatIsOpenNowWasNotOpenInAPeriodThatIsOver() {
    assertThat(
            AccountReport.of(Days.full(), Days.WEDNESDAY, Days.AFTERNOON.plus(Duration.ofDays(1)))
                .open())
        .isEmpty();
  }

  @Test
  void anEmptyDayIsEmptyAndNotZero() {
    AccountReport empty =
        AccountReport.of(Days.with(List.of(), List.of()), Days.WEDNESDAY, Days.AFTERNOON);
    assertThat(empty.isEmpty()).isTrue();
    assertThat(empty.equityAtStart()).isEmpty();
    assertThat(empty.equityChange()).isEmpty();
    assertThat(report.isEmpty()).isFalse();
  }

  @Test
  @DisplayName("where the first day has no snapshot, what the account had before it is unknown")
  void withoutASnapshotOfTheFirstDayTheStartIsUnknown() {
    ReportPeriod week = new ReportPeriod(LocalDate.of(2026, 2, 9), LocalDate.of(2026, 2, 13));
    AccountReport report = AccountReport.of(Days.full(), week, Days.AFTERNOON);
    assertThat(report.equityAtStart()).isEmpty();
    assertThat(report.equityChange()).isEmpty();
    assertThat(report.last()).isPresent();
  }

  @Test
  @DisplayName("a position that goes on under another symbol is no trade that ended")
  void aPositionUnderANewSymbolHasNotEnded() {
    AccountReport report =
        AccountReport.of(
            Days.with(
                List.of(),
                List.of(
                    Days.closed(1, Strategy.STOCK, ExitReason.STOP, "-30"),
                    Days.closed(2, Strategy.STOCK, ExitReason.SYMBOL_CHANGED, "0"))),
            Days.WEDNESDAY,
            Days.AFTERNOON);
    assertThat(report.closed()).hasSize(1);
    assertThat(report.total().count()).isOne();
    assertThat(report.byReason()).hasSize(1);
  }

  @Test
  void aLongCurveIsThinnedAndKeepsItsEnds() {
    var standings =
        IntStream.rangeClosed(0, 2500)
            .mapToObj(i -> Days.standing(Days.MORNING.plusSeconds(i), "" + (100_000 + i)))
            .toList();
    var curve =
        AccountReport.of(Days.with(standings, List.of()), Days.WEDNESDAY, Days.AFTERNOON).equity();
    assertThat(curve).hasSizeBetween(800, 1001);
    assertThat(curve.getFirst().equity()).isEqualTo(Money.parse("100000"));
    assertThat(curve.getLast().equity()).isEqualTo(Money.parse("102500"));
  }
}
