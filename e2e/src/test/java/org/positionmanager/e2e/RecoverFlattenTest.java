package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.ledger.FlattenRequests;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.worker.FlattenStarts;
import org.positionmanager.workflows.flatten.FlattenRequest;
import org.positionmanager.workflows.flatten.FlattenState;
import org.positionmanager.workflows.flatten.FlattenWorkflow;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;

/** A flatten that was under way when Temporal's database was lost goes on, and none that ended. */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecoverFlattenTest {
  private static final AccountName LARGE = new AccountName("large");
  private static final AccountName TINY = new AccountName("tiny");
  private static Desk desk;
  private static Intake intake;

  @BeforeAll
  static void openTheDesk() throws Exception {
    desk =
        aDesk()
            .withAccounts("large", "tiny")
            .withPrice("WMT", "128")
            .withPrice("DE", "622")
            .withPrice("F", "12")
            .start();
    intake = desk.intake();
    // steady prices: a rule that closes by itself would not be the flatten's work
    desk.broker().pricesAre(Map.of("WMT", "128", "DE", "622", "F", "12"));
  }

  @AfterAll
  static void closeTheDesk() throws Exception {
    intake.close();
    desk.close();
  }

  @Test
  @Order(1)
  @DisplayName(
      "pm recover begins a flatten again that was under way, once, and none that had ended")
  void aFlattenThatWasUnderWayIsBegunAgain() throws Exception {
    PositionId over = opened(TINY, "F");
    assertThat(desk.pm("flatten", "--account", "tiny", "--confirm", "tiny").exitCode()).isZero();
    List<PositionId> ids = List.of(opened(LARGE, "WMT"), opened(LARGE, "DE"));
    FlattenRequest asked = flattenedHalfWay(LARGE, ids);
    desk.killWorker();
    desk.engine().lose();
    desk.engine().restart();

    CommandRun dry = desk.pm("recover", "--dry-run", "--json");
    assertThat(dry.exitCode()).as(dry.toString()).isEqualTo(1);
    assertThat(flattens(dry, "large")).containsExactly(asked.id());
    assertThat(isRunning(LARGE)).isFalse();
    CommandRun first = desk.pm("recover", "--within", "PT1S", "--json");
    assertThat(flattens(first, "large")).as(first.toString()).containsExactly(asked.id());
    assertThat(flattens(first, "tiny")).as("it had ended").isEmpty();
    assertThat(first.err()).contains("large: the flatten that ann asked for (news) is begun again");
    CommandRun second = desk.pm("recover", "--within", "PT1S", "--json");
    assertThat(flattens(second, "large")).as("it runs").isEmpty();
    assertThat(isRunning(TINY)).isFalse();

    desk.startWorker();
    desk.broker().holdFills("large", false);

    assertIsFlat(LARGE, asked, ids);
    assertThat(desk.broker().exitsOf(over)).hasSize(1);
    CommandRun last = desk.pm("recover", "--json");
    assertThat(last.exitCode()).as(last.toString()).isZero();
    assertThat(flattens(last, "large")).as("it has ended").isEmpty();
    assertThat(desk.pm("resume-intake", "--account", "large").exitCode()).isZero();
    assertThat(desk.pm("resume-intake", "--account", "tiny").exitCode()).isZero();
  }

  @Test
  @Order(2)
  @DisplayName("a worker that runs begins a flatten again by itself, but not one stopped by hand")
  void aWorkerThatRunsBeginsItAgain() throws Exception {
    List<PositionId> ids = List.of(opened(TINY, "WMT"), opened(TINY, "DE"));
    FlattenRequest asked = flattenedHalfWay(TINY, ids);
    FlattenRequest stopped = flattenedHalfWay(LARGE, List.of(opened(LARGE, "F")));
    desk.client().newUntypedWorkflowStub(FlattenWorkflow.id(LARGE)).terminate("by hand");
    FlattenRequests requests = new FlattenRequests(desk.ledger());
    desk.await(
        "that it was stopped to be noted",
        () -> requests.pending(LARGE),
        all -> all.stream().allMatch(FlattenRequests.Pending::stopped));
    desk.engine().lose();
    desk.engine().restart();
    desk.broker().holdFills("tiny", false);

    desk.await("the flatten to be begun again", () -> isRunning(TINY), running -> running);
    assertIsFlat(TINY, asked, ids);
    assertThat(isRunning(LARGE)).isFalse();
    CommandRun run = desk.pm("recover", "--json");
    assertThat(flattens(run, "large")).as(run.toString()).containsExactly(stopped.id());
    desk.broker().holdFills("large", false);
    assertIsFlat(LARGE, stopped, List.of());
  }

  @Test
  @Order(3)
  @DisplayName(
      "a flatten asked for after one was stopped by hand is begun again alone, and ends both where it is of as much")
  void whatIsAskedForAfterOneWasStoppedIsBegunAgain() throws Exception {
    assertThat(desk.pm("resume-intake", "--account", "large").exitCode()).isZero();
    List<PositionId> ids = List.of(opened(LARGE, "WMT"), opened(LARGE, "DE"));
    FlattenRequest stopped = flattenedHalfWay(LARGE, ids);
    desk.client().newUntypedWorkflowStub(FlattenWorkflow.id(LARGE)).terminate("by hand");
    FlattenRequests requests = new FlattenRequests(desk.ledger());
    desk.await(
        "that it was stopped to be noted",
        () -> requests.pending(LARGE),
        all -> all.stream().allMatch(FlattenRequests.Pending::stopped));
    FlattenRequest anew = flattenedHalfWay(LARGE, ids);
    desk.await(
        "it to be kept",
        () -> requests.pending(LARGE),
        all -> all.stream().anyMatch(it -> it.request().equals(anew)));
    desk.engine().lose();
    desk.engine().restart();
    desk.broker().holdFills("large", false);

    desk.await("the flatten to be begun again", () -> isRunning(LARGE), running -> running);
    assertIsFlat(LARGE, anew, ids);
    assertThat(requests.pending(LARGE)).doesNotContain(new FlattenRequests.Pending(stopped, true));
  }

  @Test
  @Order(4)
  @DisplayName("an account whose flattens cannot be read keeps no other's from being begun again")
  void oneAccountsFailureKeepsNoOtherFromItsFlatten() throws Exception {
    assertThat(desk.pm("resume-intake", "--account", "tiny").exitCode()).isZero();
    List<PositionId> ids = List.of(opened(TINY, "WMT"));
    FlattenRequest asked = flattenedHalfWay(TINY, ids);
    desk.killWorker();
    desk.engine().lose();
    desk.engine().restart();
    desk.execute(
        """
        insert into pm.flattens (account, request, who, reason, strategy)
        values ('large', 'r-of-later', 'ann', 'news', 'OF_A_LATER_VERSION')
        """);

    CommandRun run = desk.pm("recover", "--within", "PT1S", "--json");
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
    assertThat(run.err()).contains("large: its flattens cannot be begun again: ");
    assertThat(Recovering.account(run, "large").path("flattenFailure").asText())
        .contains("OF_A_LATER_VERSION");
    assertThat(flattens(run, "tiny")).containsExactly(asked.id());

    desk.startWorker();
    desk.broker().holdFills("tiny", false);
    assertIsFlat(TINY, asked, ids);
  }

  private static PositionId opened(AccountName account, String symbol) throws Exception {
    PositionId id = desk.opens(account.value(), symbol, 4);
    desk.awaitPhase(id, Phase.PROTECTED);
    return id;
  }

  /** Its exits are at the broker and do not fill. */
  private static FlattenRequest flattenedHalfWay(AccountName account, List<PositionId> ids)
      throws Exception {
    desk.broker().holdFills(account.value(), true);
    FlattenRequest asked =
        new FlattenRequest("r-" + UUID.randomUUID(), "ann", "news", Optional.empty());
    FlattenStarts.ask(desk.client(), account, asked);
    for (PositionId id : ids) {
      desk.await("an exit of " + id, () -> desk.broker().exitsOf(id), it -> it.size() == 1);
    }
    return asked;
  }

  private static void assertIsFlat(AccountName account, FlattenRequest asked, List<PositionId> ids)
      throws Exception {
    FlattenState end =
        desk.client()
            .newUntypedWorkflowStub(FlattenWorkflow.id(account))
            .getResult(FlattenState.class);
    assertThat(end.isFlat()).isTrue();
    assertThat(end.requests()).containsExactly(asked);
    assertThat(new FlattenRequests(desk.ledger()).pending(account)).isEmpty();
    for (PositionId id : ids) {
      assertThat(desk.broker().exitsOf(id)).as("exit orders of " + id).hasSize(1);
      assertThat(desk.historyRowsOf(id)).isOne();
      assertThat(desk.reasonOf(id)).contains("MANUAL");
    }
  }

  private static boolean isRunning(AccountName account) {
    try {
      return desk.client()
          .newUntypedWorkflowStub(FlattenWorkflow.id(account))
          .describe()
          .getStatus()
          .name()
          .endsWith("RUNNING");
    } catch (WorkflowNotFoundException gone) {
      return false;
    }
  }

  private static List<String> flattens(CommandRun run, String account) throws Exception {
    List<String> ids = new ArrayList<>();
    for (JsonNode request : Recovering.account(run, account).path("flattens")) {
      ids.add(request.path("id").asText());
    }
    return ids;
  }
}
