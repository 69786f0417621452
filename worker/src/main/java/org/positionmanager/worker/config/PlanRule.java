package org.positionmanager.worker.config;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.positionmanager.workflows.plan.InstrumentKind;
import org.positionmanager.workflows.plan.RuleTemplate;
import org.positionmanager.workflows.rules.AssignmentGuard;
import org.positionmanager.workflows.rules.BreakEven;
import org.positionmanager.workflows.rules.CatastrophicStop;
import org.positionmanager.workflows.rules.DayTradeClose;
import org.positionmanager.workflows.rules.DteLadder;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Expiry;
import org.positionmanager.workflows.rules.ExpiryCutOff;
import org.positionmanager.workflows.rules.GradedClose;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.MaxHold;
import org.positionmanager.workflows.rules.OvernightCheck;
import org.positionmanager.workflows.rules.PartialExit;
import org.positionmanager.workflows.rules.ProfitTarget;
import org.positionmanager.workflows.rules.RollProposal;
import org.positionmanager.workflows.rules.ShrinkingTarget;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.rules.ThetaDecay;
import org.positionmanager.workflows.rules.TimeStop;
import org.positionmanager.workflows.rules.TrailingAmount;
import org.positionmanager.workflows.rules.TrailingLadder;
import org.positionmanager.workflows.rules.TrailingPercent;
import org.positionmanager.workflows.rules.TrailingStop;
import org.positionmanager.workflows.rules.UnderlyingStop;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.UnderlyingPrice;

/** Reads one rule of a plan; empty after a fault. */
final class PlanRule {
  private static final Percent NONE = Percent.of(0);
  private static final int MOST_DAYS = 3650;

  private final Section section;
  private final InstrumentKind kind;
  private final Faults faults;
  private final PlanValues values;

  PlanRule(Section section, InstrumentKind kind, Faults faults) {
    this.section = section;
    this.kind = kind;
    this.faults = faults;
    this.values = PlanValues.of(section);
  }

  Optional<RuleTemplate> read(PlanKeys.RuleKey rule) {
    return switch (rule) {
      case CATASTROPHIC_STOP -> catastrophicStop();
      case EXPIRY -> values.duration("before", "24h").flatMap(it -> fixed(new Expiry(it)));
      case EXPIRY_CUT_OFF -> expiryCutOff();
      case ASSIGNMENT_GUARD -> assignmentGuard();
      case DAY_TRADE_CLOSE ->
          values.duration("before-close", "5m").flatMap(it -> fixed(new DayTradeClose(it)));
      case GRADED_CLOSE ->
          table("stages", PlanKeys.GRADED_STAGE, PlanRule::gradedStage)
              .flatMap(it -> fixed(new GradedClose(it)));
      case OVERNIGHT_CHECK -> overnightCheck();
      case MAX_HOLD -> maxHold();
      case STOP -> stop();
      case UNDERLYING_STOP -> underlyingStop();
      case BREAK_EVEN ->
          values
              .percent("activation", "10%")
              .flatMap(it -> fixed(new BreakEven(it, values.percent("keep", NONE))));
      case TRAILING_STOP ->
          values.percent("keep", "75%").flatMap(it -> fixed(new TrailingStop(it, activation())));
      case TRAILING_PERCENT ->
          values
              .percent("distance", "10%")
              .flatMap(
                  it ->
                      tighter()
                          .flatMap(then -> fixed(new TrailingPercent(it, activation(), then))));
      case TRAILING_AMOUNT ->
          values
              .price("distance", "0.75")
              .flatMap(it -> fixed(new TrailingAmount(it, activation())));
      case TRAILING_LADDER ->
          table("steps", PlanKeys.LADDER_STEP, PlanRule::ladderStep)
              .flatMap(it -> fixed(new TrailingLadder(it)));
      case THETA_DECAY ->
          table("steps", PlanKeys.THETA_STEP, PlanRule::thetaStep)
              .flatMap(it -> fixed(new ThetaDecay(it)));
      case TIME_STOP -> timeStop();
      case TARGET -> target();
      case SHRINKING_TARGET ->
          table("steps", PlanKeys.SHRINKING_STEP, PlanRule::shrinkingStep)
              .flatMap(it -> fixed(new ShrinkingTarget(it)));
      case DTE_LADDER ->
          table("steps", PlanKeys.DTE_STEP, PlanRule::dteStep)
              .flatMap(it -> fixed(new DteLadder(it)));
      case PARTIAL_EXIT ->
          table("stages", PlanKeys.PARTIAL_STAGE, PlanRule::partialStage)
              .flatMap(it -> fixed(new PartialExit(it)));
      case ROLL_PROPOSAL -> rollProposal();
    };
  }

  private static Optional<RuleTemplate> fixed(ExitRule rule) {
    return PlanRules.fixed(rule);
  }

  private <T> Optional<List<T>> table(
      String key, PlanKeys keys, Function<PlanValues, Optional<T>> read) {
    return PlanRules.rows(section, key, keys, faults, row -> read.apply(PlanValues.of(row)));
  }

  private Percent activation() {
    return values.percent("activation", NONE);
  }

  private Optional<Level> level(String key, PlanLevels.Way way) {
    return new PlanLevels(section, kind, faults).level(key, way);
  }

  private Optional<RuleTemplate> catastrophicStop() {
    Optional<Level> at = level("at", PlanLevels.Way.LOSS);
    Optional<Duration> hold = values.duration("minimum-hold", "30m");
    return at.flatMap(level -> hold.flatMap(it -> fixed(new CatastrophicStop(level, it))));
  }

  private Optional<RuleTemplate> expiryCutOff() {
    Optional<Integer> days = values.whole("days-before", 0, MOST_DAYS);
    Optional<LocalTime> at = values.timeOfDay("at", "15:00");
    return days.flatMap(before -> at.flatMap(it -> fixed(new ExpiryCutOff(before, it))));
  }

  private Optional<RuleTemplate> assignmentGuard() {
    Optional<Integer> days = values.whole("days-before", 0, MOST_DAYS);
    Optional<LocalTime> from = values.timeOfDay("from", "15:00");
    Percent margin = values.percent("margin", NONE);
    return days.flatMap(
        before -> from.flatMap(it -> fixed(new AssignmentGuard(before, it, margin))));
  }

  private Optional<RuleTemplate> overnightCheck() {
    Optional<List<OvernightCheck.Stage>> stages =
        table("stages", PlanKeys.OVERNIGHT_STAGE, PlanRule::overnightStage);
    Optional<Integer> dte = values.whole("min-dte", 0, MOST_DAYS);
    Optional<Percent> gain = values.percent("min-gain", "10%");
    Optional<Percent> share = values.percent("max-share", "5%");
    return stages.flatMap(
        all ->
            dte.flatMap(
                days ->
                    gain.flatMap(
                        least ->
                            share.flatMap(
                                most -> fixed(new OvernightCheck(all, days, least, most))))));
  }

  private Optional<RuleTemplate> maxHold() {
    return isStored("longest")
        ? values.duration("stored-else", "4h").map(RuleTemplate.StoredMaxHold::new)
        : values.duration("longest", "4h").flatMap(it -> fixed(new MaxHold(it)));
  }

  private Optional<RuleTemplate> stop() {
    return isStored("at")
        ? level("stored-else", PlanLevels.Way.LOSS).map(RuleTemplate.StoredStop::new)
        : level("at", PlanLevels.Way.LOSS).flatMap(it -> fixed(new StopLoss(it)));
  }

  private Optional<RuleTemplate> target() {
    return isStored("at")
        ? level("stored-else", PlanLevels.Way.GAIN).map(RuleTemplate.StoredTarget::new)
        : level("at", PlanLevels.Way.GAIN).flatMap(it -> fixed(new ProfitTarget(it)));
  }

  /** Whether the row's value counts; with one of the plan's own beside it nobody knows which. */
  private boolean isStored(String own) {
    boolean isStored = section.value("stored-else").isPresent();
    if (isStored && section.value(own).isPresent()) {
      section.fault(
          "stored-else",
          "stands beside " + own,
          "keep one of them: stored-else for the row's value where it has one");
    }
    return isStored;
  }

  private Optional<RuleTemplate> underlyingStop() {
    Value at = section.given("at").orElse(new Value.Empty());
    if (at instanceof Value.Text text && text.value().strip().equals("stored")) {
      return Optional.of(new RuleTemplate.StoredUnderlyingStop());
    }
    if (at instanceof Value.Fields) {
      return Section.of(section.at("at"), at, PlanKeys.UNDERLYING_LEVEL, faults)
          .flatMap(it -> PlanValues.of(it).decimal("price", "395", UnderlyingPrice::parse))
          .flatMap(it -> fixed(new UnderlyingStop(it)));
    }
    section.fault(
        "at",
        section.value("at").isPresent() ? "is " + at.found() : "is missing",
        "write stored for the row's level of the underlying, or {price: 395}");
    return Optional.empty();
  }

  private Optional<RuleTemplate> timeStop() {
    Optional<Duration> after = values.duration("after", "4h");
    Optional<Percent> gain = values.percent("gain-below", "5%");
    return after.flatMap(time -> gain.flatMap(it -> fixed(new TimeStop(time, it))));
  }

  private Optional<RuleTemplate> rollProposal() {
    Optional<Integer> days = values.whole("dte-at-most", 0, MOST_DAYS);
    Optional<Percent> gain = values.percent("gain-above", "-10%");
    Optional<Integer> later = values.whole("later-by-days", 1, MOST_DAYS);
    return days.flatMap(
        most ->
            gain.flatMap(above -> later.flatMap(by -> fixed(new RollProposal(most, above, by)))));
  }

  /** A stage without a gain closes all. */
  private static Optional<GradedClose.Stage> gradedStage(PlanValues row) {
    return row.duration("before-close", "30m")
        .map(before -> new GradedClose.Stage(before, row.percent("gain-below")));
  }

  private static Optional<OvernightCheck.Stage> overnightStage(PlanValues row) {
    Optional<Duration> before = row.duration("before-close", "60m");
    Optional<Integer> failures = row.whole("failures", 1, 3);
    return before.flatMap(it -> failures.map(count -> new OvernightCheck.Stage(it, count)));
  }

  /** Left out by who follows at one distance. */
  private Optional<List<TrailingPercent.Tighter>> tighter() {
    return section.given("then").isEmpty()
        ? Optional.of(List.of())
        : table("then", PlanKeys.TIGHTER_STEP, PlanRule::tighterStep);
  }

  private static Optional<TrailingPercent.Tighter> tighterStep(PlanValues row) {
    Optional<Percent> gain = row.percent("gain", "20%");
    Optional<Percent> distance = row.percent("distance", "3%");
    return gain.flatMap(it -> distance.map(away -> new TrailingPercent.Tighter(it, away)));
  }

  private static Optional<TrailingLadder.Step> ladderStep(PlanValues row) {
    Optional<Percent> gain = row.percent("gain", "20%");
    Optional<Percent> keep = row.percent("keep", "70%");
    return gain.flatMap(it -> keep.map(share -> new TrailingLadder.Step(it, share)));
  }

  private static Optional<ThetaDecay.Step> thetaStep(PlanValues row) {
    Optional<Integer> days = row.whole("dte-at-most", 0, MOST_DAYS);
    Optional<Percent> gain = row.percent("gain-below", "10%");
    return days.flatMap(it -> gain.map(below -> new ThetaDecay.Step(it, below)));
  }

  private static Optional<ShrinkingTarget.Step> shrinkingStep(PlanValues row) {
    Optional<Duration> from = row.duration("from", "60m");
    Optional<Percent> gain = row.percent("gain", "40%");
    return from.flatMap(it -> gain.map(least -> new ShrinkingTarget.Step(it, least)));
  }

  private static Optional<DteLadder.Step> dteStep(PlanValues row) {
    Optional<Integer> days = row.whole("dte-at-most", 0, MOST_DAYS);
    Optional<Percent> gain = row.percent("gain-at-least", "25%");
    return days.flatMap(it -> gain.map(least -> new DteLadder.Step(it, least)));
  }

  private static Optional<PartialExit.Stage> partialStage(PlanValues row) {
    Optional<Percent> gain = row.percent("gain", "50%");
    Optional<Percent> share = row.percent("share", "50%");
    return gain.flatMap(it -> share.map(part -> new PartialExit.Stage(it, part)));
  }
}
