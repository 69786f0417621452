package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.ledger.PostgresAlerts;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.position.PositionWorkflow;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;

/** A workflow of one account that somebody put on the task queue of another. */
class WrongAccountTest {
  private static final AccountName LARGE = new AccountName("large");
  private static final AccountName TINY = new AccountName("tiny");

  private static Desk desk;

  @BeforeAll
  static void openTheDesk() throws Exception {
    desk = aDesk().withAccounts("large", "tiny").withPrice("DE", "400").start();
  }

  @AfterAll
  static void closeTheDesk() throws Exception {
    desk.close();
  }

  private static List<AlertRecord> alerts() {
    return new PostgresAlerts(desk.ledger())
        .open().stream().filter(it -> it.kind() == AlertKind.WRONG_ACCOUNT).toList();
  }

  @Test
  @DisplayName("incident 8: work of another account is refused, told, and reaches no broker")
  void workOfAnotherAccountIsRefusedAndTold() throws Exception {
    desk.broker().buys("tiny", "DE", 5);
    desk.broker().buys("large", "DE", 5);
    int before = desk.broker().ordersOf("large", Optional.empty()).size();
    PositionId id = new PositionId(TINY, Instrument.parse("DE"), UUID.randomUUID());
    EntryTerms terms =
        EntryTerms.of(Strategy.SWING_TRADE, Direction.LONG, Quantity.of(5), desk.broker().now());
    PositionWorkflow misplaced =
        desk.client()
            .newWorkflowStub(
                PositionWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(id.workflowId())
                    .setTaskQueue(LARGE.taskQueue())
                    .build());
    WorkflowClient.start(misplaced::manage, PositionState.announced(id, terms));

    List<AlertRecord> told =
        desk.await("an alert", WrongAccountTest::alerts, alerts -> !alerts.isEmpty());

    assertThat(told)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.account()).contains(LARGE);
              assertThat(alert.message())
                  .contains(id.toString())
                  .contains("came to the worker of account large")
                  .contains("task queue account-large");
            });
    assertThat(desk.broker().ordersOf("large", Optional.empty())).hasSize(before);
    assertThat(desk.broker().held("large", "DE")).isEqualTo("5");
    assertThat(desk.broker().held("tiny", "DE")).isEqualTo("5");
    assertThat(desk.reader().positions(true)).noneMatch(row -> row.id().equals(id));
  }
}
