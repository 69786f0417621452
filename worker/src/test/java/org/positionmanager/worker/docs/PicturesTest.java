package org.positionmanager.worker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.positionmanager.workflows.rules.BreakEven;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.TrailingAmount;
import org.positionmanager.workflows.rules.TrailingLadder;
import org.positionmanager.workflows.rules.TrailingPercent;
import org.positionmanager.workflows.rules.TrailingStop;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/**
 * The pictures of the documentation are what the code draws today. Drawn anew by {@code mvn -pl
 * worker -am test -Dtest=PicturesTest -Dsurefire.failIfNoSpecifiedTests=false -Dpictures=write}.
 */
class PicturesTest {
  private static final Path FOLDER = Path.of("..", "docs", "images");
  private static final String WAY =
      "5.00 5.30 5.70 5.40 6.10 6.60 6.30 7.10 7.60 8.20 7.80 7.90 7.40 6.90 6.40 5.90 5.30 4.80";

  /** One picture and the file it is in. */
  record Drawn(String file, TrailingPicture picture) {
    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Drawn> pictures() {
    return Stream.of(
        drawn(
            "break-even",
            "break-even: {activation: 10%}",
            new BreakEven(Percent.of(10), Percent.of(0)),
            WAY),
        drawn(
            "trailing-stop",
            "trailing-stop: {keep: 75%}",
            new TrailingStop(Percent.of(75)),
            "5.00 5.30 5.70 5.60 6.10 6.60 6.30 7.10 7.60 8.20 7.80 7.90 7.40 6.90 6.40 5.90"),
        drawn(
            "trailing-percent",
            "trailing-percent: {distance: 15%, activation: 20%}",
            new TrailingPercent(Percent.of(15), Percent.of(20)),
            WAY),
        drawn(
            "trailing-percent-then",
            "trailing-percent: 20%, then 5% from +40%",
            new TrailingPercent(
                Percent.of(20),
                Percent.of(0),
                List.of(new TrailingPercent.Tighter(Percent.of(40), Percent.of(5)))),
            "5.00 5.30 5.70 5.40 6.10 6.60 6.30 6.90 6.70 7.30 7.60 8.20 7.90 7.60 6.90 6.40"),
        drawn(
            "trailing-amount",
            "trailing-amount: {distance: 0.75}",
            new TrailingAmount(Price.parse("0.75"), Percent.of(0)),
            WAY),
        drawn(
            "trailing-ladder",
            "trailing-ladder: 70% from +20%, 80% from +40%, 85% from +60%",
            new TrailingLadder(
                List.of(
                    new TrailingLadder.Step(Percent.of(20), Percent.of(70)),
                    new TrailingLadder.Step(Percent.of(40), Percent.of(80)),
                    new TrailingLadder.Step(Percent.of(60), Percent.of(85)))),
            WAY));
  }

  private static Drawn drawn(String file, String title, ExitRule rule, String path) {
    return new Drawn(
        file + ".svg",
        new TrailingPicture(
            title, rule, Arrays.stream(path.split(" ")).map(Price::parse).toList()));
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void thePictureIsWhatTheCodeDraws(Drawn drawn) throws IOException {
    Path file = FOLDER.resolve(drawn.file());
    if ("write".equals(System.getProperty("pictures"))) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, drawn.picture().svg());
    }
    assertThat(Files.readString(file)).isEqualTo(drawn.picture().svg());
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void everyPictureShowsALevelAndAnExit(Drawn drawn) {
    assertThat(drawn.picture().svg()).contains(">level<", "exits at");
  }

  @Test
  void aTrailingStopExitsWhereAQuarterOfTheBestGainIsGone() {
    Drawn trailing =
        pictures().filter(it -> it.file().equals("trailing-stop.svg")).findFirst().orElseThrow();
    // peak 8.20: 5.00 + 75% of 3.20 is 7.40
    assertThat(trailing.picture().svg()).contains("exits at 7.40");
  }
}
