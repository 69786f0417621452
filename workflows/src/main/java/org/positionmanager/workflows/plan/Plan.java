package org.positionmanager.workflows.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.PriceSight;
import org.positionmanager.workflows.rules.RuleKind;

/**
 * What a position is judged by; fixed at open from the real fill, changed only by an adjust
 * command.
 *
 * @param version from 1, one more with each adjustment
 * @param name what the plan is called in the plan file; empty where it comes from none
 * @param rules at most one of each kind, put into the order of {@link RuleKind}: the first that
 *     fires decides
 * @param reviewEvery exchange time between reviews while the market is open
 * @param sight which prices it trusts
 */
public record Plan(
    int version,
    Optional<String> name,
    List<ExitRule> rules,
    ExitStyle style,
    Duration reviewEvery,
    PriceSight sight) {
  /**
   * @throws IllegalArgumentException where two rules are of one kind
   */
  public Plan {
    Set<RuleKind> kinds = new HashSet<>();
    for (ExitRule rule : rules) {
      if (!kinds.add(rule.kind())) {
        throw new IllegalArgumentException(
            "rules: there are two of the kind '%s', a plan has at most one"
                .formatted(rule.kind().label()));
      }
    }
    rules = rules.stream().sorted(Comparator.comparing(ExitRule::kind)).toList();
  }

  /** A plan without a name that trusts quotes as shipped. */
  public Plan(
      int version, List<ExitRule> rules, ExitStyle style, Duration reviewEvery, Duration stale) {
    this(version, Optional.empty(), rules, style, reviewEvery, PriceSight.of(stale));
  }

  /** Also reads plans written when there was nothing to say about prices but their age. */
  @JsonCreator
  static Plan read(
      @JsonProperty("version") int version,
      @JsonProperty("name") Optional<String> name,
      @JsonProperty("rules") List<ExitRule> rules,
      @JsonProperty("style") ExitStyle style,
      @JsonProperty("reviewEvery") Duration reviewEvery,
      @JsonProperty("sight") PriceSight sight,
      @JsonProperty("staleAfter") Duration staleAfter) {
    return new Plan(
        version,
        name,
        rules,
        style,
        reviewEvery,
        sight == null ? PriceSight.of(staleAfter) : sight);
  }

  /** The same with other rules, as the next version. */
  public Plan changedTo(List<ExitRule> others) {
    return new Plan(version + 1, name, others, style, reviewEvery, sight);
  }

  /** The same as this version. */
  public Plan asVersion(int other) {
    return new Plan(other, name, rules, style, reviewEvery, sight);
  }

  /** The rule of a kind, where the plan has one. */
  public Optional<ExitRule> rule(RuleKind kind) {
    return rules.stream().filter(rule -> rule.kind() == kind).findFirst();
  }
}
