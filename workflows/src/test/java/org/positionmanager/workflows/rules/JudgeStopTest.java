package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.workflows.rules.Words.gain;
import static org.positionmanager.workflows.rules.Words.minute;
import static org.positionmanager.workflows.rules.Words.percent;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.value.Price;

/** Where the rules that protect end a position. */
class JudgeStopTest {
  private static Optional<Price> stop(Scene scene, int minute) {
    return scene.judge().stop(minute(minute));
  }

  private static Optional<Price> at(String price) {
    return Optional.of(Price.parse(price));
  }

  @Test
  void theBestLevelForTheHolderComesFirst() {
    Scene bought =
        Scene.call()
            .bought("5.00")
            .under(new StopLoss(gain("-60%")), new TrailingStop(percent("75%")));
    assertThat(stop(bought.peak("7.00"), 1)).isEqualTo(at("6.50"));
    assertThat(stop(bought, 1)).as("nothing to trail").isEqualTo(at("2.00"));
  }

  @Test
  void aShortsBestLevelIsTheLowest() {
    Scene sold =
        Scene.call()
            .sold("5.00")
            .under(new StopLoss(gain("-60%")), new TrailingStop(percent("75%")));
    assertThat(stop(sold.peak("3.00"), 1)).isEqualTo(at("3.50"));
    assertThat(stop(sold, 1)).isEqualTo(at("8.00"));
  }

  @Test
  void whatAMinimumHoldForbidsIsNoStopUntilItIsOver() {
    Scene young =
        Scene.call()
            .bought("5.00")
            .under(
                new CatastrophicStop(gain("-50%"), Duration.ofMinutes(30)),
                new StopLoss(gain("-20%")));
    assertThat(stop(young, 29)).isEqualTo(at("2.50"));
    assertThat(stop(young, 30)).as("the hold is over").isEqualTo(at("4.00"));
  }

  @Test
  void aLooserLevelThatComesLaterTakesNothingBack() {
    Scene bought =
        Scene.call()
            .bought("5.00")
            .under(
                new StopLoss(gain("-20%")), new TrailingAmount(Price.parse("4.00"), percent("0%")));
    assertThat(stop(bought.peak("7.00"), 1)).as("and not 3.00").isEqualTo(at("4.00"));
  }

  @Test
  void targetsAndDeadlinesAreNoStops() {
    Scene without =
        Scene.call()
            .bought("5.00")
            .under(new ProfitTarget(gain("80%")), new MaxHold(Duration.ofMinutes(9)));
    assertThat(stop(without, 1)).isEmpty();
  }
}
