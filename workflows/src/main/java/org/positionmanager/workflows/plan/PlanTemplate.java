package org.positionmanager.workflows.plan;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.positionmanager.workflows.rules.PriceSight;
import org.positionmanager.workflows.rules.RuleKind;

/**
 * A plan of the plan file, from which the plans of positions are made.
 *
 * @param name what the plan file calls it
 * @param kind of instrument it is for: one rule set per kind
 * @param rules at most one of each kind, put into the order of {@link RuleKind}
 * @param style how its exits trade
 * @param reviewEvery exchange time between reviews while the market is open, above zero
 * @param sight which prices it trusts
 */
public record PlanTemplate(
    String name,
    InstrumentKind kind,
    List<RuleTemplate> rules,
    ExitStyle style,
    Duration reviewEvery,
    PriceSight sight) {
  /**
   * @throws IllegalArgumentException where two rules are of one kind, or one is for the other kind
   *     of instrument
   */
  public PlanTemplate {
    Set<RuleKind> kinds = EnumSet.noneOf(RuleKind.class);
    for (RuleTemplate rule : rules) {
      if (!kinds.add(rule.kind())) {
        throw new IllegalArgumentException(
            "rules: there are two of the kind '%s', a plan has at most one"
                .formatted(rule.kind().label()));
      }
      if (!rule.fits(kind)) {
        throw new IllegalArgumentException(
            "rules: '%s' as it is given makes no sense for %ss"
                .formatted(rule.kind().label(), kind));
      }
    }
    if (!reviewEvery.isPositive()) {
      throw new IllegalArgumentException("reviewEvery must be above zero, got: " + reviewEvery);
    }
    rules = rules.stream().sorted(Comparator.comparing(RuleTemplate::kind)).toList();
  }

  /** The plan of one position, in its first version. */
  public Plan planFor(EntryTerms terms) {
    return new Plan(
        1,
        Optional.of(name),
        rules.stream().flatMap(rule -> rule.rule(terms).stream()).toList(),
        style,
        reviewEvery,
        sight);
  }
}
