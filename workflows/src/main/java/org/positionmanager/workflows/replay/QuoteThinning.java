package org.positionmanager.workflows.replay;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.RuleTrace;
import org.positionmanager.workflows.rules.Verdict;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/**
 * Which of the quotes that a position is judged by are recorded: few, and yet enough that replaying
 * them gives the same exits for the plan that judged them, and the true high and low.
 *
 * <p>Kept are the first and the last; one whose mid moved at least {@code move} of the entry since
 * the last one kept; one at which some rule changed its verdict, or fired and waits for its
 * confirmation; one that comes {@code interval} after the last one kept; and the highest and the
 * lowest of the whole life, which are known once the price has turned, so they are handed out, in
 * their order, with the next one kept.
 *
 * <p>A day keeps at most {@code perDay}, of which a tenth is left to verdicts and extremes; the
 * first and the last come on top.
 *
 * @param move share of the entry, above 0%
 * @param interval exchange time, above zero
 * @param perDay in New York's days, at least 10
 */
public record QuoteThinning(Percent move, Duration interval, int perDay) {
  private static final int LEAST_PER_DAY = 10;

  /** 1% of the entry, a minute, 500 a day: a quiet session of 390 minutes fits in. */
  public static final QuoteThinning STANDARD =
      new QuoteThinning(Percent.of(1), Duration.ofMinutes(1), 500);

  /**
   * @throws IllegalArgumentException naming the limit that is out of range
   */
  public QuoteThinning {
    if (move.points().signum() <= 0) {
      throw new IllegalArgumentException("move must be above 0%, got: " + move);
    }
    if (!interval.isPositive()) {
      throw new IllegalArgumentException("interval must be above zero, got: " + interval);
    }
    if (perDay < LEAST_PER_DAY) {
      throw new IllegalArgumentException("perDay must be at least 10, got: " + perDay);
    }
  }

  /**
   * What is remembered from one quote to the next; part of what survives, small.
   *
   * @param last the last one kept
   * @param verdicts of the rules at the last quote, kept or not
   * @param latest the last quote, where it was not kept
   * @param high the highest so far, where it was not kept
   * @param low likewise
   * @param highest mid of the highest so far, kept or not
   * @param day that {@code keptToday} counts
   */
  public record Memory(
      Optional<KeptQuote> last,
      List<Verdict> verdicts,
      Optional<KeptQuote> latest,
      Optional<KeptQuote> high,
      Optional<KeptQuote> low,
      Optional<Price> highest,
      Optional<Price> lowest,
      Optional<LocalDate> day,
      int keptToday) {
    /** Before the first quote. */
    public static final Memory NOTHING =
        new Memory(
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0);

    public Memory {
      verdicts = List.copyOf(verdicts);
    }
  }

  /**
   * What to record now, oldest first, and what to remember.
   *
   * @param keep often empty
   */
  public record Thinned(List<KeptQuote> keep, Memory memory) {
    public Thinned {
      keep = List.copyOf(keep);
    }
  }

  /**
   * Looks at the next quote.
   *
   * @param basis what the decision was made from
   * @param usable whether rules could judge it: what they could not is no high and no low
   * @param decision by the plan, whose trace has a verdict for each rule
   */
  public Thinned next(
      Memory before,
      Basis basis,
      SeenQuote seen,
      boolean usable,
      Decision decision,
      int planVersion) {
    List<Verdict> verdicts = verdicts(decision);
    KeptQuote latest = new KeptQuote(seen, planVersion, KeptQuote.Why.LAST);
    Memory memory = extremes(onDayOf(latest, before), seen, usable, planVersion);
    return why(memory, basis, seen, verdicts)
        .filter(it -> fits(memory, it))
        .map(why -> kept(memory, new KeptQuote(seen, planVersion, why), verdicts))
        .orElseGet(
            () ->
                new Thinned(
                    List.of(), remembered(memory, memory.last(), verdicts, Optional.of(latest))));
  }

  /** Keeps a quote whatever else was kept: an exit was decided on it. */
  public Thinned always(Memory before, SeenQuote seen, Decision decision, int planVersion) {
    KeptQuote kept = new KeptQuote(seen, planVersion, KeptQuote.Why.VERDICT);
    return kept(onDayOf(kept, before), kept, verdicts(decision));
  }

  /**
   * Which quotes after that tell nothing worth recording; empty where the next one is to be looked
   * at in any case.
   */
  public Optional<QuietRange> quiet(Memory memory, Price entry) {
    if (memory.last().isEmpty() || memory.highest().isEmpty()) {
      return Optional.empty();
    }
    KeptQuote last = memory.last().get();
    Instant nextDay =
        memory.day().orElseThrow().plusDays(1).atStartOfDay(ExchangeZone.NEW_YORK).toInstant();
    boolean hasRoom = fits(memory, KeptQuote.Why.INTERVAL);
    Instant due = last.at().plus(interval);
    return Optional.of(
        new QuietRange(
            memory.verdicts(),
            hasRoom && due.isBefore(nextDay) ? due : nextDay,
            memory.lowest().orElseThrow(),
            memory.highest().get(),
            last.seen().quote().mid(),
            hasRoom ? Optional.of(step(entry)) : Optional.empty()));
  }

  /** What is left to record once the position has ended; to be recorded once. */
  public List<KeptQuote> end(Memory memory) {
    return memory.latest().map(latest -> end(memory, latest)).orElseGet(() -> passed(memory));
  }

  /**
   * The same where quotes in a {@linkplain #quiet quiet range} were not told.
   *
   * @param latest the last quote of all, not kept yet
   */
  public List<KeptQuote> end(Memory memory, KeptQuote latest) {
    List<KeptQuote> rest = new ArrayList<>(turned(memory, latest));
    rest.add(latest);
    return rest;
  }

  /** Extremes that were passed and wait for the next quote that is kept; at most two, in order. */
  public List<KeptQuote> passed(Memory memory) {
    return inOrder(memory);
  }

  private static List<Verdict> verdicts(Decision decision) {
    return decision.trace().stream().map(RuleTrace::verdict).toList();
  }

  private static Thinned kept(Memory memory, KeptQuote kept, List<Verdict> verdicts) {
    List<KeptQuote> keep = new ArrayList<>(turned(memory, kept));
    keep.add(kept);
    Memory after = remembered(memory, Optional.of(kept), verdicts, Optional.empty());
    return new Thinned(keep, counted(after, keep.size()));
  }

  private Optional<KeptQuote.Why> why(
      Memory memory, Basis basis, SeenQuote seen, List<Verdict> verdicts) {
    if (memory.last().isEmpty()) {
      return Optional.of(KeptQuote.Why.FIRST);
    }
    if (!verdicts.equals(memory.verdicts())) {
      return Optional.of(KeptQuote.Why.VERDICT);
    }
    if (!basis.track().streaks().isEmpty()) {
      return Optional.of(KeptQuote.Why.STREAK);
    }
    KeptQuote last = memory.last().get();
    if (hasMoved(last.seen().quote().mid(), seen.quote().mid(), basis.entry())) {
      return Optional.of(KeptQuote.Why.MOVED);
    }
    if (Duration.between(last.at(), seen.seenAt()).compareTo(interval) >= 0) {
      return Optional.of(KeptQuote.Why.INTERVAL);
    }
    return Optional.empty();
  }

  private boolean hasMoved(Price from, Price to, Price entry) {
    return to.value().subtract(from.value()).abs().compareTo(step(entry)) >= 0;
  }

  private BigDecimal step(Price entry) {
    return entry.value().multiply(move.asFraction());
  }

  /** Room for the quote itself and for two extremes that may have to go with it. */
  private boolean fits(Memory memory, KeptQuote.Why why) {
    int most =
        switch (why) {
          case FIRST, LAST -> Integer.MAX_VALUE;
          case VERDICT, STREAK, HIGH, LOW -> perDay;
          case MOVED, INTERVAL -> perDay - perDay / LEAST_PER_DAY;
        };
    return memory.keptToday() + inOrder(memory).size() < most;
  }

  private static Memory onDayOf(KeptQuote latest, Memory memory) {
    Optional<LocalDate> day = Optional.of(latest.at().atZone(ExchangeZone.NEW_YORK).toLocalDate());
    if (day.equals(memory.day())) {
      return memory;
    }
    return new Memory(
        memory.last(),
        memory.verdicts(),
        memory.latest(),
        memory.high(),
        memory.low(),
        memory.highest(),
        memory.lowest(),
        day,
        0);
  }

  private static Memory extremes(Memory memory, SeenQuote seen, boolean usable, int planVersion) {
    Price mid = seen.quote().mid();
    boolean higher = usable && memory.highest().map(it -> mid.compareTo(it) > 0).orElse(true);
    boolean lower = usable && memory.lowest().map(it -> mid.compareTo(it) < 0).orElse(true);
    return new Memory(
        memory.last(),
        memory.verdicts(),
        memory.latest(),
        higher ? Optional.of(new KeptQuote(seen, planVersion, KeptQuote.Why.HIGH)) : memory.high(),
        lower ? Optional.of(new KeptQuote(seen, planVersion, KeptQuote.Why.LOW)) : memory.low(),
        higher ? Optional.of(mid) : memory.highest(),
        lower ? Optional.of(mid) : memory.lowest(),
        memory.day(),
        memory.keptToday());
  }

  /** Extremes that were passed on the way to a quote that is kept, without that one itself. */
  private static List<KeptQuote> turned(Memory memory, KeptQuote kept) {
    return inOrder(memory).stream()
        .filter(extreme -> !Objects.equals(extreme.seen(), kept.seen()))
        .toList();
  }

  private static List<KeptQuote> inOrder(Memory memory) {
    List<KeptQuote> both = new ArrayList<>();
    memory.high().ifPresent(both::add);
    memory
        .low()
        .filter(low -> both.stream().noneMatch(high -> high.seen().equals(low.seen())))
        .ifPresent(both::add);
    both.sort(java.util.Comparator.comparing(KeptQuote::at));
    return both;
  }

  private static Memory remembered(
      Memory memory, Optional<KeptQuote> last, List<Verdict> verdicts, Optional<KeptQuote> latest) {
    boolean kept = latest.isEmpty();
    return new Memory(
        last,
        verdicts,
        latest,
        kept ? Optional.empty() : memory.high(),
        kept ? Optional.empty() : memory.low(),
        memory.highest(),
        memory.lowest(),
        memory.day(),
        memory.keptToday());
  }

  private static Memory counted(Memory memory, int more) {
    return new Memory(
        memory.last(),
        memory.verdicts(),
        memory.latest(),
        memory.high(),
        memory.low(),
        memory.highest(),
        memory.lowest(),
        memory.day(),
        memory.keptToday() + more);
  }
}
