package org.positionmanager.workflows.rules;

import java.math.RoundingMode;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;

/** What rules that compare the judged price with a level have in common. */
final class PriceRules {
  private PriceRules() {}

  /** Fires when the price touches the level or is worse for the holder. */
  static RuleTrace atOrWorse(String rule, Price level, Sight sight, String what) {
    return compare(rule, level, sight, false, what);
  }

  /** Fires when the price touches the level or is better for the holder. */
  static RuleTrace atOrBetter(String rule, Price level, Sight sight, String what) {
    return compare(rule, level, sight, true, what);
  }

  private static RuleTrace compare(
      String rule, Price level, Sight sight, boolean whenBetter, String what) {
    String shown = shown(level, sight.basis());
    return switch (sight.price()) {
      case JudgedPrice.Unusable(JudgedPrice.Flaw flaw, String why) ->
          new RuleTrace(rule, Verdict.UNKNOWN, shown, flaw.name(), why);
      case JudgedPrice.Usable(Price mid) -> {
        Direction direction = sight.basis().direction();
        boolean touched =
            mid.equals(level)
                || (whenBetter ? direction.isBetter(mid, level) : direction.isBetter(level, mid));
        yield new RuleTrace(
            rule,
            touched ? Verdict.FIRED : Verdict.HELD,
            shown,
            mid.toString(),
            touched
                ? "the price has reached the " + what
                : "the price has not reached the " + what);
      }
    };
  }

  /** A level for people, rounded to the instrument's increment. */
  static String shown(Price level, Basis basis) {
    return level
        .roundedTo(basis.instrument().priceIncrement(level), RoundingMode.HALF_EVEN)
        .toString();
  }
}
