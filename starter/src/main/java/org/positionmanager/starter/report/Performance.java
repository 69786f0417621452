package org.positionmanager.starter.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.positionmanager.activities.ledger.AccountRecords.Closed;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Percent;

/**
 * What closed positions brought together.
 *
 * @param of what they have in common
 * @param wins that brought more than nothing
 * @param losses that brought less; neither counts what brought nothing
 * @param winRate wins among all; empty where nothing was closed
 * @param average to a cent; likewise
 * @param averageHold to a second; likewise
 * @param profitFactor what wins brought by what losses cost, to two decimals; empty without a loss
 */
record Performance(
    String of,
    int count,
    int wins,
    int losses,
    Optional<Percent> winRate,
    Money realised,
    Optional<Money> average,
    Optional<Duration> averageHold,
    Optional<BigDecimal> profitFactor) {
  private static final int CENTS = 2;

  static Performance of(String name, List<Closed> closed) {
    Money gained = sum(closed, amount -> amount.signum() > 0);
    Money lost = sum(closed, amount -> amount.signum() < 0);
    int wins = count(closed, 1);
    BigDecimal count = BigDecimal.valueOf(closed.size());
    Money realised = gained.plus(lost);
    boolean any = !closed.isEmpty();
    Duration held =
        closed.stream()
            .map(it -> Duration.between(it.openedAt(), it.closedAt()))
            .reduce(Duration.ZERO, Duration::plus);
    return new Performance(
        name,
        closed.size(),
        wins,
        count(closed, -1),
        when(any, () -> new Percent(ratio(BigDecimal.valueOf(wins).movePointRight(2), count))),
        realised,
        when(any, () -> new Money(ratio(realised.amount(), count))),
        when(any, () -> Duration.ofSeconds(held.toSeconds() / closed.size())),
        when(lost.amount().signum() < 0, () -> ratio(gained.amount(), lost.amount().negate())));
  }

  private static <T> Optional<T> when(boolean known, Supplier<T> value) {
    return known ? Optional.of(value.get()) : Optional.empty();
  }

  private static BigDecimal ratio(BigDecimal amount, BigDecimal by) {
    return amount.divide(by, CENTS, RoundingMode.HALF_EVEN);
  }

  private static Money sum(List<Closed> closed, Predicate<BigDecimal> which) {
    return closed.stream()
        .map(Closed::realised)
        .filter(money -> which.test(money.amount()))
        .reduce(Money.ZERO, Money::plus);
  }

  private static int count(List<Closed> closed, int sign) {
    return (int) closed.stream().filter(it -> it.realised().amount().signum() == sign).count();
  }

  /** One for each value that there is, by name. */
  static List<Performance> by(List<Closed> closed, Function<Closed, Enum<?>> what) {
    Map<String, List<Closed>> groups = new TreeMap<>();
    closed.forEach(
        it -> groups.computeIfAbsent(what.apply(it).name(), name -> new ArrayList<>()).add(it));
    return groups.entrySet().stream().map(it -> of(it.getKey(), it.getValue())).toList();
  }
}
