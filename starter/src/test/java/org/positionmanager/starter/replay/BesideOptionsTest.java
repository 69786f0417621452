package org.positionmanager.starter.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.starter.PmRun;
import org.positionmanager.workflows.json.Payloads;

/** What rules need besides the instrument's quotes, as a person gives it. */
class BesideOptionsTest {
  private static final String PLANS =
      """
      plans:
        under: {instrument: option, rules: {underlying-stop: {price: 112}, stop: -95%}}
        ranged: {instrument: option, rules: {stop: -2 atr(2), target: 4 atr(2)}}
        small:
          instrument: option
          rules:
            stop: -95%
            overnight-check:
              stages: [{before-close: 60m, failures: 1}]
              min-dte: 3
              min-gain: 10%
              max-share: 5%
        shares: {instrument: stock, rules: {stop: -2%}}
      choose: [{plan: under}, {plan: shares}]
      """;

  @TempDir private Path folder;

  private String file(String name, String... lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n").toString();
  }

  /** Ten puts at 5.00; the quote is 6.00 an hour before the close. */
  private PmRun replay(String plan, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "replay",
                file(
                    "put.csv",
                    "t,bp,ap",
                    "2026-02-11T10:00:00-05:00,4.99,5.01",
                    "2026-02-11T10:05:00-05:00,5.00,5.02",
                    "2026-02-11T15:01:00-05:00,5.99,6.01"),
                "--instrument",
                "NOW260320P00110000",
                "--qty",
                "10",
                "--no-plot",
                "--width",
                "160",
                "--plans",
                file("plans.yaml", PLANS),
                "--plan",
                plan));
    arguments.addAll(List.of(more));
    PmRun run = PmRun.of(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  @Test
  @DisplayName("what a rule needs and nobody gave is told once, with the option to give it")
  void wants() throws IOException {
    assertThat(replay("under").out())
        .containsOnlyOnce(
            "not judged: underlying stop of plan under, which needs quotes of the underlying; give"
                + " --underlying FILE");
    assertThat(replay("ranged").out())
        .contains(
            "not judged: stop, target of plan ranged, which need the average true range; give"
                + " --daily FILE or --atr PRICE");
    assertThat(replay("small").out())
        .contains(
            "not judged: overnight check of plan small, which needs the account's equity; give"
                + " --equity AMOUNT");
    JsonNode plan =
        Payloads.mapper().readTree(replay("under", "--json").out()).path("plans").get(0);
    assertThat(plan.path("wants").get(0).path("give").asText()).isEqualTo("--underlying FILE");
  }

  @Test
  @DisplayName("quotes and bars of the underlying are judged as they come")
  void underlying() throws IOException {
    String quotes =
        file(
            "now.csv",
            "t,bp,ap",
            "2026-02-11T09:58:00-05:00,120,120.02",
            "2026-02-11T10:00:30-05:00,111,111.02",
            "2026-02-11T10:02:00-05:00,112,112.02");
    assertThat(replay("under", "--underlying", quotes, "--explain").out())
        .containsPattern("under +\\| 10:02:00 +\\| underlying stop +\\| +10 \\| +4.99")
        .contains("(underlying 112.01)")
        .doesNotContain("not judged");
    String bars =
        file(
            "now-bars.csv",
            "t,o,h,l,c",
            "2026-02-11T10:00:00-05:00,111,111.5,110,111",
            "2026-02-11T10:05:00-05:00,111,113,110,111");
    assertThat(replay("under", "--underlying", bars).out())
        .as("a put's worse is the high, and it comes first")
        .containsPattern("under +\\| 10:06:40 +\\| underlying stop");
  }

  @Test
  @DisplayName("an average true range is said, or made of the daily bars before the entry")
  void ranges() throws IOException {
    String daily =
        file(
            "daily.csv",
            "t,o,h,l,c",
            "2026-02-06T05:00:00Z,5,5.2,4.8,5",
            "2026-02-09T05:00:00Z,5,5.2,5,5.1",
            "2026-02-10T05:00:00Z,5.1,5.2,5,5.1",
            "2026-02-11T05:00:00Z,5.1,9,1,5.1");
    String byBars = replay("ranged", "--daily", daily, "--explain").out();
    assertThat(byBars).containsPattern("stop +\\| HELD +\\| +4.6 ").doesNotContain("not judged");
    assertThat(byBars).containsPattern("ranged +\\| 15:01:00 +\\| target +\\| +10 \\| +5.99");
    assertThat(replay("ranged", "--atr", "0.20", "--explain").out()).isEqualTo(byBars);
  }

  @Test
  @DisplayName("too few daily bars before the entry are refused")
  void tooFewBars() throws IOException {
    String daily = file("daily.csv", "t,o,h,l,c", "2026-02-10T05:00:00Z,5.1,5.2,5,5.1");
    PmRun run =
        PmRun.of(
            "replay",
            file("put.csv", "t,bp,ap", "2026-02-11T10:00:00-05:00,4.99,5.01"),
            "--instrument",
            "NOW260320P00110000",
            "--plans",
            file("plans.yaml", PLANS),
            "--plan",
            "ranged",
            "--daily",
            daily);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "--daily: an average true range over 2 days needs 3 daily bars before 2026-02-11");
  }

  @Test
  @DisplayName("a position that is too large for the equity is closed before the night")
  void equity() throws IOException {
    assertThat(replay("small", "--equity", "100,000").out())
        .containsPattern("small +\\| 15:01:00 +\\| overnight check");
    assertThat(replay("small", "--equity", "120000").out())
        .contains("still open")
        .doesNotContain("not judged");
  }

  @Test
  @DisplayName("trades stand in for quotes that are unusable for too long")
  void trades() throws IOException {
    String path =
        file(
            "put2.csv",
            "t,bp,ap",
            "2026-02-11T10:00:00-05:00,4.99,5.01",
            "2026-02-11T10:01:00-05:00,0.10,19",
            "2026-02-11T10:06:00-05:00,0.10,19");
    List<String> arguments =
        List.of(
            "replay",
            path,
            "--instrument",
            "NOW260320P00110000",
            "--no-plot",
            "--explain",
            "--width",
            "160",
            "--plans",
            file("plans.yaml", PLANS),
            "--plan",
            "ranged",
            "--atr",
            "0.20");
    assertThat(PmRun.of(arguments.toArray(String[]::new)).out())
        .contains("not judged: stop of plan ranged, which needs trades while quotes were unusable");
    List<String> more = new ArrayList<>(arguments);
    more.addAll(List.of("--trades", file("trades.csv", "t,p", "2026-02-11T10:02:00-05:00,4.55")));
    assertThat(PmRun.of(more.toArray(String[]::new)).out())
        .containsPattern("10:03:00 +\\| +- \\| stop +\\| FIRED +\\| +4.6 .*\\(4.55\\)")
        .doesNotContain("not judged");
  }

  @Test
  @DisplayName("bad rows of a second file are told as those of the path")
  void badRows() throws IOException {
    String quotes = file("now.csv", "t,bp,ap", "2026-02-11T10:00:30-05:00,x,111.02");
    PmRun run =
        PmRun.of(
            "replay",
            file("put.csv", "t,bp,ap", "2026-02-11T10:00:00-05:00,4.99,5.01"),
            "--instrument",
            "NOW260320P00110000",
            "--underlying",
            quotes);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--underlying: " + quotes + " has 1 bad row", "line 2, bp");
  }
}
