package org.positionmanager.workflows.rules;

import java.math.BigDecimal;
import java.math.MathContext;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/** What stops have in common that begin at a gain and follow the peak. */
final class Trailing {
  private Trailing() {}

  /** Fires at the level or worse, once the peak gain was at least the activation. */
  static BoundRule bind(RuleKind kind, Basis basis, Percent activation, Price level) {
    return isActive(basis, activation)
        ? new Threshold(kind, level, Threshold.Side.AT_OR_WORSE, basis)
        : new Constant(kind, Verdict.HELD, Why.NOT_ACTIVE_YET);
  }

  static boolean isActive(Basis basis, Percent activation) {
    return !basis.direction().isBetter(Level.AtGain.of(basis, activation), basis.peak());
  }

  /** The price at which so much of the peak gain is left: {@code entry + keep x (peak - entry)}. */
  static Price keeping(Basis basis, Percent keep) {
    BigDecimal gain = basis.peak().value().subtract(basis.entry().value());
    return new Price(
        basis.entry().value().add(gain.multiply(keep.asFraction(), MathContext.DECIMAL64)));
  }

  /** The price so far below a long's peak, or above a short's. */
  static Price behindPeak(Basis basis, BigDecimal distance) {
    BigDecimal move = basis.direction() == Direction.LONG ? distance.negate() : distance;
    return new Price(basis.peak().value().add(move).max(BigDecimal.ZERO));
  }
}
