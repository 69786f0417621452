package org.positionmanager.workflows.plan;

import java.time.Duration;
import java.util.Optional;
import org.positionmanager.workflows.rules.Confirmation;
import org.positionmanager.workflows.rules.Confirmed;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.MaxHold;
import org.positionmanager.workflows.rules.ProfitTarget;
import org.positionmanager.workflows.rules.RuleKind;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.rules.UnderlyingStop;

/** A rule of a plan template: complete, or waiting for what a position's row says. */
public sealed interface RuleTemplate {
  /** Of which kind the rule is that it makes. */
  RuleKind kind();

  /** The rule for one position; empty where its row has nothing to make it of. */
  Optional<ExitRule> rule(EntryTerms terms);

  /** Whether such a rule makes sense for a kind of instrument. */
  boolean fits(InstrumentKind kind);

  /** The same rule for every position. */
  record Fixed(ExitRule rule) implements RuleTemplate {
    @Override
    public RuleKind kind() {
      return rule.kind();
    }

    @Override
    public Optional<ExitRule> rule(EntryTerms terms) {
      return Optional.of(rule);
    }

    @Override
    public boolean fits(InstrumentKind kind) {
      return rule.appliesTo(kind.example());
    }
  }

  /**
   * A stop at the row's level. For stocks only: the levels that dispatchers store beside options
   * are of the underlying.
   *
   * @param otherwise where the row has none
   */
  record StoredStop(Level otherwise) implements RuleTemplate {
    @Override
    public RuleKind kind() {
      return RuleKind.STOP;
    }

    @Override
    public Optional<ExitRule> rule(EntryTerms terms) {
      return Optional.of(
          new StopLoss(terms.stop().<Level>map(Level.AtPrice::new).orElse(otherwise)));
    }

    @Override
    public boolean fits(InstrumentKind kind) {
      return kind == InstrumentKind.STOCK;
    }
  }

  /**
   * A target at the row's level; for stocks only, as {@link StoredStop}.
   *
   * @param otherwise where the row has none
   */
  record StoredTarget(Level otherwise) implements RuleTemplate {
    @Override
    public RuleKind kind() {
      return RuleKind.TARGET;
    }

    @Override
    public Optional<ExitRule> rule(EntryTerms terms) {
      return Optional.of(
          new ProfitTarget(terms.target().<Level>map(Level.AtPrice::new).orElse(otherwise)));
    }

    @Override
    public boolean fits(InstrumentKind kind) {
      return kind == InstrumentKind.STOCK;
    }
  }

  /**
   * The row's {@code max_hold_minutes}.
   *
   * @param otherwise where the row has none; exchange time, above zero
   */
  record StoredMaxHold(Duration otherwise) implements RuleTemplate {
    /**
     * @throws IllegalArgumentException if not above zero
     */
    public StoredMaxHold {
      new MaxHold(otherwise);
    }

    @Override
    public RuleKind kind() {
      return RuleKind.MAX_HOLD;
    }

    @Override
    public Optional<ExitRule> rule(EntryTerms terms) {
      return Optional.of(new MaxHold(terms.maxHold().orElse(otherwise)));
    }

    @Override
    public boolean fits(InstrumentKind kind) {
      return true;
    }
  }

  /** An underlying stop at the row's level of the underlying; no rule where the row has none. */
  record StoredUnderlyingStop() implements RuleTemplate {
    @Override
    public RuleKind kind() {
      return RuleKind.UNDERLYING_STOP;
    }

    @Override
    public Optional<ExitRule> rule(EntryTerms terms) {
      return terms.underlyingStop().map(UnderlyingStop::new);
    }

    @Override
    public boolean fits(InstrumentKind kind) {
      return kind == InstrumentKind.OPTION;
    }
  }

  /**
   * Another that has to be confirmed.
   *
   * @param rule compares prices, and is not itself confirmed
   */
  record Confirming(RuleTemplate rule, Confirmation by) implements RuleTemplate {
    /**
     * @throws IllegalArgumentException where the rule cannot be confirmed
     */
    public Confirming {
      if (rule instanceof Confirming || !rule.kind().comparesPrices()) {
        throw new IllegalArgumentException(
            "rule must be one that compares prices, got: " + rule.kind().label());
      }
    }

    @Override
    public RuleKind kind() {
      return rule.kind();
    }

    @Override
    public Optional<ExitRule> rule(EntryTerms terms) {
      return rule.rule(terms).map(made -> new Confirmed(made, by));
    }

    @Override
    public boolean fits(InstrumentKind kind) {
      return rule.fits(kind);
    }
  }
}
