package org.positionmanager.workflows.rules;

import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * Another rule that has to be confirmed before it counts: it fires once it has fired at so many
 * different quotes one after the other, or for so long, and is suppressed until then. One usable
 * quote at which it does not fire begins anew; a quote that is unusable says nothing either way. A
 * moment needs no confirmation: what a rule closes whatever the price, as a graded close at its
 * last stage, it closes at once. Against single odd quotes, at the price of a later exit.
 *
 * <p>Source: the replaced system, which closed positions within two minutes on noise.
 *
 * <p>Example: a stop at 98 confirmed by 2 quotes: 97.90, 98.10, 97.90 holds, 97.90, 97.80 exits.
 *
 * @param rule compares prices, and is not itself confirmed
 * @param by what it takes
 */
public record Confirmed(ExitRule rule, Confirmation by) implements ExitRule {
  /**
   * @throws IllegalArgumentException where a field is missing, or the rule cannot be confirmed
   */
  public Confirmed {
    Checks.requireGiven("rule", rule);
    Checks.requireGiven("by", by);
    if (rule instanceof Confirmed || !rule.kind().comparesPrices()) {
      throw new IllegalArgumentException(
          "rule must be one that compares prices, got: " + rule.kind().label());
    }
  }

  @Override
  public RuleKind kind() {
    return rule.kind();
  }

  @Override
  public boolean appliesTo(Instrument instrument) {
    return rule.appliesTo(instrument);
  }

  @Override
  public ExitRule withLevels(UnaryOperator<Level> change) {
    return new Confirmed(rule.withLevels(change), by);
  }

  @Override
  public ExitRule withPrices(UnaryOperator<Price> change) {
    return new Confirmed(rule.withPrices(change), by);
  }

  @Override
  public BoundRule bind(Basis basis) {
    return new Bound(rule.bind(basis), basis.track().streakOf(kind().label()), by);
  }

  /** The rule with its confirmation. */
  record Bound(BoundRule rule, Optional<Streak> streak, Confirmation by) implements BoundRule {
    @Override
    public RuleTrace judge(Sight sight) {
      RuleTrace answer = rule.judge(sight);
      if (answer.verdict() != Verdict.FIRED
          || answer.why() == Why.MOMENT_HAS_COME
          || streak.filter(it -> by.isEnough(it, sight.time())).isPresent()) {
        return answer;
      }
      return answer.suppressed(Why.NOT_CONFIRMED, answer.because());
    }

    @Override
    public Optional<Price> level(Instant now) {
      return rule.level(now);
    }

    /** What comes first: the rule's own moment, or that at which its streak has lasted. */
    @Override
    public Optional<Instant> nextChange(Observation seen) {
      Optional<Instant> confirmed =
          switch (by) {
            case Confirmation.Quotes quotes -> Optional.empty();
            case Confirmation.Lasting(var time) ->
                streak
                    .map(it -> it.since().plus(time))
                    .filter(due -> seen.moment().now().isBefore(due));
          };
      return Stream.concat(confirmed.stream(), rule.nextChange(seen).stream())
          .min(Instant::compareTo);
    }

    @Override
    public Optional<Quantity> part(Sight sight) {
      return rule.part(sight);
    }
  }
}
