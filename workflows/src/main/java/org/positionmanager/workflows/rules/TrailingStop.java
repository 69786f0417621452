package org.positionmanager.workflows.rules;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/**
 * Keeps most of the best gain: fires when the mid falls to {@code entry + keep x (peak - entry)} or
 * beyond (long: mid <= level; short, where the peak is the lowest mid: mid >= level), once the peak
 * is better than the entry. Default: 75% of the peak gain are kept, that is 25% given back; no
 * minimum hold. The level never loosens, because the peak never does.
 *
 * <p>Example: entry 9.00, peak 13.00, 75% kept: fires from 12.00 down.
 *
 * @param keep share of the peak gain that is kept, above 0% and at most 100%
 */
public record TrailingStop(Percent keep) implements ExitRule {
  /**
   * @throws IllegalArgumentException if outside (0%, 100%]
   */
  public TrailingStop {
    if (keep.points().signum() <= 0 || keep.compareTo(Percent.of(100)) > 0) {
      throw new IllegalArgumentException(
          "trailingKeep must be above 0% and at most 100%, got: " + keep);
    }
  }

  @Override
  public String name() {
    return "trailing stop";
  }

  @Override
  public ExitReason reason() {
    return ExitReason.TRAILING_STOP;
  }

  @Override
  public RuleTrace judge(Sight sight) {
    Optional<Price> level = level(sight.basis());
    if (level.isEmpty()) {
      return new RuleTrace(
          name(),
          Verdict.HELD,
          "",
          "peak " + sight.basis().peak(),
          "the price has not been better than the entry yet");
    }
    return PriceRules.atOrWorse(name(), level.get(), sight, "trailing level");
  }

  /** Empty until the peak is better than the entry. */
  @Override
  public Optional<Price> level(Basis basis) {
    if (!basis.direction().isBetter(basis.peak(), basis.entry())) {
      return Optional.empty();
    }
    BigDecimal gain = basis.peak().value().subtract(basis.entry().value());
    return Optional.of(
        new Price(
            basis.entry().value().add(gain.multiply(keep.asFraction(), MathContext.DECIMAL64))));
  }
}
