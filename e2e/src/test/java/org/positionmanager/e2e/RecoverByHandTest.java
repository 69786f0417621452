package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.RemoveSearchAttributesRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.workflows.identity.PositionId;

/** What one workflow or one attribute lacks comes back, whatever is wrong with another. */
@Timeout(240)
class RecoverByHandTest {
  private static final List<String> SYMBOLS = List.of("DE", "GE", "KO", "HD");
  private static Desk desk;
  private static Intake intake;
  private static QuotedMarket market;
  private static Recovering recovering;
  private static final List<PositionId> opened = new ArrayList<>();

  @BeforeAll
  static void openTheDesk() throws Exception {
    DeskBuilder described = aDesk().withAccounts("large", "tiny");
    for (String symbol : SYMBOLS) {
      // below what is quoted: bars of times at which it was not tell of no better price
      described = described.withPrice(symbol, "95");
    }
    desk = described.start();
    recovering = new Recovering(desk);
    market =
        QuotedMarket.of(
            desk.broker(), SYMBOLS.stream().collect(Collectors.toMap(it -> it, it -> "100")));
    intake = desk.intake();
    for (String symbol : SYMBOLS) {
      opened.add(desk.opens("large", symbol, 10));
    }
    recovering.awaitCovered(SYMBOLS.size());
  }

  @AfterAll
  static void closeTheDesk() throws Exception {
    try (Desk all = desk;
        QuotedMarket quoted = market;
        Intake taking = intake) {
      // each is closed whatever becomes of the others
    }
  }

  @Test
  @DisplayName("a workflow that was terminated by hand is back, whatever is wrong with another row")
  void aTerminatedWorkflowIsBack() throws Exception {
    PositionId terminated = opened.get(0);
    PositionId unreadable = opened.get(1);
    Map<String, String> before = recovering.running();
    for (PositionId id : List.of(terminated, unreadable)) {
      desk.client().newUntypedWorkflowStub(id.workflowId()).terminate("a test");
    }
    String terms = "update pm.positions set terms = terms || '{\"strategy\": \"%s\"}'";
    String only = " where execution_id = '" + unreadable.execution() + "'";
    desk.execute(terms.formatted("NONSENSE") + only);

    CommandRun dry = desk.pm("recover", "--dry-run", "--account", "large");
    assertThat(dry.exitCode()).as(dry.toString()).isEqualTo(1);
    assertThat(dry.out()).contains("to restart", terminated + "", "would be started", "refused: ");
    assertThat(desk.reader().positions(false)).hasSize(opened.size());

    CommandRun first = desk.pm("recover", "--within", "PT1S", "--json");
    assertThat(first.exitCode()).as(first.toString()).isEqualTo(1);
    JsonNode large = Recovering.account(first, "large").path("recovered");
    assertThat(large.path("lost")).as(first.toString()).hasSize(1);
    assertThat(large.path("lost").get(0).path("position").asText()).isEqualTo(terminated + "");
    assertThat(large.path("lost").get(0).path("was").asText()).isEqualTo("BROKEN");
    assertThat(large.path("lost").get(0).path("done").asText()).isEqualTo("STARTED");
    assertThat(large.path("refused")).hasSize(1);
    assertThat(large.path("refused").get(0).path("position").asText()).isEqualTo(unreadable + "");

    desk.execute(terms.formatted("SWING_TRADE") + only);
    CommandRun second = desk.pm("recover");
    assertThat(second.exitCode()).as(second.toString()).isZero();
    assertThat(second.out()).contains(unreadable + "", "BROKEN", "started", "all");
    recovering.awaitRunning(Recovering.workflows(opened));
    Map<String, String> after = recovering.running();
    assertThat(after.entrySet().stream().filter(it -> !before.containsValue(it.getValue())))
        .as("begun anew")
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder(terminated.workflowId(), unreadable.workflowId());

    CommandRun again = desk.pm("recover");
    assertThat(again.exitCode()).as(again.toString()).isZero();
    assertThat(again.out()).contains("nothing to do: every open position has its workflow");
    assertThat(recovering.running()).isEqualTo(after);
    assertThat(recovering.sales()).isEmpty();
  }

  @Test
  @DisplayName("what is open in an account that was taken out of use is begun anew, too")
  void anAccountOutOfUseIsRecovered() throws Exception {
    PositionId id = opened.getLast();
    assertThat(desk.pm("accounts", "deactivate", "large").exitCode()).isZero();
    desk.client().newUntypedWorkflowStub(id.workflowId()).terminate("a test");

    CommandRun run = desk.pm("recover", "--account", "large");

    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(run.out()).contains(id.toString(), "started", "out of use");
    recovering.awaitRunning(Recovering.workflows(opened));
    assertThat(desk.pm("recover", "--account", "large").out()).contains("nothing to do");
    assertThat(desk.pm("accounts", "activate", "large").exitCode()).isZero();
  }

  @Test
  @DisplayName("a worker that runs gives an engine the search attributes again that it lost")
  void searchAttributesComeBack() throws Exception {
    OperatorServiceStubs operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setChannel(desk.client().getWorkflowServiceStubs().getRawChannel())
                .validateAndBuildWithDefaults());
    String namespace = desk.client().getOptions().getNamespace();
    operator
        .blockingStub()
        .removeSearchAttributes(
            RemoveSearchAttributesRequest.newBuilder()
                .setNamespace(namespace)
                .addSearchAttributes("Strategy")
                .build());
    Callable<Set<String>> known =
        () ->
            operator
                .blockingStub()
                .listSearchAttributes(
                    ListSearchAttributesRequest.newBuilder().setNamespace(namespace).build())
                .getCustomAttributesMap()
                .keySet();
    assertThat(known.call()).as("forgotten").doesNotContain("Strategy");
    desk.await("it to be registered again", known, it -> it.contains("Strategy"));
    operator.shutdownNow();
  }
}
