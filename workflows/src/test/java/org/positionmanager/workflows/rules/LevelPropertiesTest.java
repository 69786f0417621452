package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;

/** What holds for the levels of all rules of a sort, at any price. */
class LevelPropertiesTest {
  @Property
  void aTrailingLevelNeverLoosensAndNeverGoesAway(
      @ForAll("trailing") ExitRule rule,
      @ForAll("bases") Basis basis,
      @ForAll("looks") List<AnyPath.Look> looks) {
    Judge judge = Scene.call().under(rule).with(basis).judge();
    for (Observation seen : AnyPath.of(basis, looks)) {
      Optional<Price> before = rule.level(judge.basis(), seen.moment().now());
      judge = judge.after(seen);
      Optional<Price> after = rule.level(judge.basis(), seen.moment().now());
      if (before.isPresent()) {
        assertThat(after).isPresent();
        assertThat(basis.direction().isBetter(before.get(), after.get()))
            .as("%s loosens to %s", before, after)
            .isFalse();
      }
    }
  }

  @Property
  void aWorsePriceNeverTurnsAnExitIntoAHold(
      @ForAll("protecting") ExitRule rule,
      @ForAll("bases") Basis basis,
      @ForAll @IntRange(min = 0, max = 14_000) int minutes,
      @ForAll @IntRange(min = 1, max = 2_000) int cents,
      @ForAll @IntRange(min = 0, max = 2_000) int worse) {
    boolean isLong = basis.direction() == Direction.LONG;
    int beyond = isLong ? Math.max(1, cents - worse) : cents + worse;
    if (verdict(rule, basis, minutes, cents) == Verdict.FIRED) {
      assertThat(verdict(rule, basis, minutes, beyond)).isEqualTo(Verdict.FIRED);
    }
  }

  @Property
  void aBetterPriceNeverTurnsAProfitIntoAHold(
      @ForAll("takingProfit") ExitRule rule,
      @ForAll("bases") Basis basis,
      @ForAll @IntRange(min = 0, max = 14_000) int minutes,
      @ForAll @IntRange(min = 1, max = 2_000) int cents,
      @ForAll @IntRange(min = 0, max = 2_000) int better) {
    boolean isLong = basis.direction() == Direction.LONG;
    int beyond = isLong ? cents + better : Math.max(1, cents - better);
    if (verdict(rule, basis, minutes, cents) == Verdict.FIRED) {
      assertThat(verdict(rule, basis, minutes, beyond)).isEqualTo(Verdict.FIRED);
    }
  }

  @Property
  void aQuoteThatIsUnusableMovesNeitherPeakNorTrough(
      @ForAll("trailing") ExitRule rule,
      @ForAll("bases") Basis basis,
      @ForAll("looks") List<AnyPath.Look> looks) {
    Judge judge = Scene.call().under(rule).with(basis).judge();
    for (Observation seen : AnyPath.of(basis, looks)) {
      Judge after = judge.after(seen);
      boolean usable =
          JudgedPrice.of(judge.plan().sight(), basis.instrument(), seen)
              instanceof JudgedPrice.Usable;
      if (!usable) {
        assertThat(after.basis().peak()).isEqualTo(judge.basis().peak());
        assertThat(after.basis().trough()).isEqualTo(judge.basis().trough());
      }
      assertThat(basis.direction().isBetter(basis.entry(), after.basis().peak())).isFalse();
      assertThat(basis.direction().isBetter(after.basis().trough(), basis.entry())).isFalse();
      judge = after;
    }
  }

  /**
   * The rule's own answer, with the peak as it was: what a price tells must not hide what it does.
   */
  private static Verdict verdict(ExitRule rule, Basis basis, int minutes, int cents) {
    Instant now = Scene.OPEN.plus(Duration.ofMinutes(minutes));
    Price mid = AnyRule.cents(cents);
    Observation seen =
        new Observation(
            AnyPath.moment(now),
            Optional.of(new Quote(mid, mid, now)),
            Optional.empty(),
            Optional.of(Scene.EXPIRY));
    Decision decision = Scene.call().under(rule).with(basis).judge().judge(seen);
    return decision.trace().getFirst().verdict();
  }

  @Provide
  Arbitrary<ExitRule> trailing() {
    return Arbitraries.of(AnyRule.trailing()).flatMap(it -> it);
  }

  @Provide
  Arbitrary<ExitRule> protecting() {
    return Arbitraries.oneOf(
        Arbitraries.of(AnyRule.trailing()).flatMap(it -> it),
        Arbitraries.of(AnyRule.protective()).flatMap(it -> it));
  }

  @Provide
  Arbitrary<ExitRule> takingProfit() {
    return Arbitraries.of(AnyRule.takingProfit()).flatMap(it -> it);
  }

  /** With and without a gain seen before. */
  @Provide
  Arbitrary<Basis> bases() {
    return AnyPath.bases()
        .flatMap(
            basis ->
                Arbitraries.integers()
                    .between(1, 2_000)
                    .map(cents -> basis.seeing(AnyRule.cents(cents))));
  }

  @Provide
  Arbitrary<List<AnyPath.Look>> looks() {
    return AnyPath.looks();
  }
}
