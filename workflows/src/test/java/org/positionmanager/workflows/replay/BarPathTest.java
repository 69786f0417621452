package org.positionmanager.workflows.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.replay.Paths.NYSE;
import static org.positionmanager.workflows.replay.Paths.STOCK;
import static org.positionmanager.workflows.replay.Paths.bought;
import static org.positionmanager.workflows.replay.Paths.defaults;
import static org.positionmanager.workflows.replay.Paths.minute;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;

class BarPathTest {
  private static final Bar BAR = bar(minute(0), "100", "103", "97", "101");

  private static Bar bar(Instant at, String open, String high, String low, String close) {
    return new Bar(at, Price.parse(open), Price.parse(high), Price.parse(low), Price.parse(close));
  }

  private static BarPath minutes(Direction direction) {
    return new BarPath(direction, Duration.ofMinutes(3), Price.parse("0"), NYSE);
  }

  @Test
  void aLongSeesTheLowBeforeTheHigh() {
    List<SeenQuote> path = minutes(Direction.LONG).of(BAR);
    assertThat(path)
        .extracting(it -> it.quote().mid().toString())
        .containsExactly("100", "97", "103", "101");
    assertThat(path)
        .extracting(SeenQuote::seenAt)
        .containsExactly(minute(0), minute(1), minute(2), minute(3).minusMillis(1));
  }

  @Test
  void aShortSeesTheHighBeforeTheLow() {
    assertThat(minutes(Direction.SHORT).of(BAR))
        .extracting(it -> it.quote().mid().toString())
        .containsExactly("100", "103", "97", "101");
  }

  @Test
  void aBarThatReachesStopAndTargetIsALoss() {
    // Stop 98, target 103.
    Opening opening = bought(STOCK, 1, "100");
    ReplayResult result =
        Replay.on(
            minutes(Direction.LONG).of(BAR),
            opening,
            defaults(opening, Strategy.STOCK),
            NYSE,
            FillAt.NEAR);
    assertThat(result.exits()).extracting(ReplayExit::reason).containsExactly(ExitReason.STOP);
  }

  @Test
  void aDaysBarStandsInItsSession() {
    // Alpaca stamps a day's bar with midnight in New York.
    BarPath days = new BarPath(Direction.LONG, Duration.ofDays(1), Price.parse("0"), NYSE);
    assertThat(days.of(bar(Instant.parse("2026-02-11T05:00:00Z"), "100", "103", "97", "101")))
        .extracting(SeenQuote::seenAt)
        .containsExactly(minute(0), minute(130), minute(260), minute(390).minusMillis(1));
  }

  @Test
  void aSpreadLiesAroundThePrice() {
    BarPath path = new BarPath(Direction.LONG, Duration.ofMinutes(1), Price.parse("0.10"), NYSE);
    SeenQuote first = path.of(BAR).getFirst();
    assertThat(first.quote().bid()).isEqualTo(Price.parse("99.95"));
    assertThat(first.quote().ask()).isEqualTo(Price.parse("100.05"));
  }

  @Test
  void barsThatContradictThemselvesAreRefused() {
    assertThatThrownBy(() -> bar(minute(0), "100", "99", "97", "98"))
        .hasMessageContaining("open and close must lie between low and high");
    assertThatThrownBy(() -> new BarPath(Direction.LONG, Duration.ZERO, Price.parse("0"), NYSE))
        .hasMessageContaining("a second or more");
  }
}
