package org.positionmanager.workflows.rules;

import org.positionmanager.workflows.value.Percent;

/**
 * Risks nothing any more once enough was gained: from the first look on at which the peak gain was
 * at least {@code activation}, fires when the mid falls back to {@code entry x (1 + keep)} or
 * beyond (long: mid &lt;= level; short: mid &gt;= level).
 *
 * <p>Source: the replaced system designed it with +10% and 0% and never built it.
 *
 * <p>Example: entered at 5.00 with +10%: once 5.50 was seen, fires from 5.00 down.
 *
 * @param activation gain in percent of the entry, above {@code keep}
 * @param keep gain that is kept, 0% or more: fees and slippage
 */
public record BreakEven(Percent activation, Percent keep) implements ExitRule {
  /**
   * @throws IllegalArgumentException naming the field
   */
  public BreakEven {
    keep = keep == null ? Percent.of(0) : keep;
    Checks.requireNotNegative("keep", keep);
    if (Checks.requireGiven("activation", activation).compareTo(keep) <= 0) {
      throw new IllegalArgumentException(
          "activation must be above keep %s, got: %s".formatted(keep, activation));
    }
  }

  @Override
  public RuleKind kind() {
    return RuleKind.BREAK_EVEN;
  }

  @Override
  public BoundRule bind(Basis basis) {
    return Trailing.bind(kind(), basis, activation, Level.AtGain.of(basis, keep));
  }
}
