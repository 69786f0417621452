package org.positionmanager.benchmarks;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.positionmanager.worker.config.PlanFile;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.PlanBook;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.Judge;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * Judges positions with a quote that moves at each turn. Now and then, at about one quote in
 * twenty, the price is the best so far: then the peak moves and the arithmetic of the plan is done
 * anew. Each position begins again after its path. To reach with the shipped plans: 2 million
 * positions a second on one core.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RuleEvaluation {
  private static final Instant OPEN = Instant.parse("2026-02-11T14:30:00Z");
  private static final Instant EXPIRY = Instant.parse("2026-03-20T20:00:00Z");
  private static final int POSITIONS = 1_000;

  /** A quote is one object for all positions of its instrument, as it is for those of a watch. */
  private static final int INSTRUMENTS = 20;

  private static final int QUOTES = 64;
  private static final int QUOTES_TO_A_PEAK = 20;

  /** By what positions are judged, and whether the price moves their peaks. */
  public enum Judging {
    /** Half options, half stocks, by the shipped plans, below their peaks all the time. */
    SHIPPED_CALM,
    /** Likewise, and one quote in twenty is the best so far. */
    SHIPPED_RISING,
    /** Options by a plan that has every rule, one quote in twenty the best so far. */
    EVERY_RULE_RISING
  }

  /** Which of them is measured. */
  @Param public Judging judging;

  private static final PlanBook SHIPPED_PLANS = PlanFile.shipped();

  private final List<Held> positions = new ArrayList<>();
  private int turn;

  /** Who judges a position keeps its judge; a new peak makes a new one. */
  private static final class Held {
    private final Judge first;
    private final List<Observation> seen;
    private Judge judge;

    private Held(Judge judge, List<Observation> seen) {
      this.first = judge;
      this.judge = judge;
      this.seen = seen;
    }

    private Decision judge(int turn) {
      Judge.Look look = (turn == 0 ? first : judge).look(seen.get(turn));
      judge = look.judge();
      return look.decision();
    }
  }

  /** Positions that no rule closes, as nearly all are nearly always. */
  @Setup
  public void open() {
    SplittableRandom random = new SplittableRandom(7);
    List<List<Observation>> paths = new ArrayList<>();
    for (int i = 0; i < INSTRUMENTS; i++) {
      boolean option = isOption(i);
      paths.add(quotes(random, entry(option), option));
    }
    for (int i = 0; i < POSITIONS; i++) {
      boolean option = isOption(i);
      Instrument instrument = Instrument.parse(option ? "NOW260320P00110000" : "WMT");
      Price entry = entry(option);
      Basis basis = new Basis(instrument, Direction.LONG, entry, Quantity.of(10), entry, OPEN);
      Plan plan = judging == Judging.EVERY_RULE_RISING ? EveryRule.plan() : shipped(basis, option);
      Held held = new Held(Judge.of(plan, basis), paths.get(i % INSTRUMENTS));
      requireHolding(held);
      positions.add(held);
    }
  }

  private boolean isOption(int i) {
    return judging == Judging.EVERY_RULE_RISING || i % 2 == 0;
  }

  private static Price entry(boolean option) {
    return Price.parse(option ? "5.00" : "128.00");
  }

  private static Plan shipped(Basis basis, boolean option) {
    EntryTerms terms =
        EntryTerms.of(
            option ? Strategy.SWING_TRADE : Strategy.STOCK, Direction.LONG, Quantity.of(10), OPEN);
    return SHIPPED_PLANS.planFor(new AccountName("large"), terms, basis).plan();
  }

  /** What is measured is the ordinary case, in which nothing is closed. */
  private static void requireHolding(Held held) {
    for (int turn = 0; turn < QUOTES; turn++) {
      Decision decision = held.judge(turn);
      if (!(decision instanceof Decision.Hold)) {
        throw new IllegalStateException("at quote " + turn + ": " + decision);
      }
    }
  }

  private List<Observation> quotes(SplittableRandom random, Price entry, boolean option) {
    TradingSession today = session(LocalDate.of(2026, 2, 11), OPEN);
    TradingSession tomorrow = session(LocalDate.of(2026, 2, 12), OPEN.plus(Duration.ofDays(1)));
    List<Observation> seen = new ArrayList<>();
    int best = 1_000;
    for (int i = 0; i < QUOTES; i++) {
      Instant now = OPEN.plusSeconds(60L * (i + 1));
      int thousandths = 990 + random.nextInt(10);
      if (judging != Judging.SHIPPED_CALM) {
        best += i % QUOTES_TO_A_PEAK == QUOTES_TO_A_PEAK / 2 ? 6 : 0;
        thousandths = best - (i % QUOTES_TO_A_PEAK == QUOTES_TO_A_PEAK / 2 ? 0 : 1);
      }
      BigDecimal mid = entry.value().multiply(BigDecimal.valueOf(thousandths, 3));
      BigDecimal cent = BigDecimal.valueOf(1, 2);
      Quote quote = new Quote(new Price(mid.subtract(cent)), new Price(mid.add(cent)), now);
      Price underlying = Price.parse("100");
      seen.add(
          new Observation(
              new MarketMoment(now, Optional.of(today), tomorrow, 1),
              Optional.of(quote),
              Optional.empty(),
              Optional.of(EXPIRY).filter(it -> option),
              Optional.empty(),
              Optional.of(new Quote(underlying, underlying, now)),
              Optional.of(Money.parse("200000 USD")),
              Optional.empty()));
    }
    return seen;
  }

  private static TradingSession session(LocalDate date, Instant open) {
    return new TradingSession(date, open, open.plus(Duration.ofMinutes(390)));
  }

  /** One position: its peak and its decision with every rule's trace. */
  @Benchmark
  public Decision judge() {
    turn++;
    return positions.get(turn % POSITIONS).judge(turn / POSITIONS % QUOTES);
  }
}
