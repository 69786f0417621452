package org.positionmanager.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.worker.engine.DevServer;
import org.positionmanager.worker.engine.Engine;
import org.positionmanager.worker.engine.EngineFinder;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;

/** The lists of the real server, asked for once for all accounts. */
@Timeout(180)
class EngineListsTest {
  private static final AccountName LARGE = new AccountName("large");
  private static final AccountName TINY = new AccountName("tiny");
  @TempDir private Path folder;

  private final AtomicLong nanos = new AtomicLong();
  private Engine engine;
  private WorkflowServiceStubs stubs;
  private WorkflowClient client;
  private EngineLists lists;

  @BeforeEach
  void start() throws Exception {
    Path binary = new EngineFinder(System.getenv(), line -> {}).binary();
    engine = DevServer.start(binary, folder.resolve("temporal.db"), DevServer.Ports.free());
    stubs = engine.connect(Duration.ofSeconds(60));
    client = engine.client(stubs, "test");
    lists = new EngineLists(client, nanos::get);
    lists.join(LARGE);
    lists.join(TINY);
  }

  @AfterEach
  void stop() throws Exception {
    stubs.shutdownNow();
    engine.close();
  }

  private PositionId runs(AccountName account, int number) {
    PositionId id =
        PositionId.parse("%s/DE/00000000-0000-4000-8000-%012d".formatted(account, number));
    client
        .newUntypedWorkflowStub(
            "PositionWorkflow",
            WorkflowOptions.newBuilder()
                .setWorkflowId(id.workflowId())
                .setTaskQueue(account.taskQueue())
                .setTypedSearchAttributes(
                    SearchAttributes.newBuilder()
                        .set(SearchAttributeKey.forKeyword("Account"), account.value())
                        .build())
                .build())
        .start();
    return id;
  }

  private void timePasses() {
    nanos.addAndGet(EngineLists.FRESH.toNanos());
  }

  @Test
  @DisplayName("one list has the positions of all accounts, and each is told of its own")
  void oneListHasThePositionsOfAllAccounts() {
    PositionId first = runs(LARGE, 1);
    PositionId second = runs(TINY, 2);
    await()
        .alias("listed")
        .untilAsserted(
            () -> {
              timePasses();
              assertThat(lists.running(LARGE)).containsExactly(first);
              assertThat(lists.running(TINY)).containsExactly(second);
            });
    timePasses();
    assertThat(lists.running(LARGE)).containsExactly(first);
    PositionId third = runs(TINY, 3);
    await()
        .alias("known to the server's own list")
        .until(() -> EngineLists.positions(client, Set.of(TINY)).contains(third));
    assertThat(lists.running(TINY)).as("listed with the other account").containsExactly(second);
    timePasses();
    assertThat(lists.running(TINY)).containsExactlyInAnyOrder(second, third);
    assertThat(lists.running(LARGE)).containsExactly(first);
    lists.leave(TINY);
    timePasses();
    assertThat(lists.running(LARGE)).containsExactly(first);
    assertThat(lists.running(TINY)).as("not listed any more").isEmpty();
  }

  @Test
  void aScheduleIsListedUntilItIsRemoved() {
    SyncSchedule schedule = new SyncSchedule(client, LARGE);
    assertThat(lists.hasSchedule(LARGE)).isFalse();
    schedule.ensure(Duration.ofMinutes(5));
    await()
        .alias("listed")
        .until(
            () -> {
              timePasses();
              return lists.hasSchedule(LARGE);
            });
    assertThat(lists.hasSchedule(TINY)).isFalse();
    assertThat(schedule.remove()).isTrue();
    await()
        .alias("no longer listed")
        .until(
            () -> {
              timePasses();
              return !lists.hasSchedule(LARGE);
            });
  }
}
