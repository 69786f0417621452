package org.positionmanager.workflows.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.workflows.replay.Paths.CALL;
import static org.positionmanager.workflows.replay.Paths.NYSE;
import static org.positionmanager.workflows.replay.Paths.bought;
import static org.positionmanager.workflows.replay.Paths.mid;
import static org.positionmanager.workflows.replay.Paths.minute;
import static org.positionmanager.workflows.replay.Paths.quote;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.Confirmation;
import org.positionmanager.workflows.rules.Confirmed;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.GradedClose;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.OvernightCheck;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.rules.TrailingLadder;
import org.positionmanager.workflows.rules.TrailingStop;
import org.positionmanager.workflows.value.Percent;

/** Which answers of a rule people would call another one. */
class TraceChangesTest {
  private static final Opening TEN_CALLS = bought(CALL, 10, "5.00");

  /** Each change as {@code minute verdict level because}. */
  private static List<String> told(ExitRule rule, SeenQuote... path) {
    Plan plan =
        new Plan(
            1,
            List.of(rule),
            new ExitStyle.MarketNow(),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5));
    ReplayResult result = Replay.on(List.of(path), TEN_CALLS, plan, NYSE, FillAt.NEAR);
    return result.changes().stream()
        .map(
            change -> {
              RuleAnswer answer = change.rules().getFirst();
              return "%d %s %s %s"
                  .formatted(
                      Duration.between(minute(0), change.at()).toMinutes(),
                      answer.verdict(),
                      answer.level(),
                      answer.because());
            })
        .toList();
  }

  @Test
  @DisplayName("a trailing stop that begins is told with its level, its moves are levels only")
  void activation() {
    assertThat(
            told(
                new TrailingStop(Percent.of(75), Percent.of(10)),
                mid(1, "5"),
                mid(2, "5.2"),
                mid(3, "6"),
                mid(4, "6.4"),
                mid(5, "7"),
                mid(6, "6.5")))
        .containsExactly(
            "1 HELD  the best gain has not been large enough to begin",
            "3 HELD 5.75 the price has not reached the level",
            "6 FIRED 6.5 the price has reached the level");
  }

  @Test
  void eachStepOfALadderIsTold() {
    TrailingLadder ladder =
        new TrailingLadder(
            List.of(
                new TrailingLadder.Step(Percent.of(20), Percent.of(50)),
                new TrailingLadder.Step(Percent.of(40), Percent.of(80))));
    List<String> steps =
        List.of(
            "1 HELD  the best gain has not been large enough to begin",
            "2 HELD 5.5 the price has not reached the level",
            "4 HELD 6.6 the price has not reached the level");
    SeenQuote[] path = {mid(1, "5.1"), mid(2, "6"), mid(3, "6.2"), mid(4, "7"), mid(5, "7.5")};
    assertThat(told(ladder, path)).isEqualTo(steps);
    assertThat(told(new Confirmed(ladder, new Confirmation.Quotes(2)), path)).isEqualTo(steps);
  }

  @Test
  void eachStageOfTheDayIsToldWithItsLevel() {
    GradedClose graded =
        new GradedClose(
            List.of(
                new GradedClose.Stage(Duration.ofMinutes(90), Optional.of(Percent.of(-20))),
                new GradedClose.Stage(Duration.ofMinutes(60), Optional.of(Percent.of(-10))),
                new GradedClose.Stage(Duration.ofMinutes(5), Optional.empty())));
    assertThat(
            told(
                graded,
                mid(299, "5"),
                mid(300, "5"),
                mid(301, "5.1"),
                mid(330, "5"),
                mid(331, "5"),
                mid(385, "5")))
        .containsExactly(
            "299 HELD 2026-02-11T19:30:00Z the moment has not come yet",
            "300 HELD 4 the price has not reached the level",
            "330 HELD 4.5 the price has not reached the level",
            "385 FIRED 2026-02-11T20:55:00Z the moment has come");
  }

  @Test
  void anotherReasonForNotKnowingIsAnotherAnswer() {
    assertThat(
            told(
                new StopLoss(new Level.AtGain(Percent.of(-60))),
                mid(1, "5"),
                quote(2, "4.9", "0"),
                quote(3, "5.1", "5"),
                quote(3.5, "5.2", "5"),
                quote(4, "0.1", "19"),
                mid(5, "5")))
        .containsExactly(
            "1 HELD 2 the price has not reached the level",
            "2 UNKNOWN 2 no usable price: nobody asks",
            "3 UNKNOWN 2 no usable price: bid 5.1 lies above ask 5",
            "4 UNKNOWN 2 no usable price: bid 0.1 and ask 19 are too far apart",
            "5 HELD 2 the price has not reached the level");
  }

  @Test
  void criteriaThatAreMetOrFailOtherwiseAreAnotherAnswer() {
    OvernightCheck check =
        new OvernightCheck(
            List.of(new OvernightCheck.Stage(Duration.ofMinutes(60), 3)),
            3,
            Percent.of(10),
            Percent.of(5));
    assertThat(told(check, mid(331, "5"), mid(332, "5.2"), mid(333, "5.6"), mid(334, "5.7")))
        .containsExactly(
            "331 HELD  the criteria for staying over night are met: days to expiry MET, gain FAILED, size UNKNOWN; 3 failing are too many",
            "333 HELD  the criteria for staying over night are met: days to expiry MET, gain MET, size UNKNOWN; 3 failing are too many");
  }

  @Test
  @DisplayName("a new day's moment is no other answer")
  void anotherDay() {
    GradedClose all =
        new GradedClose(List.of(new GradedClose.Stage(Duration.ZERO, Optional.empty())));
    assertThat(told(all, mid(1, "5"), mid(1441, "5"))).hasSize(1);
  }
}
