package org.positionmanager.workflows.rules;

/** Binds levels: what is made of a range that nobody has read yet is unknown. */
final class Levels {
  private Levels() {}

  static BoundRule bind(RuleKind kind, Level level, Threshold.Side side, Basis basis) {
    return level
        .priceFor(basis)
        .<BoundRule>map(price -> new Threshold(kind, price, side, basis))
        .orElseGet(() -> new Constant(kind, Verdict.UNKNOWN, Why.RANGE_UNKNOWN));
  }
}
