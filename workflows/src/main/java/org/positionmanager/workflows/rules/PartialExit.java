package org.positionmanager.workflows.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * Takes part of the profit early: fires when the mid touches the gain of a stage or goes beyond
 * (long: mid &gt;= level; short: mid &lt;= level), and closes what the stages up to it ask for in
 * all, less what is closed already. Gains are in percent of the entry, shares of the quantity
 * opened, rounded down to whole contracts, to whole shares where a whole number was opened, so that
 * one contract is never split; a stage that rounds to nothing is left to the next, and all of them
 * to the other rules. Waits for a minimum hold.
 *
 * <p>Source: the replaced system had 50% at +50% and 25% at +75%, and had to switch it off because
 * a quarter of one contract is none.
 *
 * <p>Example: 10 contracts bought at 5.00: 5 are sold at 7.50, 2 more at 8.75.
 *
 * @param stages with growing gains; the shares are at most 100% together
 */
public record PartialExit(List<Stage> stages) implements ExitRule {
  /**
   * @param gain in percent of the entry
   * @param share of the quantity opened that the stage closes, above 0% and at most 100%
   */
  public record Stage(Percent gain, Percent share) {
    public Stage {
      Checks.requireGiven("gain", gain);
      Checks.requireShare("share", share);
    }
  }

  /**
   * @throws IllegalArgumentException naming the field
   */
  public PartialExit {
    stages = Checks.growing("stages", stages, "gain", Stage::gain);
    BigDecimal sum =
        stages.stream().map(it -> it.share().points()).reduce(BigDecimal.ZERO, BigDecimal::add);
    if (sum.compareTo(BigDecimal.valueOf(100)) > 0) {
      throw new IllegalArgumentException(
          "stages: shares must be at most 100%% together, got: %s%%"
              .formatted(sum.toPlainString()));
    }
  }

  @Override
  public RuleKind kind() {
    return RuleKind.PARTIAL_EXIT;
  }

  @Override
  public BoundRule bind(Basis basis) {
    List<BoundStage> bound = new ArrayList<>();
    BigDecimal share = BigDecimal.ZERO;
    Quantity before = Quantity.ZERO;
    for (Stage stage : stages) {
      share = share.add(stage.share().asFraction());
      Quantity closedInAll = wholeUnits(basis, share);
      if (!closedInAll.equals(before)) {
        bound.add(
            new BoundStage(
                new Threshold(
                    kind(),
                    Level.AtGain.of(basis, stage.gain()),
                    Threshold.Side.AT_OR_BETTER,
                    basis),
                closedInAll));
      }
      before = closedInAll;
    }
    return bound.isEmpty()
        ? new Constant(kind(), Verdict.SKIPPED, Why.CANNOT_BE_SPLIT)
        : new Bound(List.copyOf(bound), basis.closed());
  }

  /** A share of what was opened in units that can be traded: contracts and shares stay whole. */
  private static Quantity wholeUnits(Basis basis, BigDecimal share) {
    BigDecimal opened = basis.opened().value();
    BigDecimal step =
        opened.stripTrailingZeros().scale() <= 0
            ? BigDecimal.ONE
            : basis.instrument().quantityStep();
    return new Quantity(opened.multiply(share).divide(step, 0, RoundingMode.DOWN).multiply(step));
  }

  /**
   * @param closedInAll what is closed once this stage and those before it are done
   */
  private record BoundStage(Threshold target, Quantity closedInAll) {}

  private record Bound(List<BoundStage> stages, Quantity closed) implements BoundRule {
    @Override
    public RuleTrace judge(Sight sight) {
      BoundStage next = next();
      RuleTrace answer = next.target().judge(sight);
      return due(next).isZero()
          ? RuleTrace.of(
              RuleKind.PARTIAL_EXIT,
              Verdict.HELD,
              answer.level(),
              answer.observed(),
              Why.PART_TAKEN)
          : answer;
    }

    private Optional<BoundStage> highestReached(Price price) {
      return stages.reversed().stream()
          .filter(stage -> stage.target().isReached(price))
          .findFirst();
    }

    /** The first stage that has something left to close; the last where none has. */
    private BoundStage next() {
      return stages.stream()
          .filter(stage -> !due(stage).isZero())
          .findFirst()
          .orElse(stages.getLast());
    }

    private Quantity due(BoundStage stage) {
      return stage.closedInAll().lessAtMost(closed);
    }

    @Override
    public Optional<Quantity> part(Sight sight) {
      return switch (sight.price()) {
        case JudgedPrice.Unusable unusable -> Optional.empty();
        case JudgedPrice.Usable usable -> highestReached(usable.mid()).map(this::due);
      };
    }

    @Override
    public Optional<Price> level(Instant now) {
      return due(next()).isZero() ? Optional.empty() : next().target().level(now);
    }
  }
}
