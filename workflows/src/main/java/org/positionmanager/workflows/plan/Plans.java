package org.positionmanager.workflows.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.rules.AssignmentGuard;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.BreakEven;
import org.positionmanager.workflows.rules.CatastrophicStop;
import org.positionmanager.workflows.rules.Confirmed;
import org.positionmanager.workflows.rules.DayTradeClose;
import org.positionmanager.workflows.rules.DteLadder;
import org.positionmanager.workflows.rules.Evaluator;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Expiry;
import org.positionmanager.workflows.rules.ExpiryCutOff;
import org.positionmanager.workflows.rules.GradedClose;
import org.positionmanager.workflows.rules.JudgedPrice;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.MaxHold;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.OvernightCheck;
import org.positionmanager.workflows.rules.PartialExit;
import org.positionmanager.workflows.rules.ProfitTarget;
import org.positionmanager.workflows.rules.RollProposal;
import org.positionmanager.workflows.rules.RuleKind;
import org.positionmanager.workflows.rules.RuleTrace;
import org.positionmanager.workflows.rules.ShrinkingTarget;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.rules.ThetaDecay;
import org.positionmanager.workflows.rules.TimeStop;
import org.positionmanager.workflows.rules.TrailingAmount;
import org.positionmanager.workflows.rules.TrailingLadder;
import org.positionmanager.workflows.rules.TrailingPercent;
import org.positionmanager.workflows.rules.TrailingStop;
import org.positionmanager.workflows.rules.UnderlyingStop;
import org.positionmanager.workflows.rules.Verdict;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/**
 * Makes plans: the shipped defaults, one rule set per kind of instrument, and changes to a plan.
 */
public final class Plans {
  private static final TrailingStop KEEP_75_PERCENT = new TrailingStop(Percent.of(75));
  private static final ThetaDecay THETA_DECAY =
      new ThetaDecay(
          List.of(new ThetaDecay.Step(1, Percent.of(10)), new ThetaDecay.Step(2, Percent.of(0))));
  private static final Duration REVIEW_EVERY = Duration.ofSeconds(60);
  private static final Duration STOCK_QUOTE_STALE_AFTER = Duration.ofSeconds(60);

  /** Options are quoted by makers who may leave a quiet contract untouched for minutes. */
  private static final Duration OPTION_QUOTE_STALE_AFTER = Duration.ofMinutes(5);

  /** The fields of {@link PlanChange} by the kind of rule that they change. */
  private static final Map<RuleKind, String> CHANGED_BY =
      Map.of(
          RuleKind.STOP, "stop",
          RuleKind.TARGET, "target",
          RuleKind.TRAILING_STOP, "trailingKeep",
          RuleKind.MAX_HOLD, "maxHold");

  private Plans() {}

  /** The default plan for what was opened. */
  public static Plan defaultsFor(EntryTerms terms, Basis basis) {
    return switch (basis.instrument()) {
      case OptionContract option ->
          new Plan(
              1,
              optionRules(terms),
              new ExitStyle.MarketNow(),
              REVIEW_EVERY,
              OPTION_QUOTE_STALE_AFTER);
      case Stock stock ->
          new Plan(
              1,
              stockRules(terms),
              new ExitStyle.MarketNow(),
              REVIEW_EVERY,
              STOCK_QUOTE_STALE_AFTER);
    };
  }

  /**
   * The same without the rules that the shipped plans had first: by these live positions that were
   * opened before, where their plan could not be had.
   */
  public static Plan earlierDefaultsFor(EntryTerms terms, Basis basis) {
    Plan now = defaultsFor(terms, basis);
    return now.changedTo(
            now.rules().stream()
                .filter(
                    rule ->
                        switch (rule.kind()) {
                          case THETA_DECAY, GRADED_CLOSE, OVERNIGHT_CHECK -> false;
                          default -> true;
                        })
                .toList())
        .asVersion(now.version());
  }

  /** Judged on the premium alone: stored levels of the underlying have another type. */
  private static List<ExitRule> optionRules(EntryTerms terms) {
    List<ExitRule> rules = new ArrayList<>();
    rules.addAll(endOfDayRules(terms.strategy()));
    rules.add(THETA_DECAY);
    rules.add(new CatastrophicStop(new Level.AtGain(Percent.of(-50)), Duration.ofMinutes(30)));
    rules.add(new Expiry(Duration.ofHours(24)));
    rules.addAll(timeRules(terms));
    rules.add(new StopLoss(new Level.AtGain(Percent.of(-60))));
    rules.add(KEEP_75_PERCENT);
    rules.add(new ProfitTarget(new Level.AtGain(Percent.of(80))));
    return rules;
  }

  /** Day trades end with the day, losers first; swing trades have to earn their night. */
  private static List<ExitRule> endOfDayRules(Strategy strategy) {
    return switch (strategy) {
      case DAY_TRADE ->
          List.of(
              new GradedClose(
                  List.of(
                      graded(90, Optional.of(Percent.of(-20))),
                      graded(60, Optional.of(Percent.of(-10))),
                      graded(30, Optional.of(Percent.of(0))),
                      graded(5, Optional.empty()))));
      case SWING_TRADE ->
          List.of(
              new OvernightCheck(
                  List.of(
                      new OvernightCheck.Stage(Duration.ofMinutes(60), 2),
                      new OvernightCheck.Stage(Duration.ofMinutes(30), 1)),
                  3,
                  Percent.of(10),
                  Percent.of(5)));
      case CONSERVATIVE, STOCK -> List.of();
    };
  }

  private static GradedClose.Stage graded(int minutes, Optional<Percent> gainBelow) {
    return new GradedClose.Stage(Duration.ofMinutes(minutes), gainBelow);
  }

  private static List<ExitRule> stockRules(EntryTerms terms) {
    List<ExitRule> rules = new ArrayList<>(timeRules(terms));
    rules.add(new StopLoss(stored(terms.stop(), Percent.of(-2))));
    rules.add(KEEP_75_PERCENT);
    rules.add(new ProfitTarget(stored(terms.target(), Percent.of(3))));
    return rules;
  }

  private static List<ExitRule> timeRules(EntryTerms terms) {
    List<ExitRule> rules = new ArrayList<>();
    boolean dayTrade = terms.strategy() == Strategy.DAY_TRADE;
    if (dayTrade) {
      rules.add(new DayTradeClose(Duration.ofMinutes(5)));
    }
    rules.add(new MaxHold(terms.maxHold().orElse(Duration.ofMinutes(dayTrade ? 240 : 360))));
    return rules;
  }

  private static Level stored(Optional<Price> price, Percent otherwise) {
    return price.<Level>map(Level.AtPrice::new).orElseGet(() -> new Level.AtGain(otherwise));
  }

  /**
   * The next version of a plan: rules that the change names are changed, and added where the plan
   * has none of the kind.
   *
   * @throws IllegalArgumentException naming the field where a value makes no sense for the position
   */
  public static Plan changed(Plan plan, PlanChange change, Basis basis) {
    List<ExitRule> rules =
        Stream.concat(
                plan.rules().stream().map(rule -> changed(rule, change)),
                asked(change).filter(rule -> plan.rule(rule.kind()).isEmpty()))
            .toList();
    requireStopBelowTarget(rules, basis);
    return plan.changedTo(rules);
  }

  /**
   * Refuses a changed plan by which the position would be closed at once, or as soon as a minimum
   * hold is over. Who sets a stop means to stay in above it, so a stop beyond the current price is
   * a slip (the premium mistaken for the underlying, two digits swapped), and it would cost the
   * position; who wants out now says close. The same holds for a target that is reached, a trailing
   * level that the price is beyond, and a longest hold that is over. Levels that count are those
   * that were changed: what else would fire is no reason to refuse.
   *
   * <p>Where the observation has no usable price, prices are not compared: a stop that cannot be
   * checked is better than none. The caller then says so, see {@link #isPriceKnown}.
   *
   * @param seen as of now: how old its quote is decides whether a price is known
   * @throws IllegalArgumentException naming the field, the level and the price
   */
  public static void requireNoExitAtOnce(Plan plan, Plan changed, Basis basis, Observation seen) {
    List<RuleTrace> answers = Evaluator.evaluate(changed, basis, seen).trace();
    for (int i = 0; i < answers.size(); i++) {
      RuleTrace answer = answers.get(i);
      boolean fires = answer.verdict() == Verdict.FIRED || answer.verdict() == Verdict.SUPPRESSED;
      ExitRule rule = changed.rules().get(i);
      if (fires && !plan.rules().contains(rule)) {
        throw new IllegalArgumentException(
            "%s would close the position at once: level %s, %s %s; to close it now, use close"
                .formatted(
                    fieldOf(rule),
                    answer.level(),
                    rule.kind() == RuleKind.MAX_HOLD ? "now" : "price",
                    answer.observed()));
      }
    }
  }

  /** Whether an observation has a price that a plan's rules would judge. */
  public static boolean isPriceKnown(Plan plan, Basis basis, Observation seen) {
    return JudgedPrice.of(plan.sight(), basis.instrument(), seen) instanceof JudgedPrice.Usable;
  }

  /** What the field of {@link PlanChange} is called that changes a rule. */
  private static String fieldOf(ExitRule rule) {
    return CHANGED_BY.getOrDefault(rule.kind(), rule.kind().label());
  }

  /** The rules that a change names, as they are where a plan has none of their kind. */
  private static Stream<ExitRule> asked(PlanChange change) {
    return Stream.<Optional<? extends ExitRule>>of(
            change.stop().map(at -> new StopLoss(new Level.AtPrice(at))),
            change.target().map(at -> new ProfitTarget(new Level.AtPrice(at))),
            change.trailingKeep().map(TrailingStop::new),
            change.maxHold().map(MaxHold::new))
        .flatMap(Optional::stream);
  }

  /** A rule that waits for its confirmation goes on waiting for it. */
  private static ExitRule changed(ExitRule rule, PlanChange change) {
    return switch (rule) {
      case StopLoss stop ->
          change.stop().<ExitRule>map(at -> new StopLoss(new Level.AtPrice(at))).orElse(stop);
      case ProfitTarget target ->
          change
              .target()
              .<ExitRule>map(at -> new ProfitTarget(new Level.AtPrice(at)))
              .orElse(target);
      case TrailingStop trailing ->
          change
              .trailingKeep()
              .<ExitRule>map(keep -> new TrailingStop(keep, trailing.activation()))
              .orElse(trailing);
      case MaxHold hold -> change.maxHold().<ExitRule>map(MaxHold::new).orElse(hold);
      case Confirmed confirmed -> new Confirmed(changed(confirmed.rule(), change), confirmed.by());
      case AssignmentGuard same -> same;
      case BreakEven same -> same;
      case CatastrophicStop same -> same;
      case DayTradeClose same -> same;
      case DteLadder same -> same;
      case Expiry same -> same;
      case ExpiryCutOff same -> same;
      case GradedClose same -> same;
      case OvernightCheck same -> same;
      case PartialExit same -> same;
      case RollProposal same -> same;
      case ShrinkingTarget same -> same;
      case ThetaDecay same -> same;
      case TimeStop same -> same;
      case TrailingAmount same -> same;
      case TrailingLadder same -> same;
      case TrailingPercent same -> same;
      case UnderlyingStop same -> same;
    };
  }

  private static void requireStopBelowTarget(List<ExitRule> rules, Basis basis) {
    Optional<Price> stop = levelOf(RuleKind.STOP, rules, basis);
    Optional<Price> target = levelOf(RuleKind.TARGET, rules, basis);
    if (stop.isPresent()
        && target.isPresent()
        && !basis.direction().isBetter(target.get(), stop.get())) {
      throw new IllegalArgumentException(
          "stop %s must lie on the losing side of target %s for a %s position"
              .formatted(stop.get(), target.get(), basis.direction()));
    }
  }

  private static Optional<Price> levelOf(RuleKind kind, List<ExitRule> rules, Basis basis) {
    return rules.stream()
        .filter(rule -> rule.kind() == kind)
        .findFirst()
        .flatMap(rule -> rule.level(basis, basis.filledAt()));
  }
}
