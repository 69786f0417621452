package org.positionmanager.workflows.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.value.Price;

/**
 * A plan bound to one position: all levels are computed, so that judging a quote only compares.
 * Immutable; {@link #after} gives the judge for what was learnt from an observation, which is the
 * same one nearly always.
 */
public final class Judge {
  private final Plan plan;
  private final Basis basis;
  private final List<ExitRule> rules;
  private final BoundRule[] bound;
  private final Optional<Instant> minimumHoldEnd;
  private final boolean hasConfirmed;

  private Judge(Plan plan, Basis basis) {
    this.plan = plan;
    this.basis = basis;
    this.rules = plan.rules();
    this.bound = rules.stream().map(rule -> rule.bind(basis)).toArray(BoundRule[]::new);
    this.minimumHoldEnd =
        rules.stream().flatMap(rule -> minimumHoldEnd(rule, basis).stream()).findFirst();
    this.hasConfirmed = rules.stream().anyMatch(Confirmed.class::isInstance);
  }

  /** The hold runs also where its stop has to be confirmed. */
  private static Optional<Instant> minimumHoldEnd(ExitRule rule, Basis basis) {
    ExitRule itself = rule instanceof Confirmed confirmed ? confirmed.rule() : rule;
    return itself instanceof CatastrophicStop stop
        ? Optional.of(stop.end(basis))
        : Optional.empty();
  }

  /** Does the arithmetic of every rule, once. */
  public static Judge of(Plan plan, Basis basis) {
    return new Judge(plan, basis);
  }

  /** What it judges from. */
  public Basis basis() {
    return basis;
  }

  public Plan plan() {
    return plan;
  }

  /**
   * The plan's decision with the trace of every rule; the first in precedence that fires decides.
   */
  public Decision judge(Observation seen) {
    return judge(seen, price(seen));
  }

  /**
   * What an observation tells, and what the plan says to it: {@link #after}, then {@link #judge}.
   */
  public Look look(Observation seen) {
    JudgedPrice price = price(seen);
    Judge after = after(seen, price);
    return new Look(after, after.judge(seen, price), price);
  }

  /**
   * One look at a position.
   *
   * @param judge who knows what was seen
   * @param decision of that judge
   * @param price of the quote, where it was usable
   */
  public record Look(Judge judge, Decision decision, JudgedPrice price) {}

  private Decision judge(Observation seen, JudgedPrice price) {
    Sight sight = sight(seen, price);
    boolean holding = isWithinMinimumHold(seen.moment().now());
    RuleTrace[] answers = new RuleTrace[bound.length];
    int decided = -1;
    int unknown = -1;
    for (int i = 0; i < bound.length; i++) {
      RuleTrace answer = bound[i].judge(sight);
      if (answer.verdict() == Verdict.FIRED
          && holding
          && rules.get(i).kind().waitsForMinimumHold()) {
        answer = answer.suppressed(Why.MINIMUM_HOLD, answer.because());
      }
      answers[i] = answer;
      if (answer.verdict() == Verdict.FIRED && decided < 0) {
        decided = i;
      } else if (answer.verdict() == Verdict.UNKNOWN && unknown < 0) {
        unknown = i;
      }
    }
    List<RuleTrace> trace = Collections.unmodifiableList(Arrays.asList(answers));
    if (decided >= 0) {
      return new Decision.Exit(
          rules.get(decided).kind().reason(),
          answers[decided],
          trace,
          bound[decided].part(sight).filter(part -> part.compareTo(basis.held()) < 0));
    }
    return unknown >= 0
        ? new Decision.Unknown(answers[unknown].because(), trace)
        : new Decision.Hold(trace);
  }

  /**
   * The judge that knows what an observation tells: peak and trough by usable quotes only, the
   * watch's included, since when there is none, and which rules keep firing. The same observation
   * twice tells nothing new.
   */
  public Judge after(Observation seen) {
    return after(seen, price(seen));
  }

  private Judge after(Observation seen, JudgedPrice price) {
    Basis told = seen.watch().filter(watch -> watch.isOf(basis)).map(this::toldBy).orElse(basis);
    Basis learnt =
        switch (price) {
          case JudgedPrice.Usable usable -> {
            Basis moved = told.seeing(usable.mid());
            yield moved.with(moved.track().unknownSince(Optional.empty()));
          }
          case JudgedPrice.Unusable unusable ->
              told.with(told.track().unknownSince(unknownSince(seen)));
        };
    Judge judge = learnt.equals(basis) ? this : new Judge(plan, learnt);
    return judge.confirming(seen, price);
  }

  /** The watch sees every quote: its peak and trough count as if they had been seen here. */
  private Basis toldBy(WatchSight watch) {
    return basis.seeing(watch.peak()).seeing(watch.trough());
  }

  /**
   * The price at which the first of its rules that protect would end the position as its price
   * grows worse: of their levels at a moment, the best for the holder. A rule that a minimum hold
   * forbids has none, and neither has one that fires by time or by the underlying.
   */
  public Optional<Price> stop(Instant now) {
    boolean holding = isWithinMinimumHold(now);
    Optional<Price> best = Optional.empty();
    for (int i = 0; i < bound.length; i++) {
      RuleKind kind = rules.get(i).kind();
      if (!kind.isProtective() || holding && kind.waitsForMinimumHold()) {
        continue;
      }
      Optional<Price> level = bound[i].level(now);
      if (level.isPresent()
          && (best.isEmpty() || basis.direction().isBetter(level.get(), best.get()))) {
        best = level;
      }
    }
    return best;
  }

  /** The next moment at which time alone can change the decision. */
  public Optional<Instant> nextChange(Observation seen) {
    Instant now = seen.moment().now();
    return Stream.concat(
            Arrays.stream(bound).flatMap(rule -> rule.nextChange(seen).stream()),
            blindFrom().filter(now::isBefore).stream())
        .min(Instant::compareTo);
  }

  /**
   * What the next observation should hold besides quote and holding. The latest trade is worth a
   * request only while quotes are unusable.
   */
  public Set<Extra> asks() {
    Set<Extra> extras = EnumSet.noneOf(Extra.class);
    for (ExitRule rule : rules) {
      if (rule.kind().comparesUnderlying()) {
        extras.add(Extra.UNDERLYING);
      }
      if (rule.kind() == RuleKind.OVERNIGHT_CHECK) {
        extras.add(Extra.EQUITY);
      }
    }
    if (basis.track().unknownSince().isPresent()
        && plan.sight().fallbacks().contains(PriceSource.LAST_TRADE)) {
      extras.add(Extra.LAST_TRADE);
    }
    return extras;
  }

  /**
   * Whether no quote has been usable for so long that people have to know, by the plan's patience.
   */
  public boolean isBlind(Instant now) {
    return blindFrom().filter(from -> !now.isBefore(from)).isPresent();
  }

  private Optional<Instant> blindFrom() {
    return basis.track().unknownSince().map(since -> since.plus(plan.sight().unknownAfter()));
  }

  private boolean isWithinMinimumHold(Instant now) {
    return minimumHoldEnd.isPresent() && now.isBefore(minimumHoldEnd.get());
  }

  private JudgedPrice price(Observation seen) {
    return JudgedPrice.of(plan.sight(), basis.instrument(), seen);
  }

  private Sight sight(Observation seen, JudgedPrice price) {
    return Sight.of(seen, price, protective(price, seen));
  }

  /** Rules that protect go on by another source once quotes have been unusable for too long. */
  private JudgedPrice protective(JudgedPrice price, Observation seen) {
    return switch (price) {
      case JudgedPrice.Usable usable -> usable;
      case JudgedPrice.Unusable unusable ->
          isBlind(seen.moment().now())
              ? JudgedPrice.fallback(plan.sight(), basis.direction(), seen, unusable)
              : unusable;
    };
  }

  /** While the market is closed nobody quotes, and nothing is amiss: a night does not count. */
  private Optional<Instant> unknownSince(Observation seen) {
    return seen.moment()
        .current()
        .map(
            session -> {
              Instant since = basis.track().unknownSince().orElse(seen.moment().now());
              Instant open = session.openInclusive();
              return since.isBefore(open) ? open : since;
            });
  }

  private Judge confirming(Observation seen, JudgedPrice price) {
    if (!hasConfirmed) {
      return this;
    }
    Sight sight = sight(seen, price);
    List<Streak> streaks = new ArrayList<>();
    for (int i = 0; i < bound.length; i++) {
      if (bound[i] instanceof Confirmed.Bound confirmed) {
        streak(rules.get(i).kind(), confirmed, sight).ifPresent(streaks::add);
      }
    }
    Basis learnt = basis.with(basis.track().withStreaks(streaks));
    return learnt == basis ? this : new Judge(plan, learnt);
  }

  private static Optional<Streak> streak(RuleKind kind, Confirmed.Bound confirmed, Sight sight) {
    Verdict verdict = confirmed.rule().judge(sight).verdict();
    return switch (verdict) {
      case FIRED -> {
        Instant stamp = stamp(kind, sight);
        yield Optional.of(
            confirmed
                .streak()
                .map(streak -> streak.seenAgain(stamp))
                .orElseGet(() -> Streak.begun(kind.label(), stamp)));
      }
      case UNKNOWN -> confirmed.streak();
      case HELD, SUPPRESSED, SKIPPED, PROPOSED -> Optional.empty();
    };
  }

  /** When the price was made by which a rule of a kind was judged. */
  private static Instant stamp(RuleKind kind, Sight sight) {
    Observation seen = sight.seen();
    Optional<Instant> stamp =
        switch (kind.isProtective() ? sight.protective() : sight.price()) {
          case JudgedPrice.Usable(var price, PriceSource source)
              when source == PriceSource.LAST_TRADE ->
              seen.lastTrade().map(Trade::at);
          case JudgedPrice.Usable usable -> seen.quote().map(Quote::at);
          case JudgedPrice.Unusable unusable -> Optional.empty();
        };
    return (kind.comparesUnderlying() ? JudgedPrice.underlyingStamp(seen) : stamp)
        .orElse(seen.moment().now());
  }
}
