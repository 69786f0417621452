package org.positionmanager.workflows.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.workflows.replay.Paths.CALL;
import static org.positionmanager.workflows.replay.Paths.NYSE;
import static org.positionmanager.workflows.replay.Paths.bought;
import static org.positionmanager.workflows.replay.Paths.defaults;
import static org.positionmanager.workflows.replay.Paths.mid;
import static org.positionmanager.workflows.replay.Paths.minute;
import static org.positionmanager.workflows.replay.Paths.sold;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.Confirmation;
import org.positionmanager.workflows.rules.Confirmed;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.Evaluator;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.JudgedPrice;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.Verdict;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What holds on any path. */
class ReplayPropertiesTest {
  private static final int TRIES = 200;

  /** A walk of up to a day and a half, a quote every few seconds to minutes. */
  static List<SeenQuote> walk(Random chance) {
    List<SeenQuote> path = new ArrayList<>();
    double at = 0;
    int cents = 500;
    int steps = 20 + chance.nextInt(300);
    for (int i = 0; i < steps; i++) {
      at += chance.nextInt(10) == 0 ? chance.nextInt(120) : chance.nextDouble() * 2;
      cents = Math.max(3, cents + chance.nextInt(41) - 20);
      path.add(mid(at, new BigDecimal(cents).movePointLeft(2).toPlainString()));
    }
    return path;
  }

  private static Opening opening(Random chance) {
    return chance.nextBoolean() ? bought(CALL, 10, "5") : sold(CALL, 10, "5");
  }

  private static Strategy strategy(Random chance) {
    return Strategy.values()[chance.nextInt(Strategy.values().length)];
  }

  @Property(tries = TRIES)
  @Label("the same path gives the same result, and repeated quotes change nothing but the count")
  void deterministicAndDeafToRepetition(@ForAll Random chance) {
    Opening opening = opening(chance);
    Plan plan = defaults(opening, strategy(chance));
    List<SeenQuote> path = walk(chance);
    List<SeenQuote> repeated = new ArrayList<>();
    for (SeenQuote seen : path) {
      for (int i = 0; i <= chance.nextInt(3); i++) {
        repeated.add(seen);
      }
    }
    ReplayResult once = Replay.on(path, opening, plan, NYSE, FillAt.NEAR);
    assertThat(Replay.on(path, opening, plan, NYSE, FillAt.NEAR)).isEqualTo(once);
    assertThat(Replay.on(repeated, opening, plan, NYSE, FillAt.NEAR)).isEqualTo(once);
  }

  @Property(tries = TRIES)
  @Label("what was closed and what is open is what was opened, and the profit adds up")
  void nothingIsLost(@ForAll Random chance) {
    Opening opening = opening(chance);
    ReplayResult result =
        Replay.on(walk(chance), opening, defaults(opening, strategy(chance)), NYSE, FillAt.NEAR);
    Quantity closed =
        result.exits().stream().map(ReplayExit::quantity).reduce(Quantity.ZERO, Quantity::plus);
    assertThat(closed.plus(result.open())).isEqualTo(opening.quantity());
    Money realised =
        result.exits().stream().map(ReplayExit::profit).reduce(Money.ZERO, Money::plus);
    assertThat(result.realised()).isEqualTo(realised);
    assertThat(result.profit()).isEqualTo(realised.plus(result.unrealised()));
    assertThat(result.exits())
        .allSatisfy(exit -> assertThat(exit.filledAt()).isAfterOrEqualTo(exit.decidedAt()));
  }

  @Property(tries = TRIES)
  @Label("the best is never behind, the worst never ahead, and a fill at the mid lies between")
  void excursionsBoundTheExits(@ForAll Random chance) {
    Opening opening = opening(chance);
    ReplayResult result =
        Replay.on(walk(chance), opening, defaults(opening, strategy(chance)), NYSE, FillAt.MID);
    assertThat(result.best().amount()).isGreaterThanOrEqualTo(Money.ZERO);
    assertThat(result.worst().amount()).isLessThanOrEqualTo(Money.ZERO);
    assertThat(result.exits())
        .filteredOn(exit -> exit.filledAt().equals(exit.decidedAt()))
        .allSatisfy(
            exit ->
                assertThat(opening.profit(exit.price(), opening.quantity()))
                    .isBetween(result.worst().amount(), result.best().amount()));
  }

  @Property(tries = TRIES)
  @Label("what follows the last exit changes nothing")
  void theFutureDoesNotChangeThePast(@ForAll Random chance) {
    Opening opening = opening(chance);
    Plan plan = defaults(opening, strategy(chance));
    List<SeenQuote> path = walk(chance);
    ReplayResult whole = Replay.on(path, opening, plan, NYSE, FillAt.NEAR);
    if (whole.open().isZero()) {
      List<SeenQuote> cut =
          path.stream()
              .filter(it -> !it.seenAt().isAfter(whole.exits().getLast().filledAt()))
              .toList();
      ReplayResult again = Replay.on(cut, opening, plan, NYSE, FillAt.NEAR);
      // A time rule that fires between two quotes is only reached by a quote that comes after it.
      if (again.open().isZero()) {
        assertThat(again).isEqualTo(whole);
      }
    }
  }

  @Property(tries = TRIES)
  @Label("replaying what was recorded gives what happened, exits and excursions")
  void theRecordIsEnough(@ForAll Random chance) {
    Opening opening = opening(chance);
    // Far enough away that all time rules but the minimum hold are out of sight.
    Plan shipped = defaults(opening, Strategy.CONSERVATIVE, Optional.of(Duration.ofDays(20)));
    Plan plan = chance.nextBoolean() ? shipped : confirmed(shipped, 2 + chance.nextInt(3));
    QuoteThinning thinning = new QuoteThinning(Percent.of(5), Duration.ofMinutes(30), 1000);
    Replay live = Replay.of(opening, plan, NYSE, FillAt.NEAR);
    QuoteThinning.Memory memory = QuoteThinning.Memory.NOTHING;
    List<KeptQuote> record = new ArrayList<>();
    var basis = opening.basis();
    List<SeenQuote> path = walk(chance);
    for (SeenQuote seen : path) {
      if (live.isOver() || !NYSE.moment(seen.seenAt()).isOpen()) {
        continue;
      }
      Observation observation =
          new Observation(
              NYSE.moment(seen.seenAt()),
              Optional.of(seen.quote()),
              Optional.empty(),
              NYSE.expiryOf(CALL));
      basis = Evaluator.observe(plan, basis, observation);
      Decision decision = Evaluator.evaluate(plan, basis, observation);
      boolean usable =
          JudgedPrice.of(plan.sight(), CALL, observation) instanceof JudgedPrice.Usable;
      QuoteThinning.Thinned thinned = thinning.next(memory, basis, seen, usable, decision, 1);
      record.addAll(thinned.keep());
      memory = thinned.memory();
      live.see(seen);
    }
    record.addAll(thinning.end(memory));
    ReplayResult happened = live.result();
    ReplayResult replayed =
        Replay.on(record.stream().map(KeptQuote::seen).toList(), opening, plan, NYSE, FillAt.NEAR);
    assertThat(replayed.exits()).isEqualTo(happened.exits());
    assertThat(replayed.best()).isEqualTo(happened.best());
    assertThat(replayed.worst()).isEqualTo(happened.worst());
    assertThat(replayed.mark()).isEqualTo(happened.mark());
    assertThat(record).extracting(KeptQuote::at).isSorted();
    assertThat(record).extracting(KeptQuote::seen).doesNotHaveDuplicates();
  }

  private static Plan confirmed(Plan plan, int quotes) {
    return new Plan(
        1,
        plan.rules().stream()
            .map(
                rule ->
                    rule.kind().comparesPrices()
                        ? (ExitRule) new Confirmed(rule, new Confirmation.Quotes(quotes))
                        : rule)
            .toList(),
        plan.style(),
        plan.reviewEvery(),
        plan.sight().staleAfter());
  }

  @Property(tries = 50)
  @Label("a day records no more than its share")
  void theRecordIsBounded(@ForAll Random chance) {
    Opening opening = bought(CALL, 10, "5");
    QuoteThinning thinning = new QuoteThinning(Percent.of(1), Duration.ofSeconds(1), 20);
    QuoteThinning.Memory memory = QuoteThinning.Memory.NOTHING;
    int kept = 0;
    for (int second = 0; second < 2000; second++) {
      Price price = new Price(new BigDecimal(400 + chance.nextInt(200)).movePointLeft(2));
      SeenQuote seen = SeenQuote.fresh(new Quote(price, price, minute(0).plusSeconds(second)));
      QuoteThinning.Thinned thinned =
          thinning.next(
              memory,
              opening.basis(),
              seen,
              true,
              QuoteThinningTest.answering(Verdict.values()[chance.nextInt(5)]),
              1);
      kept += thinned.keep().size();
      memory = thinned.memory();
    }
    assertThat(kept).isBetween(10, 20);
    assertThat(thinning.end(memory)).hasSizeBetween(1, 3);
  }

  @Property(tries = TRIES)
  @Label("a quote in a quiet range is one that the thinning would not keep, nor learn from")
  void quietRangesKeepNothingBack(@ForAll Random chance) {
    Opening opening = opening(chance);
    QuoteThinning thinning =
        new QuoteThinning(Percent.of(5), Duration.ofMinutes(3), 10 + chance.nextInt(40));
    QuoteThinning.Memory memory = QuoteThinning.Memory.NOTHING;
    Verdict verdict = Verdict.HELD;
    int quiet = 0;
    List<SeenQuote> path = walk(chance);
    for (SeenQuote seen : path) {
      verdict = chance.nextInt(20) == 0 ? Verdict.values()[chance.nextInt(5)] : verdict;
      Decision decision = QuoteThinningTest.answering(verdict);
      boolean usable = chance.nextInt(10) > 0;
      boolean isQuiet =
          thinning
              .quiet(memory, opening.entry())
              .filter(
                  range ->
                      range.holds(
                          seen.seenAt(), seen.quote().mid(), usable, opening.basis(), decision))
              .isPresent();
      QuoteThinning.Thinned thinned =
          thinning.next(memory, opening.basis(), seen, usable, decision, 1);
      boolean isNothing =
          thinned.keep().isEmpty() && butForTheLatest(thinned.memory(), memory).equals(memory);
      // before a quote was usable nobody knows of extremes: then all are looked at
      assertThat(isQuiet)
          .as("quiet at %s after %s", seen, memory)
          .isEqualTo(isNothing && memory.highest().isPresent());
      quiet += isQuiet ? 1 : 0;
      memory = thinned.memory();
    }
    assertThat(quiet).as("quiet ones of %d", path.size()).isPositive();
  }

  /** What is remembered after a quote, but for the quote itself. */
  private static QuoteThinning.Memory butForTheLatest(
      QuoteThinning.Memory after, QuoteThinning.Memory before) {
    return new QuoteThinning.Memory(
        after.last(),
        after.verdicts(),
        before.latest(),
        after.high(),
        after.low(),
        after.highest(),
        after.lowest(),
        after.day(),
        after.keptToday());
  }
}
