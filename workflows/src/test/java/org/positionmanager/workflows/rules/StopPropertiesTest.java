package org.positionmanager.workflows.rules;

import static net.jqwik.api.Arbitraries.integers;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;

/** What holds for the stops of whole shipped plans on whole paths. */
class StopPropertiesTest {
  /**
   * A position under a shipped plan of its kind, some rules of which may have to be confirmed.
   *
   * @param looks one minute apart or more, each with a usable quote
   */
  record Held(Plan plan, Basis basis, List<AnyPath.Look> looks) {}

  private record Stopped(int look, Instant at, Judge judge) {}

  @Property
  void aWorsePriceOnTheWayNeverMakesAStopLater(
      @ForAll("held") Held held,
      @ForAll @IntRange(min = 0, max = 1_000) int where,
      @ForAll @IntRange(min = 0, max = 2_000) int worse) {
    List<Observation> path = AnyPath.of(held.basis(), held.looks());
    Stopped stopped = firstStop(held, path);
    List<Observation> longer = new ArrayList<>(path);
    int before = where % (stopped.look() + 1);
    Instant now =
        before == 0 ? held.basis().filledAt() : path.get(before - 1).moment().now().plusNanos(1);
    Price price =
        before == 0 ? held.basis().entry() : path.get(before - 1).quote().orElseThrow().mid();
    longer.add(before, seen(path.get(before), now, beyond(held.basis(), price, worse)));

    Judge judge = Judge.of(held.plan(), held.basis());
    for (Observation seen : longer) {
      judge = judge.after(seen);
      if (judge.judge(seen) instanceof Decision.Exit) {
        assertThat(seen.moment().now()).isBeforeOrEqualTo(stopped.at());
        return;
      }
    }
    throw new AssertionError("stopped at " + stopped.at() + ", and not with a worse price");
  }

  @Property
  void aWorsePriceAfterItNeverTakesAStopBack(
      @ForAll("held") Held held, @ForAll @IntRange(min = 0, max = 2_000) int worse) {
    List<Observation> path = AnyPath.of(held.basis(), held.looks());
    Stopped stopped = firstStop(held, path);
    Observation at = path.get(stopped.look());
    Observation later =
        seen(
            at,
            stopped.at().plusNanos(1),
            beyond(held.basis(), at.quote().orElseThrow().mid(), worse));
    assertThat(stopped.judge().after(later).judge(later)).isInstanceOf(Decision.Exit.class);
    Judge before = Judge.of(held.plan(), held.basis());
    for (Observation seen : path.subList(0, stopped.look())) {
      before = before.after(seen);
    }
    Observation instead = seen(at, stopped.at(), later.quote().orElseThrow().mid());
    assertThat(before.after(instead).judge(instead))
        .as("a worse price in its place")
        .isInstanceOf(Decision.Exit.class);
  }

  /** Where the path ends by a rule that protects, and by no other before it. */
  private static Stopped firstStop(Held held, List<Observation> path) {
    Judge judge = Judge.of(held.plan(), held.basis());
    for (int i = 0; i < path.size(); i++) {
      judge = judge.after(path.get(i));
      if (judge.judge(path.get(i)) instanceof Decision.Exit exit) {
        Assume.that(
            held.plan().rules().stream()
                .map(ExitRule::kind)
                .filter(kind -> kind.label().equals(exit.rule().rule()))
                .allMatch(RuleKind::isProtective));
        return new Stopped(i, path.get(i).moment().now(), judge);
      }
    }
    Assume.that(false);
    throw new IllegalStateException("not reached");
  }

  private static Observation seen(Observation like, Instant now, Price mid) {
    return new Observation(
        AnyPath.moment(now),
        Optional.of(new Quote(mid, mid, now)),
        Optional.empty(),
        like.expiresAt());
  }

  private static Price beyond(Basis basis, Price price, int worse) {
    BigDecimal by = BigDecimal.valueOf(worse, 2);
    return basis.direction() == Direction.LONG
        ? new Price(price.value().subtract(by).max(new BigDecimal("0.01")))
        : new Price(price.value().add(by));
  }

  @Provide
  Arbitrary<Held> held() {
    Arbitrary<List<AnyPath.Look>> looks =
        Combinators.combine(
                Arbitraries.frequencyOf(
                    Tuple.of(6, integers().between(1, 3)),
                    Tuple.of(1, integers().between(30, 2_000))),
                integers().between(1, 2_000))
            .as(
                (minutes, cents) ->
                    new AnyPath.Look(
                        minutes,
                        AnyPath.Kind.FINE,
                        cents,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
            .list()
            .ofMinSize(1)
            .ofMaxSize(12);
    return Combinators.combine(AnyPath.bases(), Arbitraries.of(Strategy.class), looks)
        .as(
            (basis, strategy, path) ->
                new Held(
                    Plans.defaultsFor(
                        EntryTerms.of(strategy, basis.direction(), basis.opened(), Scene.OPEN),
                        basis),
                    basis,
                    path))
        .flatMap(
            held -> confirmed(held.plan()).map(plan -> new Held(plan, held.basis(), held.looks())));
  }

  private static Arbitrary<Plan> confirmed(Plan plan) {
    return Combinators.combine(
            plan.rules().stream().map(Arbitraries::just).map(AnyRule::perhapsConfirmed).toList())
        .as(plan::changedTo);
  }
}
