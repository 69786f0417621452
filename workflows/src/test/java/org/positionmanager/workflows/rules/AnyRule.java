package org.positionmanager.workflows.rules;

import static net.jqwik.api.Arbitraries.integers;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.UnderlyingPrice;

/** Rules of every kind with parameters of every size. */
final class AnyRule {
  private AnyRule() {}

  /** One arbitrary for each kind of rule. */
  static List<Arbitrary<ExitRule>> ofEachKind() {
    return Stream.of(
            protective(),
            trailing(),
            takingProfit(),
            List.of(
                minutes(0, 2_000).<ExitRule>map(Expiry::new),
                Combinators.combine(integers().between(0, 3), integers().between(0, 23))
                    .<ExitRule>as((days, hour) -> new ExpiryCutOff(days, LocalTime.of(hour, 0))),
                Combinators.combine(
                        integers().between(0, 9), integers().between(0, 23), percent(0, 10))
                    .<ExitRule>as(
                        (days, hour, margin) ->
                            new AssignmentGuard(days, LocalTime.of(hour, 30), margin)),
                minutes(0, 400).<ExitRule>map(DayTradeClose::new),
                overnight(),
                minutes(1, 4_000).<ExitRule>map(MaxHold::new),
                integers()
                    .between(350, 450)
                    .<ExitRule>map(at -> new UnderlyingStop(UnderlyingPrice.parse("" + at))),
                Combinators.combine(integers().between(0, 30), percent(-50, 50))
                    .<ExitRule>as((dte, gain) -> new RollProposal(dte, gain, 30))))
        .flatMap(List::stream)
        .toList();
  }

  /** Rules that protect, but for those that trail. */
  static List<Arbitrary<ExitRule>> protective() {
    return List.of(
        level(-95, -1).map(StopLoss::new),
        Combinators.combine(level(-95, -1), minutes(1, 500)).as(CatastrophicStop::new),
        graded(),
        table(integers().between(0, 12), percent(-50, 50), false, ThetaDecay.Step::new)
            .map(ThetaDecay::new),
        Combinators.combine(minutes(1, 2_000), percent(-20, 20)).as(TimeStop::new));
  }

  /** Rules that follow the peak. */
  static List<Arbitrary<ExitRule>> trailing() {
    return List.of(
        Combinators.combine(percent(1, 20), percent(1, 20))
            .as((more, keep) -> new BreakEven(sum(more, keep), keep)),
        Combinators.combine(percent(1, 100), percent(0, 20)).as(TrailingStop::new),
        Arbitraries.oneOf(
            Combinators.combine(percent(1, 100), percent(0, 20))
                .as((distance, activation) -> new TrailingPercent(distance, activation)),
            Combinators.combine(
                    percent(50, 100),
                    percent(0, 20),
                    table(percent(21, 100), percent(1, 49), false, TrailingPercent.Tighter::new))
                .as(TrailingPercent::new)),
        Combinators.combine(integers().between(1, 500), percent(0, 20))
            .as((cents, activation) -> new TrailingAmount(cents(cents), activation)),
        table(percent(1, 60), percent(1, 100), true, TrailingLadder.Step::new)
            .map(TrailingLadder::new));
  }

  static List<Arbitrary<ExitRule>> takingProfit() {
    return List.of(
        level(1, 200).map(ProfitTarget::new),
        table(minutes(0, 2_000), percent(-20, 150), false, ShrinkingTarget.Step::new)
            .map(ShrinkingTarget::new),
        table(integers().between(0, 12), percent(-20, 150), true, DteLadder.Step::new)
            .map(DteLadder::new),
        table(percent(1, 100), percent(1, 33), true, PartialExit.Stage::new).map(PartialExit::new));
  }

  /** A rule, now and then with a confirmation where it can have one. */
  static Arbitrary<ExitRule> perhapsConfirmed(Arbitrary<ExitRule> rules) {
    Arbitrary<Confirmation> by =
        Arbitraries.oneOf(
            integers().between(2, 3).map(Confirmation.Quotes::new),
            minutes(1, 300).map(Confirmation.Lasting::new));
    return Combinators.combine(rules, by, integers().between(0, 3))
        .as(
            (rule, confirmation, dice) ->
                dice == 0 && rule.kind().comparesPrices()
                    ? new Confirmed(rule, confirmation)
                    : rule);
  }

  static Price cents(int cents) {
    return new Price(BigDecimal.valueOf(cents, 2));
  }

  private static Arbitrary<ExitRule> graded() {
    return table(minutes(0, 390), percent(-50, 50), false, (before, gain) -> before)
        .flatMap(
            times ->
                percent(-50, 50)
                    .list()
                    .ofSize(times.size())
                    .map(gains -> gains.stream().sorted().toList())
                    .map(gains -> graded(times.reversed(), gains)));
  }

  private static GradedClose graded(List<Duration> times, List<Percent> gains) {
    List<GradedClose.Stage> stages = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      boolean all = i == times.size() - 1 && gains.get(i).points().signum() > 0;
      stages.add(new GradedClose.Stage(times.get(i), Optional.of(gains.get(i)).filter(it -> !all)));
    }
    return new GradedClose(stages);
  }

  private static Arbitrary<ExitRule> overnight() {
    return Combinators.combine(
            table(minutes(0, 390), integers().between(1, 3), true, OvernightCheck.Stage::new),
            integers().between(0, 12),
            percent(-20, 50),
            percent(1, 100))
        .as((stages, dte, gain, share) -> new OvernightCheck(stages.reversed(), dte, gain, share));
  }

  private static Arbitrary<Level> level(int least, int most) {
    return Arbitraries.oneOf(
        percent(least, most).map(Level.AtGain::new),
        integers().between(1, 1_500).map(cents -> new Level.AtPrice(cents(cents))),
        Combinators.combine(
                integers().between(1, 300).optional(),
                integers().between(least, most).filter(it -> it != 0))
            .as(
                (range, ranges) ->
                    new Level.AtRange(
                        BigDecimal.valueOf(ranges, 1), 14, range.map(AnyRule::cents))));
  }

  /** One to three rows; keys grow, values grow with them or against them. */
  private static <K extends Comparable<K>, V extends Comparable<V>, R> Arbitrary<List<R>> table(
      Arbitrary<K> keys, Arbitrary<V> values, boolean grows, BiFunction<K, V, R> row) {
    return integers()
        .between(1, 3)
        .flatMap(
            size ->
                Combinators.combine(keys.set().ofSize(size), values.list().ofSize(size))
                    .as(
                        (unordered, others) -> {
                          List<K> key = unordered.stream().sorted().toList();
                          List<V> value = others.stream().sorted().toList();
                          List<V> against = grows ? value : value.reversed();
                          return IntStream.range(0, size)
                              .mapToObj(i -> row.apply(key.get(i), against.get(i)))
                              .toList();
                        }));
  }

  private static Arbitrary<Percent> percent(int least, int most) {
    return integers().between(least, most).map(Percent::of);
  }

  private static Percent sum(Percent one, Percent other) {
    return new Percent(one.points().add(other.points()));
  }

  private static Arbitrary<Duration> minutes(int least, int most) {
    return integers().between(least, most).map(Duration::ofMinutes);
  }
}
