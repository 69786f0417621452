package org.positionmanager.workflows.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.value.Percent;

/**
 * Lets go of losers first as the day ends: from each stage on, fires when the gain is smaller than
 * the stage's (long: mid &lt; level; short: mid &gt; level; at the level it holds), and at a stage
 * without a gain always. Gains are in percent of the entry. Stages count back from the session's
 * real close, exchange time, so that early closes are included. Default for day trades in options:
 * -20% from 90 minutes before the close on (14:30 in New York), -10% from 60, 0% from 30, all from
 * 5.
 *
 * <p>Source: the replaced system's graded end of day.
 *
 * <p>Example: 45 minutes before the close a premium bought at 5.00 is closed at 4.49 and kept at
 * 4.50.
 *
 * @param stages in the order of the day; what has to be gained does not fall
 */
public record GradedClose(List<Stage> stages) implements ExitRule {
  /**
   * From when on which gain is too small.
   *
   * @param beforeClose zero or more
   * @param gainBelow in percent of the entry; empty where all is closed
   */
  public record Stage(Duration beforeClose, Optional<Percent> gainBelow) {
    public Stage {
      Checks.requireNotNegative("beforeClose", beforeClose);
      gainBelow = gainBelow == null ? Optional.empty() : gainBelow;
    }
  }

  /**
   * @throws IllegalArgumentException naming the field that is out of order
   */
  public GradedClose {
    stages = Checks.falling("stages", stages, "beforeClose", Stage::beforeClose);
    if (stages.subList(0, stages.size() - 1).stream().anyMatch(it -> it.gainBelow().isEmpty())) {
      throw new IllegalArgumentException("stages: only the last may close all");
    }
    Checks.requireNotFalling(
        "stages",
        stages.stream().filter(it -> it.gainBelow().isPresent()).toList(),
        "gainBelow",
        it -> it.gainBelow().orElseThrow());
  }

  @Override
  public RuleKind kind() {
    return RuleKind.GRADED_CLOSE;
  }

  @Override
  public BoundRule bind(Basis basis) {
    List<BoundStage> bound = new ArrayList<>();
    for (Stage stage : stages.reversed()) {
      bound.add(
          new BoundStage(
              stage.beforeClose(),
              stage
                  .gainBelow()
                  .map(gain -> Level.AtGain.of(basis, gain))
                  .map(at -> new Threshold(kind(), at, Threshold.Side.WORSE, basis))));
    }
    return new Bound(List.copyOf(bound));
  }

  private record BoundStage(Duration beforeClose, Optional<Threshold> level) {}

  /** Stages with the last of the day first. */
  private record Bound(List<BoundStage> stages) implements BoundRule {
    @Override
    public RuleTrace judge(Sight sight) {
      if (!sight.seen().moment().isOpen()) {
        return answer(Verdict.SKIPPED, Reading.NONE, sight, Why.MARKET_CLOSED);
      }
      for (BoundStage stage : stages) {
        if (BeforeClose.hasCome(sight.seen(), stage.beforeClose())) {
          return stage.level().isPresent()
              ? stage.level().get().judge(sight)
              : answer(Verdict.FIRED, moment(sight, stage), sight, Why.MOMENT_HAS_COME);
        }
      }
      return answer(Verdict.HELD, moment(sight, stages.getLast()), sight, Why.MOMENT_NOT_COME);
    }

    private static RuleTrace answer(Verdict verdict, Reading level, Sight sight, Why why) {
      return RuleTrace.of(RuleKind.GRADED_CLOSE, verdict, level, sight.now(), why);
    }

    private static Reading moment(Sight sight, BoundStage stage) {
      return new Reading.OfMoment(
          BeforeClose.moment(sight.seen(), stage.beforeClose()).orElseThrow());
    }

    @Override
    public Optional<Instant> nextChange(Observation seen) {
      return stages.reversed().stream()
          .flatMap(stage -> BeforeClose.ahead(seen, stage.beforeClose()).stream())
          .findFirst();
    }
  }
}
