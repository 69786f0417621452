package org.positionmanager.starter.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.ledger.AccountRecords.Closed;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Percent;

/** What closed positions brought, all together and in groups. */
class PerformanceTest {
  private static List<Closed> closed(String... amounts) {
    return IntStream.range(0, amounts.length)
        .mapToObj(i -> Days.closed(i, Strategy.STOCK, ExitReason.STOP, amounts[i]))
        .toList();
  }

  @Test
  void winsAreAboveNothingAndLossesBelow() {
    Performance of = Performance.of("all", closed("30", "-10", "0", "0.01", "-15.01"));
    assertThat(of.count()).isEqualTo(5);
    assertThat(of.wins()).isEqualTo(2);
    assertThat(of.losses()).isEqualTo(2);
    assertThat(of.winRate()).contains(Percent.of(40));
    assertThat(of.realised()).isEqualTo(Money.parse("5"));
    assertThat(of.average()).contains(Money.parse("1"));
    assertThat(of.averageHold()).contains(Duration.ofHours(1));
    assertThat(of.profitFactor()).contains(new BigDecimal("1.20"));
  }

  @Test
  void withoutALossThereIsNoFactorAndWithoutAnyThereIsNothing() {
    assertThat(Performance.of("all", closed("30")).profitFactor()).isEmpty();
    assertThat(Performance.of("all", closed("-30")).profitFactor())
        .contains(new BigDecimal("0.00"));
    assertThat(Performance.of("all", List.of()))
        .isEqualTo(
            new Performance(
                "all",
                0,
                0,
                0,
                Optional.empty(),
                Money.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Provide
  Arbitrary<List<Closed>> days() {
    return Combinators.combine(
            Arbitraries.integers(),
            Arbitraries.of(Strategy.class),
            Arbitraries.of(ExitReason.class).filter(it -> it != ExitReason.SYMBOL_CHANGED),
            Arbitraries.bigDecimals()
                .between(new BigDecimal("-99"), new BigDecimal("5000"))
                .ofScale(4))
        .as(
            (number, strategy, reason, amount) ->
                Days.closed(number, strategy, reason, amount.toPlainString()))
        .list()
        .ofMaxSize(30);
  }

  @Property(tries = 200)
  void sumsByStrategyEqualSumsByReasonEqualTheTotal(@ForAll("days") List<Closed> closed) {
    AccountReport report =
        AccountReport.of(Days.with(List.of(), closed), Days.WEDNESDAY, Days.AFTERNOON);
    for (List<Performance> groups : List.of(report.byStrategy(), report.byReason())) {
      assertThat(groups.stream().map(Performance::realised).reduce(Money.ZERO, Money::plus))
          .isEqualTo(report.total().realised());
      assertThat(groups.stream().mapToInt(Performance::count).sum()).isEqualTo(closed.size());
      assertThat(groups.stream().mapToInt(Performance::wins).sum())
          .isEqualTo(report.total().wins());
      assertThat(groups.stream().mapToInt(Performance::losses).sum())
          .isEqualTo(report.total().losses());
    }
  }
}
