package org.positionmanager.workflows.rules;

import org.positionmanager.workflows.value.Percent;

/**
 * Keeps most of the best gain: fires when the mid falls to {@code entry + keep x (peak - entry)} or
 * beyond (long: mid &lt;= level; short, where the peak is the lowest mid: mid &gt;= level), once
 * the peak is better than the entry and its gain at least {@code activation}. Default: 75% of the
 * peak gain are kept, that is 25% given back, from the first gain on; no minimum hold. The level
 * never loosens, because the peak never does.
 *
 * <p>Source: the replaced system's rule.
 *
 * <p>Example: entry 9.00, peak 13.00, 75% kept: fires from 12.00 down.
 *
 * @param keep share of the peak gain that is kept, above 0% and at most 100%
 * @param activation peak gain in percent of the entry from which on it counts, 0% or more
 */
public record TrailingStop(Percent keep, Percent activation) implements ExitRule {
  /**
   * @throws IllegalArgumentException naming the field
   */
  public TrailingStop {
    Checks.requireShare("trailingKeep", keep);
    activation = activation == null ? Percent.of(0) : activation;
    Checks.requireNotNegative("activation", activation);
  }

  /** From the first gain on. */
  public TrailingStop(Percent keep) {
    this(keep, Percent.of(0));
  }

  @Override
  public RuleKind kind() {
    return RuleKind.TRAILING_STOP;
  }

  @Override
  public BoundRule bind(Basis basis) {
    return basis.direction().isBetter(basis.peak(), basis.entry())
        ? Trailing.bind(kind(), basis, activation, Trailing.keeping(basis, keep))
        : new Constant(kind(), Verdict.HELD, Why.NOT_ACTIVE_YET);
  }
}
