package org.positionmanager.workflows.rules;

import java.time.LocalDate;
import java.util.Optional;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Percent;

/**
 * Proposes to roll a contract to a later expiry, and never acts: with at most {@code dteAtMost}
 * days to expiry and a gain above {@code gainAbove} (at it, nothing is proposed), people are told,
 * with the same strike and an expiry about so many days later. Whether a later contract is worth
 * its price is for them to judge.
 *
 * <p>Source: the replaced system designed it with 21 days, -10% and 30 days, and never built it.
 *
 * <p>Example: a call at 400 of 2026-02-20, entered at 5.00 and now at 4.80, on 2026-02-11: "same
 * strike, expiry about 2026-03-22".
 *
 * @param dteAtMost calendar days to expiry, 0 or more
 * @param gainAbove in percent of the entry
 * @param laterByDays how much later the proposed expiry is, in calendar days, above zero
 */
public record RollProposal(int dteAtMost, Percent gainAbove, int laterByDays) implements ExitRule {
  /**
   * @throws IllegalArgumentException naming the field
   */
  public RollProposal {
    Checks.requireNotNegative("dteAtMost", dteAtMost);
    Checks.requireGiven("gainAbove", gainAbove);
    if (laterByDays < 1) {
      throw new IllegalArgumentException("laterByDays must be above zero, got: " + laterByDays);
    }
  }

  @Override
  public RuleKind kind() {
    return RuleKind.ROLL_PROPOSAL;
  }

  @Override
  public boolean appliesTo(Instrument instrument) {
    return Days.isOption(instrument);
  }

  @Override
  public BoundRule bind(Basis basis) {
    Optional<LocalDate> expiry = Days.expiryOf(basis.instrument());
    if (expiry.isEmpty()) {
      return new Constant(kind(), Verdict.SKIPPED, Why.DOES_NOT_EXPIRE);
    }
    return new Bound(
        expiry.get(),
        dteAtMost,
        new Threshold(kind(), Level.AtGain.of(basis, gainAbove), Threshold.Side.AT_OR_WORSE, basis),
        "same strike, expiry about " + expiry.get().plusDays(laterByDays));
  }

  private record Bound(LocalDate expiry, int dteAtMost, Threshold tooLittle, String proposal)
      implements BoundRule {
    @Override
    public RuleTrace judge(Sight sight) {
      if (Days.to(expiry, sight.seen().moment()) > dteAtMost) {
        return RuleTrace.of(
            RuleKind.ROLL_PROPOSAL,
            Verdict.SKIPPED,
            Reading.NONE,
            sight.now(),
            Why.EXPIRY_FAR_AWAY);
      }
      RuleTrace answer = tooLittle.judge(sight);
      return switch (sight.price()) {
        case JudgedPrice.Unusable unusable -> answer;
        case JudgedPrice.Usable usable ->
            tooLittle.isReached(usable.mid())
                ? with(answer, Verdict.HELD, Why.LEVEL_NOT_REACHED, "")
                : with(answer, Verdict.PROPOSED, Why.ROLL, proposal);
      };
    }

    private static RuleTrace with(RuleTrace answer, Verdict verdict, Why why, String note) {
      return new RuleTrace(answer.rule(), verdict, answer.level(), answer.observed(), why, note);
    }
  }
}
