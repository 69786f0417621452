package org.positionmanager.workflows.rules;

import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;

/** A level that the judged price is compared with: what nearly all price rules are made of. */
final class Threshold implements BoundRule {
  /** On which side of the level a rule fires. */
  enum Side {
    /** Touching the level, or worse for the holder. */
    AT_OR_WORSE,
    /** Worse for the holder; touching it is not enough. */
    WORSE,
    /** Touching the level, or better for the holder. */
    AT_OR_BETTER
  }

  private final RuleKind kind;
  private final Price level;
  private final Reading shown;
  private final Side side;
  private final boolean isLong;

  Threshold(RuleKind kind, Price level, Side side, Basis basis) {
    this.kind = kind;
    this.level = level;
    this.shown = shown(level, basis);
    this.side = side;
    this.isLong = basis.direction() == Direction.LONG;
  }

  /** A level for people, rounded to the instrument's increment. */
  static Reading shown(Price level, Basis basis) {
    return new Reading.OfPrice(
        level.roundedTo(basis.instrument().priceIncrement(level), RoundingMode.HALF_EVEN));
  }

  @Override
  public RuleTrace judge(Sight sight) {
    boolean protective = kind.isProtective();
    Reading observed = protective ? sight.shownProtective() : sight.shown();
    return switch (protective ? sight.protective() : sight.price()) {
      case JudgedPrice.Unusable unusable ->
          new RuleTrace(
              kind.label(), Verdict.UNKNOWN, shown, observed, Why.PRICE_UNKNOWN, unusable.why());
      case JudgedPrice.Usable usable ->
          isReached(usable.mid())
              ? RuleTrace.of(kind, Verdict.FIRED, shown, observed, reached())
              : RuleTrace.of(kind, Verdict.HELD, shown, observed, Why.LEVEL_NOT_REACHED);
    };
  }

  /** Whether a price is on the side of the level on which the rule fires. */
  boolean isReached(Price price) {
    int compared = price.compareTo(level);
    int better = isLong ? compared : -compared;
    return switch (side) {
      case AT_OR_WORSE -> better <= 0;
      case WORSE -> better < 0;
      case AT_OR_BETTER -> better >= 0;
    };
  }

  private Why reached() {
    return switch (side) {
      case AT_OR_WORSE, AT_OR_BETTER -> Why.LEVEL_REACHED;
      case WORSE -> Why.LEVEL_PASSED;
    };
  }

  @Override
  public Optional<Price> level(Instant now) {
    return Optional.of(level);
  }
}
