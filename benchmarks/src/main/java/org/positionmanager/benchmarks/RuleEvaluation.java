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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.Judge;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * Judges positions by the shipped plans, half options and half stocks, with a quote that moves at
 * each turn. To reach: 2 million positions a second on one core.
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
  private static final int QUOTES = 64;

  private final List<Held> positions = new ArrayList<>();
  private int turn;

  /** Who judges a position keeps its judge; a new peak makes a new one. */
  private static final class Held {
    private final List<Observation> seen;
    private Judge judge;

    private Held(Judge judge, List<Observation> seen) {
      this.judge = judge;
      this.seen = seen;
    }
  }

  /** Positions that no rule closes, as nearly all are nearly always. */
  @Setup
  public void open() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < POSITIONS; i++) {
      boolean option = i % 2 == 0;
      Instrument instrument = Instrument.parse(option ? "NOW260320P00110000" : "WMT");
      Strategy strategy = option ? Strategy.SWING_TRADE : Strategy.STOCK;
      Price entry = Price.parse(option ? "5.00" : "128.00");
      Basis basis = new Basis(instrument, Direction.LONG, entry, Quantity.of(10), entry, OPEN);
      EntryTerms terms =
          new EntryTerms(
              strategy,
              Direction.LONG,
              Quantity.of(10),
              OPEN,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              false);
      Optional<Instant> expiry = Optional.of(EXPIRY).filter(it -> option);
      positions.add(
          new Held(
              Judge.of(Plans.defaultsFor(terms, basis), basis), quotes(random, entry, expiry)));
    }
  }

  private static List<Observation> quotes(
      SplittableRandom random, Price entry, Optional<Instant> expiry) {
    TradingSession today = session(LocalDate.of(2026, 2, 11), OPEN);
    TradingSession tomorrow = session(LocalDate.of(2026, 2, 12), OPEN.plus(Duration.ofDays(1)));
    List<Observation> seen = new ArrayList<>();
    for (int i = 0; i < QUOTES; i++) {
      Instant now = OPEN.plusSeconds(60L * (i + 1));
      BigDecimal mid = entry.value().multiply(BigDecimal.valueOf(990 + random.nextInt(10), 3));
      Quote quote = new Quote(new Price(mid), new Price(mid.add(BigDecimal.valueOf(2, 2))), now);
      seen.add(
          new Observation(
              new MarketMoment(now, Optional.of(today), tomorrow, 1),
              Optional.of(quote),
              Optional.empty(),
              expiry));
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
    Held held = positions.get(turn % POSITIONS);
    Observation seen = held.seen.get(turn % QUOTES);
    held.judge = held.judge.after(seen);
    return held.judge.judge(seen);
  }
}
