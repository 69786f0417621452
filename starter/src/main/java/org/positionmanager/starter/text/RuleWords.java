package org.positionmanager.starter.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.RuleTemplate;
import org.positionmanager.workflows.rules.AssignmentGuard;
import org.positionmanager.workflows.rules.BreakEven;
import org.positionmanager.workflows.rules.CatastrophicStop;
import org.positionmanager.workflows.rules.Confirmation;
import org.positionmanager.workflows.rules.Confirmed;
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
import org.positionmanager.workflows.rules.PriceSight;
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

/** The parameters of rules in words. */
public final class RuleWords {
  private RuleWords() {}

  /** A rule of a plan template. */
  public static String of(RuleTemplate template) {
    return switch (template) {
      case RuleTemplate.Fixed(ExitRule rule) -> of(rule);
      case RuleTemplate.StoredStop(Level otherwise) ->
          "at the row's stop, else at " + of(otherwise) + " or worse";
      case RuleTemplate.StoredTarget(Level otherwise) ->
          "at the row's target, else at " + of(otherwise) + " or better";
      case RuleTemplate.StoredMaxHold(Duration otherwise) ->
          "after the row's max_hold_minutes, else " + of(otherwise);
      case RuleTemplate.StoredUnderlyingStop() ->
          "at the row's level of the underlying, where it has one";
      case RuleTemplate.Confirming(RuleTemplate rule, Confirmation by) -> of(rule) + of(by);
    };
  }

  /** A rule. */
  public static String of(ExitRule rule) {
    return switch (rule) {
      case CatastrophicStop(Level at, Duration hold) ->
          "at %s or worse during the first %s, which is the minimum hold"
              .formatted(of(at), of(hold));
      case Expiry(Duration before) -> "from %s before the contract expires".formatted(of(before));
      case ExpiryCutOff(int days, var at) ->
          "from %s in New York, %s, and 15m before the close of the last day in any case"
              .formatted(at, daysBefore(days));
      case AssignmentGuard(int days, var from, Percent margin) ->
          "from %s in New York, %s, while in the money or within %s of the strike"
              .formatted(from, daysBefore(days), margin);
      case DayTradeClose(Duration before) -> "from %s before the close".formatted(of(before));
      case GradedClose(var stages) ->
          each(
              stages,
              it ->
                  it.gainBelow().map(gain -> "below " + gain).orElse("all")
                      + " from %s before the close".formatted(of(it.beforeClose())));
      case OvernightCheck(var stages, int dte, Percent gain, Percent share) ->
          "asks for %s to expiry, a gain of %s, at most %s of equity; closes where "
                  .formatted(days(dte), gain, share)
              + each(
                  stages,
                  it ->
                      "%d fail%s from %s before the close"
                          .formatted(
                              it.failures(), it.failures() == 1 ? "s" : "", of(it.beforeClose())));
      case MaxHold(Duration longest) -> "after " + of(longest);
      case StopLoss(Level at) -> "at " + of(at) + " or worse";
      case UnderlyingStop(var at) -> "once the underlying is at " + at + ", against the position";
      case BreakEven(Percent activation, Percent keep) ->
          "back at the entry %s, once the gain was %s"
              .formatted(keep.points().signum() == 0 ? "" : "plus " + keep, activation)
              .replace(" ,", ",");
      case TrailingStop(Percent keep, Percent activation) ->
          "keeps %s of the best gain%s".formatted(keep, once(activation));
      case TrailingPercent(Percent distance, Percent activation, var then) ->
          "%s behind the best price%s%s"
              .formatted(
                  distance,
                  once(activation),
                  then.isEmpty()
                      ? ""
                      : ", then "
                          + each(then, it -> "%s from %s on".formatted(it.distance(), it.gain())));
      case TrailingAmount(var distance, Percent activation) ->
          "%s USD behind the best price%s".formatted(distance, once(activation));
      case TrailingLadder(var steps) ->
          each(steps, it -> "keeps %s of a best gain of %s".formatted(it.keep(), it.gain()));
      case ThetaDecay(var steps) ->
          each(steps, it -> "below %s with %s".formatted(it.gainBelow(), dte(it.dteAtMost())));
      case TimeStop(Duration after, Percent gain) -> "below %s after %s".formatted(gain, of(after));
      case ProfitTarget(Level at) -> "at " + of(at) + " or better";
      case ShrinkingTarget(var steps) ->
          each(steps, it -> "%s from %s on".formatted(it.gain(), of(it.from())));
      case DteLadder(var steps) ->
          each(steps, it -> "%s with %s".formatted(it.gainAtLeast(), dte(it.dteAtMost())));
      case PartialExit(var stages) ->
          each(stages, it -> "%s of it at a gain of %s".formatted(it.share(), it.gain()));
      case RollProposal(int days, Percent gain, int later) ->
          "proposes %s later above %s with %s".formatted(days(later), gain, dte(days));
      case Confirmed(ExitRule confirmed, Confirmation by) -> of(confirmed) + of(by);
    };
  }

  private static String of(Level level) {
    return switch (level) {
      case Level.AtPrice(var price) -> price + " USD";
      case Level.AtGain(Percent gain) -> gain.toString();
      case Level.AtRange(var ranges, int days, var _) ->
          "%s average true ranges of %s".formatted(ranges.toPlainString(), days(days));
    };
  }

  private static String of(Confirmation by) {
    return switch (by) {
      case Confirmation.Quotes(int count) -> ", confirmed by %d quotes".formatted(count);
      case Confirmation.Lasting(Duration time) -> ", where it lasts %s".formatted(of(time));
    };
  }

  /** How exits trade. */
  public static String of(ExitStyle style) {
    return switch (style) {
      case ExitStyle.MarketNow() -> "at the market";
      case ExitStyle.LimitThenMarket(Percent concession, int steps, Duration patience) ->
          "%d limits, each giving way by %s and working %s, then at the market"
              .formatted(steps, concession, of(patience));
    };
  }

  /** Which prices count. */
  public static String of(PriceSight sight) {
    String sources =
        sight.fallbacks().stream()
            .map(it -> it.name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .collect(Collectors.joining(", "));
    return "stale after %s; without one for %s an alert, and protection by %s"
        .formatted(
            of(sight.staleAfter()),
            of(sight.unknownAfter()),
            sources.isEmpty() ? "nothing else" : sources);
  }

  /** A time in the units of the plan file: {@code 1h30m}. */
  public static String of(Duration time) {
    List<String> parts = new ArrayList<>();
    if (time.toHours() > 0) {
      parts.add(time.toHours() + "h");
    }
    if (time.toMinutesPart() > 0) {
      parts.add(time.toMinutesPart() + "m");
    }
    if (time.toSecondsPart() > 0 || parts.isEmpty()) {
      parts.add(time.toSecondsPart() + "s");
    }
    return String.join("", parts);
  }

  private static String once(Percent activation) {
    return activation.points().signum() == 0 ? "" : ", once it was " + activation;
  }

  private static String daysBefore(int days) {
    return days == 0 ? "on the expiry day" : days(days) + " before the expiry day";
  }

  private static String dte(int days) {
    return days == 0 ? "0 days to expiry" : days(days) + " to expiry or fewer";
  }

  private static String days(int count) {
    return count + (count == 1 ? " day" : " days");
  }

  private static <T> String each(List<T> rows, Function<T, String> words) {
    return rows.stream().map(words).collect(Collectors.joining("; "));
  }
}
