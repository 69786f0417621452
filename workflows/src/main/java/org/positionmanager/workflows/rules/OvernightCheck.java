package org.positionmanager.workflows.rules;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.value.Percent;

/**
 * Decides which swing trades may stay over night: from each stage on, fires when at least so many
 * of three criteria are not met: days to expiry &gt;= {@code minDte}, gain &gt;= {@code minGain},
 * and value of what is held &lt;= {@code maxShare} of the account's equity; each is met at its
 * limit. Stages count back from the session's real close. Default for swing trades in options: two
 * failures from 60 minutes before the close on (15:00 in New York), one from 30; 3 days, 10%, 5%.
 *
 * <p>Source: the replaced system's overnight criteria; it asked 15% of its tiny account.
 *
 * <p>Example: 40 minutes before the close, a contract with 2 days left that gains 12% fails one
 * criterion and stays; 25 minutes before the close it goes.
 *
 * @param stages in the order of the day; how many failures it takes does not grow
 * @param minDte days to expiry, 0 or more; stocks meet it always
 * @param minGain in percent of the entry
 * @param maxShare of equity, above 0% and at most 100%
 */
public record OvernightCheck(List<Stage> stages, int minDte, Percent minGain, Percent maxShare)
    implements ExitRule {
  private static final int CRITERIA = 3;

  /**
   * From when on how many failures are too many.
   *
   * @param beforeClose zero or more
   * @param failures 1 to 3
   */
  public record Stage(Duration beforeClose, int failures) {
    public Stage {
      Checks.requireNotNegative("beforeClose", beforeClose);
      if (failures < 1 || failures > CRITERIA) {
        throw new IllegalArgumentException("failures must be 1 to 3, got: " + failures);
      }
    }
  }

  /**
   * @throws IllegalArgumentException naming the field
   */
  public OvernightCheck {
    stages = Checks.falling("stages", stages, "beforeClose", Stage::beforeClose);
    Checks.requireNotGrowing("stages", stages, "failures", Stage::failures);
    Checks.requireNotNegative("minDte", minDte);
    Checks.requireGiven("minGain", minGain);
    Checks.requireShare("maxShare", maxShare);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.OVERNIGHT_CHECK;
  }

  @Override
  public BoundRule bind(Basis basis) {
    BigDecimal units =
        basis.held().value().multiply(BigDecimal.valueOf(basis.instrument().multiplier()));
    return new Bound(
        this,
        List.copyOf(stages.reversed()),
        Days.expiryOf(basis.instrument()),
        new Threshold(kind(), Level.AtGain.of(basis, minGain), Threshold.Side.WORSE, basis),
        units);
  }

  /** What is known of one criterion. */
  private enum Criterion {
    MET,
    FAILED,
    UNKNOWN
  }

  private record Bound(
      OvernightCheck rule,
      List<Stage> latestFirst,
      Optional<LocalDate> expiry,
      Threshold tooSmall,
      BigDecimal units)
      implements BoundRule {
    @Override
    public RuleTrace judge(Sight sight) {
      if (!sight.seen().moment().isOpen()) {
        return answer(Verdict.SKIPPED, sight, Why.MARKET_CLOSED, "");
      }
      for (Stage stage : latestFirst) {
        if (BeforeClose.hasCome(sight.seen(), stage.beforeClose())) {
          return judge(sight, stage.failures());
        }
      }
      return new RuleTrace(
          rule.kind().label(),
          Verdict.HELD,
          new Reading.OfMoment(
              BeforeClose.moment(sight.seen(), rule.stages().getFirst().beforeClose())
                  .orElseThrow()),
          sight.now(),
          Why.MOMENT_NOT_COME,
          "");
    }

    private RuleTrace judge(Sight sight, int tooMany) {
      Criterion dte = dte(sight.seen().moment());
      Criterion gain = gain(sight.price());
      Criterion share = share(sight);
      int failed = count(Criterion.FAILED, dte, gain, share);
      int unknown = count(Criterion.UNKNOWN, dte, gain, share);
      String detail =
          "days to expiry "
              + dte
              + ", gain "
              + gain
              + ", size "
              + share
              + "; "
              + tooMany
              + " failing are too many";
      if (failed >= tooMany) {
        return answer(Verdict.FIRED, sight, Why.CRITERIA_FAILED, detail);
      }
      if (failed + unknown < tooMany) {
        return answer(Verdict.HELD, sight, Why.CRITERIA_MET, detail);
      }
      Why missing = gain == Criterion.UNKNOWN ? Why.PRICE_UNKNOWN : Why.EQUITY_UNKNOWN;
      return answer(Verdict.UNKNOWN, sight, missing, detail);
    }

    private Criterion dte(MarketMoment moment) {
      return expiry.isEmpty() || Days.to(expiry.get(), moment) >= rule.minDte()
          ? Criterion.MET
          : Criterion.FAILED;
    }

    private Criterion gain(JudgedPrice price) {
      return switch (price) {
        case JudgedPrice.Usable usable ->
            tooSmall.isReached(usable.mid()) ? Criterion.FAILED : Criterion.MET;
        case JudgedPrice.Unusable unusable -> Criterion.UNKNOWN;
      };
    }

    private Criterion share(Sight sight) {
      if (sight.seen().equity().isEmpty()) {
        return Criterion.UNKNOWN;
      }
      BigDecimal most = sight.seen().equity().get().amount().multiply(rule.maxShare().asFraction());
      return switch (sight.price()) {
        case JudgedPrice.Usable usable ->
            usable.mid().value().multiply(units).compareTo(most) > 0
                ? Criterion.FAILED
                : Criterion.MET;
        case JudgedPrice.Unusable unusable -> Criterion.UNKNOWN;
      };
    }

    private static int count(Criterion what, Criterion... criteria) {
      int count = 0;
      for (Criterion criterion : criteria) {
        count += criterion == what ? 1 : 0;
      }
      return count;
    }

    private RuleTrace answer(Verdict verdict, Sight sight, Why why, String detail) {
      return new RuleTrace(rule.kind().label(), verdict, Reading.NONE, sight.shown(), why, detail);
    }

    @Override
    public Optional<Instant> nextChange(Observation seen) {
      return rule.stages().stream()
          .flatMap(stage -> BeforeClose.ahead(seen, stage.beforeClose()).stream())
          .findFirst();
    }
  }
}
