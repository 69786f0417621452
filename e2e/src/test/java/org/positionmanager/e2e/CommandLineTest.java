package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.worker.BuildId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;

/** The command line as a person or a script uses it: a process, its output and its exit code. */
@Timeout(180)
class CommandLineTest {
  private static final String NOW_PUT = "NOW260220P00110000";

  private static Desk desk;
  private static Intake intake;

  @BeforeAll
  static void openTheDesk() throws Exception {
    desk =
        aDesk()
            .withAccounts("large", "tiny")
            .withPrice(NOW_PUT, "4.80")
            .withPrice("WMT", "128")
            .withPrice("DE", "622")
            .withPrice("F", "12")
            .start();
    // set, they stand still: a trailing stop must not close what a test is about to change
    desk.broker().pricesAre(Map.of(NOW_PUT, "4.80", "WMT", "128", "DE", "622", "F", "12"));
    intake = desk.intake();
  }

  @AfterAll
  static void closeTheDesk() throws Exception {
    intake.close();
    desk.close();
  }

  private static PositionId opened(String account, String symbol, int quantity) throws Exception {
    PositionId id = desk.opens(account, symbol, quantity);
    desk.awaitPhase(id, Phase.PROTECTED);
    return id;
  }

  private static String beginning(PositionId id) {
    return id.execution().toString().substring(0, 8);
  }

  private static void assertRefused(CommandRun run, int exitCode, String... says) {
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(exitCode);
    assertThat(run.err()).contains(says);
    assertThat(run.err().lines()).as("one line").hasSize(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  @DisplayName("a position is listed, told, adjusted, paused, resumed and closed by hand")
  void aPersonLooksAfterAPosition() throws Exception {
    PositionId id = opened("large", NOW_PUT, 10);
    String shortId = beginning(id);

    CommandRun list = desk.pm("positions", "--account", "large");
    assertThat(list.exitCode()).isZero();
    assertThat(list.out()).contains(shortId, NOW_PUT, "PROTECTED");

    CommandRun adjusted = desk.pm("adjust", shortId, "--stop", "3.60", "--target", "7.20");
    assertThat(adjusted.out()).as(adjusted.err()).contains("plan version 2 is in force");
    assertThat(desk.pm("pause", shortId, "--reason", "earnings").exitCode()).isZero();
    CommandRun story = desk.pm("position", shortId);
    assertThat(story.out())
        .contains(
            "LONG " + NOW_PUT + " in large",
            "plan version 2",
            "paused       earnings",
            "last answer of each rule",
            "timeline",
            "ADJUSTED");
    assertThat(story.out()).containsPattern("stop +\\| +3\\.6");
    assertThat(desk.pm("resume", shortId, "--json").json().path("paused").asBoolean()).isFalse();

    JsonNode answer = desk.pm("close", id.toString(), "--note", "less risk", "--json").json();
    assertThat(answer.path("phase").asText()).isEqualTo("CLOSED");
    CommandRun closed = desk.pm("position", shortId);
    assertThat(closed.exitCode()).isZero();
    assertThat(closed.out()).contains("CLOSED", "MANUAL", "less risk", "exits", "FILLED");
    JsonNode told = desk.pm("position", shortId, "--json").json().path("ledger");
    assertThat(told.path("phase").asText()).isEqualTo("CLOSED");
    assertThat(told.path("exits")).hasSize(1);
    assertRefused(desk.pm("close", shortId), 2, id + " is not open");
  }

  @Test
  @DisplayName("what a position refuses is told in one line with exit code 1")
  void refusalsAreTold() throws Exception {
    String shortId = beginning(opened("large", "DE", 10));
    assertRefused(desk.pm("close", shortId, "--qty", "11"), 1, "at most the 10 held");
    assertRefused(desk.pm("adjust", shortId, "--stop", "900"), 1, "stop 900");
  }

  @Test
  @DisplayName("bad input is told with the field and the fix, and exit code 2")
  void badInputIsTold() throws Exception {
    assertRefused(desk.pm("close", "zzzz"), 2, "no position has an id that begins with 'zzzz'");
    assertRefused(desk.pm("position", "large/DE/nonsense"), 2, "ID must be account/symbol");
    assertRefused(desk.pm("close", "x/y", "--qty", "1"), 2, "ID must be");
    assertRefused(desk.pm("open", "medium", "DE", "--holding"), 2, "ACCOUNT: 'medium' is not reg");
    assertRefused(desk.pm("open", "large", "d e", "--holding"), 2, "INSTRUMENT:");
    assertRefused(
        desk.pm("open", "large", NOW_PUT, "--holding", "--stop", "5"), 2, "--stop and --target");
    assertThat(desk.pm("close").exitCode()).isEqualTo(2);
    assertThat(desk.pm("clsoe").err()).contains("Did you mean: pm close");
  }

  @Test
  @DisplayName("an engine or a ledger that does not answer is exit code 3")
  void whatDoesNotAnswerIsTold() throws Exception {
    Map<String, String> noLedger = Map.of("DATABASE_URL", "postgres://a:secret@127.0.0.1:1/x");
    CommandRun unreachable = desk.pmWith(noLedger, "positions");
    assertRefused(unreachable, 3, "the ledger does not answer");
    assertThat(unreachable.err()).doesNotContain("secret");
    assertRefused(
        desk.pmWith(Map.of("TEMPORAL_ADDRESS", "127.0.0.1:1"), "accounts"), 3, "127.0.0.1:1");
    assertRefused(
        desk.pmWith(Map.of("DATABASE_URL", ""), "positions", "--data", "/none"),
        3,
        "set DATABASE_URL, or start `pm demo`");
  }

  @Test
  @DisplayName("a holding that no dispatcher recorded is looked after once it is opened by hand")
  void aHoldingIsAdopted() throws Exception {
    desk.broker().buys("tiny", "F", 20);
    JsonNode answer =
        desk.pm("open", "tiny", "F", "--holding", "--strategy", "stock", "--json").json();
    PositionId id = PositionId.parse(answer.path("position").asText());
    desk.awaitPhase(id, Phase.PROTECTED);
    assertThat(desk.position(id).state().held().toString()).isEqualTo("20");
    assertRefused(
        desk.pm("open", "tiny", "F", "--holding"),
        1,
        "F in tiny is looked after already",
        id.toString());
  }

  @Test
  @DisplayName(
      "an entry order that no dispatcher recorded is looked after, once, however often opened")
  void anEntryOrderIsLookedAfter() throws Exception {
    String order = desk.broker().buys("tiny", "WMT", 5);
    JsonNode answer =
        desk.pm(
                "open",
                "tiny",
                "WMT",
                "--order",
                order,
                "--strategy",
                "stock",
                "--stop",
                "120",
                "--json")
            .json();
    PositionId id = PositionId.parse(answer.path("position").asText());
    desk.awaitPhase(id, Phase.PROTECTED);
    assertRefused(desk.pm("open", "tiny", "WMT", "--order", order), 1, id.toString());
  }

  @Test
  @DisplayName("incident 24: which build serves an account is seen by name and commit")
  void theBuildIsSeen() throws Exception {
    JsonNode accounts = desk.pm("accounts", "--json").json();
    List<JsonNode> served =
        StreamSupport.stream(accounts.spliterator(), false)
            .filter(
                it -> List.of("large", "tiny").contains(it.path("account").path("name").asText()))
            .toList();
    assertThat(served).hasSize(2);
    for (JsonNode account : served) {
      assertThat(account.path("workers")).hasSize(1);
      assertThat(account.path("workers").get(0).asText()).endsWith("/" + BuildId.current());
    }
    assertThat(BuildId.current()).matches("\\d+\\.\\d+\\.\\d+.*\\+([0-9a-f]{7,}(-dirty)?|unknown)");
    CommandRun doctor = desk.pm("doctor", "--config", desk.folder().resolve("pm.yaml").toString());
    assertThat(doctor.exitCode()).as(doctor.toString()).isZero();
    assertThat(doctor.out()).contains(BuildId.current(), "search attributes", "worker of tiny");
  }

  @Test
  @DisplayName("every command has help with examples or exit codes")
  void everyCommandHelps() throws Exception {
    CommandRun help = desk.pm("--help");
    assertThat(help.out())
        .contains(
            "demo",
            "worker",
            "intake",
            "simulator",
            "open",
            "positions",
            "position",
            "close",
            "adjust",
            "pause",
            "resume",
            "plan",
            "replay",
            "accounts",
            "doctor");
    assertThat(desk.pm("demo", "--help").out()).contains("Examples:", "Exit codes:");
  }

  @Test
  @DisplayName("accounts are registered, named, shown and taken out of use")
  void accountsAreLookedAfter() throws Exception {
    assertThat(
            desk.pm(
                    "accounts",
                    "add",
                    "middle",
                    "--number",
                    "PA-middle",
                    "--tier",
                    "trial",
                    "--notes",
                    "new")
                .out())
        .contains("registered middle, broker account PA-middle");
    assertRefused(
        desk.pm("accounts", "add", "other", "--number", "PA-other", "--tier", "Big One"),
        2,
        "--tier: 'Big One' is no tier; use up to 30 lower case letters");
    assertRefused(
        desk.pm("accounts", "add", "other", "--number", "PA-middle"), 1, "as account middle");
    assertThat(desk.pm("accounts", "alias", "middle", "middle-10k", "mid").out())
        .contains("aliases of middle: mid, middle-10k");
    assertThat(desk.pm("accounts", "alias", "mid", "mid", "--remove").out())
        .contains("aliases of middle: middle-10k");
    assertRefused(desk.pm("accounts", "alias", "middle", "large"), 1, "of account large");
    assertThat(desk.pm("accounts", "deactivate", "middle-10k").out())
        .contains("middle is out of use");
    assertThat(desk.pm("accounts", "show", "middle").out())
        .contains("PA-middle", "middle-10k", "`pm accounts activate middle`", "new", "trial")
        .contains("not told yet; a worker that serves it tells them");
    assertThat(desk.pm("accounts", "activate", "middle").out()).contains("middle is in use");
    JsonNode shown = desk.pm("accounts", "show", "middle-10k", "--json").json();
    assertThat(shown.path("active").asBoolean()).isTrue();
    assertRefused(desk.pm("accounts", "show", "nobody"), 2, "'nobody' is not registered");
    // nobody serves it, which is told of while it is in use
    assertThat(desk.pm("accounts", "deactivate", "middle").exitCode()).isZero();
  }
}
