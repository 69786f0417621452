package org.positionmanager.workflows.rules;

import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.UnderlyingPrice;

/** Compares the underlying with a level of it: the only place where that is done. */
final class UnderlyingLevel {
  private UnderlyingLevel() {}

  /**
   * @param harmed who is harmed where the underlying touches the level or is beyond it: LONG where
   *     it must not be at or below, SHORT where it must not be at or above
   */
  static RuleTrace judge(
      RuleKind kind, Sight sight, UnderlyingPrice level, Direction harmed, Why beyond, Why notYet) {
    Reading shown = new Reading.OfUnderlying(level);
    return switch (JudgedPrice.ofUnderlying(sight.seen())) {
      case JudgedPrice.Unusable unusable ->
          new RuleTrace(
              kind.label(),
              Verdict.UNKNOWN,
              shown,
              new Reading.Words(unusable.flaw().name()),
              Why.UNDERLYING_UNKNOWN,
              unusable.why());
      case JudgedPrice.Usable usable -> {
        UnderlyingPrice now = new UnderlyingPrice(usable.mid().value());
        int above = now.value().compareTo(level.value());
        boolean reached = harmed == Direction.LONG ? above <= 0 : above >= 0;
        yield RuleTrace.of(
            kind,
            reached ? Verdict.FIRED : Verdict.HELD,
            shown,
            new Reading.OfUnderlying(now),
            reached ? beyond : notYet);
      }
    };
  }
}
