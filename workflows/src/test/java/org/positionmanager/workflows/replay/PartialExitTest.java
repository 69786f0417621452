package org.positionmanager.workflows.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.positionmanager.workflows.replay.Paths.CALL;
import static org.positionmanager.workflows.replay.Paths.NYSE;
import static org.positionmanager.workflows.replay.Paths.bought;
import static org.positionmanager.workflows.replay.Paths.mid;
import static org.positionmanager.workflows.replay.Paths.minute;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.PartialExit;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Exits of parts, by a plan that closes what it is told at the moments it is told. */
class PartialExitTest {
  /** Closes so much at a moment. */
  private record Scripted(Map<Instant, Quantity> parts, List<Quantity> told) implements Judging {
    @Override
    public Judgement judge(Observation seen) {
      return new Judgement(
          seen.quote().map(quote -> quote.mid()),
          List.of(),
          Optional.ofNullable(parts.get(seen.moment().now()))
              .map(part -> new Exit(ExitReason.TARGET, "target", Optional.of(part))),
          Optional.empty(),
          Set.of());
    }

    @Override
    public boolean comparesUnderlying() {
      return false;
    }

    @Override
    public void closed(Quantity soFar) {
      told.add(soFar);
    }

    @Override
    public Duration staleAfter() {
      return Duration.ofMinutes(5);
    }
  }

  private static ReplayResult replay(Scripted judging, SeenQuote... path) {
    Replay replay = Replay.judgedBy(judging, bought(CALL, 10, "5"), NYSE, FillAt.NEAR);
    List.of(path).forEach(replay::see);
    return replay.result();
  }

  @Test
  void aPartIsClosedAndTheRestGoesOn() {
    Scripted halfThenMore =
        new Scripted(
            Map.of(minute(1), Quantity.of(5), minute(3), Quantity.of(2)), new ArrayList<>());
    ReplayResult result = replay(halfThenMore, mid(1, "6"), mid(2, "7"), mid(3, "8"), mid(4, "9"));
    assertThat(result.exits())
        .extracting(ReplayExit::quantity)
        .containsExactly(Quantity.of(5), Quantity.of(2));
    assertThat(result.exits())
        .extracting(ReplayExit::price)
        .containsExactly(Price.parse("5.99"), Price.parse("7.99"));
    assertThat(result.realised()).isEqualTo(Money.parse("1093 USD"));
    assertThat(result.open()).isEqualTo(Quantity.of(3));
    assertThat(result.unrealised()).isEqualTo(Money.parse("1200 USD"));
    assertThat(halfThenMore.told()).containsExactly(Quantity.of(5), Quantity.of(7));
  }

  @Test
  void theShippedPartialExitTakesItsStages() {
    // 10 bought at 5.00: 5 are sold at 7.50, 2 more at 8.75, the rest is still open.
    Opening opening = bought(CALL, 10, "5");
    Plan plan =
        new Plan(
            1,
            List.of(
                new PartialExit(
                    List.of(
                        new PartialExit.Stage(Percent.of(50), Percent.of(50)),
                        new PartialExit.Stage(Percent.of(75), Percent.of(25))))),
            new ExitStyle.MarketNow(),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5));
    ReplayResult result =
        Replay.on(
            List.of(mid(31, "7.50"), mid(32, "7.60"), mid(33, "8.75"), mid(34, "9")),
            opening,
            plan,
            NYSE,
            FillAt.NEAR);
    assertThat(result.exits())
        .extracting(ReplayExit::filledAt, ReplayExit::quantity, ReplayExit::reason)
        .containsExactly(
            tuple(minute(31), Quantity.of(5), ExitReason.PARTIAL_TARGET),
            tuple(minute(33), Quantity.of(2), ExitReason.PARTIAL_TARGET));
    assertThat(result.open()).isEqualTo(Quantity.of(3));
  }

  @Test
  void neverMoreIsClosedThanIsOpen() {
    ReplayResult result =
        replay(
            new Scripted(
                Map.of(minute(1), Quantity.of(8), minute(2), Quantity.of(8)), new ArrayList<>()),
            mid(1, "6"),
            mid(2, "7"),
            mid(3, "8"));
    assertThat(result.exits())
        .extracting(ReplayExit::quantity)
        .containsExactly(Quantity.of(8), Quantity.of(2));
    assertThat(result.held()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void anExitOfNothingIsAnErrorOfTheRule() {
    assertThatThrownBy(
            () ->
                replay(
                    new Scripted(Map.of(minute(1), Quantity.ZERO), new ArrayList<>()), mid(1, "6")))
        .hasMessageContaining("target wants to close nothing");
  }
}
