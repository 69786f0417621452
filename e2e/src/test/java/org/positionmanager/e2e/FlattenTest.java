package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.ledger.DeskReader;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.worker.FlattenStarts;
import org.positionmanager.worker.process.ManagedProcess;
import org.positionmanager.workflows.flatten.CloseReply;
import org.positionmanager.workflows.flatten.FlattenRequest;
import org.positionmanager.workflows.flatten.FlattenState;
import org.positionmanager.workflows.flatten.FlattenWorkflow;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;

/** Accounts are flattened by command: everything is closed once, and nothing comes in meanwhile. */
@Timeout(240)
class FlattenTest {
  private static final String NOW_PUT = "NOW260220P00110000";

  private static Desk desk;
  private static Intake intake;

  @BeforeAll
  static void openTheDesk() throws Exception {
    desk =
        aDesk()
            .withAccounts("large", "tiny", "third", "fourth")
            .withPrice(NOW_PUT, "4.80")
            .withPrice("WMT", "128")
            .withPrice("DE", "622")
            .withPrice("GE", "180")
            .withPrice("F", "12")
            .start();
    intake = desk.intake();
    // steady prices: a rule that closes by itself would not be the flatten's work
    desk.broker()
        .pricesAre(Map.of(NOW_PUT, "4.80", "WMT", "128", "DE", "622", "GE", "180", "F", "12"));
  }

  @AfterAll
  static void closeTheDesk() throws Exception {
    intake.close();
    desk.close();
  }

  private static List<PositionId> opened(String account, Map<String, Integer> quantities)
      throws Exception {
    List<PositionId> ids = new ArrayList<>();
    for (Map.Entry<String, Integer> it : quantities.entrySet()) {
      ids.add(desk.opens(account, it.getKey(), it.getValue()));
    }
    for (PositionId id : ids) {
      desk.awaitPhase(id, Phase.PROTECTED);
    }
    assertThat(desk.reader().positions(true).stream().filter(row -> ids.contains(row.id())))
        .as("all of them open")
        .extracting(LedgerReader.Row::phase)
        .containsOnly(Phase.PROTECTED);
    return ids;
  }

  private static Map<String, Integer> some() {
    Map<String, Integer> quantities = new LinkedHashMap<>();
    quantities.put(NOW_PUT, 10);
    quantities.put("WMT", 5);
    quantities.put("DE", 3);
    quantities.put("F", 40);
    return quantities;
  }

  /** Every order of the account that sold something, whoever sent it. */
  private static List<JsonNode> sales(String account, String symbol) throws Exception {
    return desk.broker().ordersOf(account, Optional.of(symbol)).stream()
        .filter(order -> order.path("side").asText().equals("sell"))
        .toList();
  }

  private static void assertClosedOnce(List<PositionId> ids) throws Exception {
    for (PositionId id : ids) {
      assertThat(desk.broker().exitsOf(id)).as("exit orders of " + id).hasSize(1);
      assertThat(sales(id.account().value(), id.instrument().symbol()))
          .as("orders that sold " + id.instrument())
          .hasSize(1);
      assertThat(desk.broker().held(id.account().value(), id.instrument().symbol()))
          .as("held of " + id.instrument())
          .isEqualTo("0");
      assertThat(desk.historyRowsOf(id)).isOne();
    }
  }

  private static String holdingsOf(String account) throws Exception {
    return desk.broker().state().path("accounts").path(account).path("positions").toString();
  }

  @Test
  @DisplayName("pm flatten closes each position once, takes nothing in meanwhile, and resumes")
  void allIsClosedOnceAndTheIntakeWaits() throws Exception {
    List<PositionId> ids = opened("large", some());
    desk.broker().buys("large", "GE", 7);

    CommandRun unconfirmed = desk.pm("flatten", "--account", "large");
    assertThat(unconfirmed.exitCode()).isEqualTo(2);
    assertThat(unconfirmed.err()).contains("--confirm is missing", "--confirm large");
    CommandRun mistaken = desk.pm("flatten", "--account", "large", "--confirm", "tiny");
    assertThat(mistaken.exitCode()).isEqualTo(2);
    assertThat(mistaken.err()).contains("'tiny' is not the account 'large'; nothing is flattened");
    assertThat(desk.broker().held("large", "WMT")).isEqualTo("5");

    CommandRun run = desk.pm("flatten", "--account", "large", "--confirm", "large", "--by", "ann");
    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(ids.stream().map(desk::reasonOf))
        .as("why they were closed")
        .containsOnly(Optional.of("MANUAL"));
    assertThat(run.out())
        .contains(
            "large: " + NOW_PUT + " CLOSED",
            "large: WMT CLOSED",
            "large: GE CLOSED",
            "large: flat: 5 positions closed");
    assertClosedOnce(ids);
    assertThat(sales("large", "GE")).as("what nobody watched").hasSize(1);
    assertThat(holdingsOf("large")).isIn("{}", "[]");

    assertThat(desk.pm("accounts").out()).contains("halted since", "by ann: flatten:");
    PositionId late = desk.opens("large", "F", 9);
    String reason =
        desk.await(
            "the row to wait",
            () ->
                new DeskReader(desk.ledger())
                    .quarantined(50).stream()
                        .filter(it -> it.executionId().equals(late.execution().toString()))
                        .map(DeskReader.Quarantined::reason)
                        .findFirst()
                        .orElse(""),
            text -> !text.isEmpty());
    assertThat(reason).contains("account large is halted", "pm resume-intake --account large");
    assertThat(desk.reader().positions(true)).noneMatch(row -> row.id().equals(late));

    CommandRun resumed = desk.pm("resume-intake", "--account", "large", "--json");
    assertThat(resumed.json().path("changed").asBoolean()).as(resumed.toString()).isTrue();
    desk.awaitPhase(late, Phase.PROTECTED);
    assertThat(desk.pm("flatten", "--account", "large", "--confirm", "large").exitCode()).isZero();
    assertClosedOnce(List.of(ids.getFirst()));
    assertThat(desk.broker().exitsOf(late)).hasSize(1);
    assertThat(holdingsOf("large")).isIn("{}", "[]");
    desk.pm("resume-intake", "--account", "large");
  }

  @Test
  @DisplayName("a worker killed in the middle of a flatten: still one order for each position")
  void aWorkerKilledInTheMiddleClosesNothingTwice() throws Exception {
    List<PositionId> ids = opened("tiny", some());
    Broker.Barrier barrier = desk.broker().barrier("barrier-after", "POST", "/v2/orders");
    AccountName tiny = new AccountName("tiny");
    FlattenStarts.ask(
        desk.client(),
        tiny,
        new FlattenRequest("r-" + UUID.randomUUID(), "ann", "test", Optional.empty()));
    desk.await("an exit to reach the barrier", barrier::isReached, reached -> reached);
    desk.killWorker();
    barrier.release(false);
    desk.startWorker();

    FlattenState end =
        desk.client()
            .newUntypedWorkflowStub(FlattenWorkflow.id(tiny))
            .getResult(FlattenState.class);
    assertThat(end.acknowledged())
        .extracting(it -> it.reply().status())
        .containsOnly(CloseReply.Status.CLOSED)
        .hasSize(ids.size());
    assertClosedOnce(ids);
    assertThat(holdingsOf("tiny")).isIn("{}", "[]");
  }

  @Test
  @DisplayName("a halt by hand is idempotent, refuses to be lifted during a flatten, and is told")
  void aHaltByHand() throws Exception {
    assertThat(desk.pm("halt", "--account", "third").exitCode()).as("no reason").isEqualTo(2);
    assertThat(desk.pm("halt", "--account", "nobody", "--reason", "x").exitCode()).isEqualTo(2);
    CommandRun first = desk.pm("halt", "--account", "third", "--reason", "news", "--by", "ann");
    assertThat(first.out()).contains("intake of third halted since", "by ann: news");
    JsonNode again = desk.pm("halt", "--account", "third", "--reason", "other", "--json").json();
    assertThat(again.path("changed").asBoolean()).isFalse();
    assertThat(again.path("entry").path("reason").asText()).isEqualTo("news");
    assertThat(desk.pm("doctor").out()).contains("intake of third", "by ann: news");
    CommandRun opened = desk.pm("open", "third", "F", "--holding");
    assertThat(opened.exitCode()).as(opened.toString()).isEqualTo(1);
    assertThat(opened.err())
        .contains("account third is halted since", "pm resume-intake --account third");

    AccountName third = new AccountName("third");
    desk.broker().buys("third", "F", 3);
    desk.broker().holdFills("third", true);
    ManagedProcess pm =
        desk.programs()
            .startPm(
                line -> line.contains("holdings that nobody watches"),
                "flatten",
                "--account",
                "third",
                "--confirm",
                "third");
    ProcessHandle.of(pm.pid()).orElseThrow().destroy();
    desk.await("the command to end", pm::lastLines, it -> it.contains("goes on by itself"));
    CommandRun refused = desk.pm("resume-intake", "--account", "third");
    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(1);
    assertThat(refused.err()).contains("account third is being flattened");
    desk.broker().holdFills("third", false);
    WorkflowStub flatten = desk.client().newUntypedWorkflowStub(FlattenWorkflow.id(third));
    assertThat(flatten.getResult(FlattenState.class).isFlat()).isTrue();
    assertThat(sales("third", "F")).as("closed once").hasSize(1);

    assertThat(desk.pm("resume-intake", "--account", "third").out()).contains("resumed at");
    assertThat(desk.pm("resume-intake", "--account", "third").out()).contains("was not halted");
    LedgerReader.Row adopted =
        desk.reader().positions(true).stream()
            .filter(row -> row.id().account().equals(third))
            .findFirst()
            .orElseThrow();
    assertThat(adopted.phase()).isEqualTo(Phase.CLOSED);
  }

  @Test
  @DisplayName("--all-accounts asks for each account by its name")
  void allAccountsAreAskedFor() throws Exception {
    CommandRun nobody = desk.pm("flatten", "--all-accounts");
    assertThat(nobody.exitCode()).as(nobody.toString()).isEqualTo(2);
    assertThat(nobody.err()).contains("nobody answers for fourth", "Nothing is flattened");

    List<PositionId> ids = opened("fourth", Map.of("F", 4));
    CommandRun one =
        desk.programs().pmTyping("fourth\nno\n\nyes\n", "flatten", "--all-accounts", "--json");
    assertThat(one.exitCode()).as(one.toString()).isZero();
    assertThat(one.err()).contains("left alone: large", "left alone: third", "left alone: tiny");
    assertThat(one.json()).hasSize(1);
    assertThat(one.json().path(0).path("account").asText()).isEqualTo("fourth");
    assertThat(one.json().path(0).path("step").asText()).isEqualTo("FLAT");
    assertClosedOnce(ids);
  }
}
