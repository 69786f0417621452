package org.positionmanager.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.worker.engine.DevServer;
import org.positionmanager.worker.engine.Engine;
import org.positionmanager.worker.engine.EngineFinder;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.sync.AccountSyncWorkflow;

/** An account's schedule on the real server. */
@Timeout(180)
class SyncScheduleTest {
  private static final AccountName LARGE = new AccountName("large");
  private static final AccountName TINY = new AccountName("tiny");
  @TempDir private Path folder;

  private static Duration every(ScheduleHandle handle) {
    ScheduleDescription now = handle.describe();
    return now.getSchedule().getSpec().getIntervals().getFirst().getEvery();
  }

  private static ScheduleSpec spec(WorkflowServiceStubs stubs, AccountName account) {
    return ScheduleClient.newInstance(stubs)
        .getHandle(AccountSyncWorkflow.id(account))
        .describe()
        .getSchedule()
        .getSpec();
  }

  @Test
  void aScheduleThatIsThereFollowsTheConfigurationAndStaysPaused() throws Exception {
    Path binary = new EngineFinder(System.getenv(), line -> {}).binary();
    try (Engine engine =
        DevServer.start(binary, folder.resolve("temporal.db"), DevServer.Ports.free())) {
      WorkflowServiceStubs stubs = engine.connect(Duration.ofSeconds(60));
      try {
        WorkflowClient client = engine.client(stubs, "test");
        SyncSchedule schedule = new SyncSchedule(client, LARGE);
        ScheduleHandle handle =
            ScheduleClient.newInstance(stubs).getHandle(AccountSyncWorkflow.id(LARGE));

        schedule.ensure(Duration.ofMinutes(5));
        assertThat(every(handle)).isEqualTo(Duration.ofMinutes(5));
        handle.pause("a person looks");

        new SyncSchedule(client, TINY).ensure(Duration.ofMinutes(5));
        assertThat(spec(stubs, LARGE).getJitter()).isEqualTo(Duration.ofSeconds(15));
        assertThat(spec(stubs, LARGE).getIntervals().getFirst().getOffset())
            .as("accounts are compared one after the other")
            .isNotEqualTo(spec(stubs, TINY).getIntervals().getFirst().getOffset());
        assertThat(new SyncSchedule(client, TINY).remove()).isTrue();

        schedule.ensure(Duration.ofMinutes(7));
        assertThat(every(handle)).isEqualTo(Duration.ofMinutes(7));
        assertThat(handle.describe().getSchedule().getState().isPaused()).isTrue();

        assertThat(schedule.removeUnlessPaused()).as("a person looks").isFalse();
        handle.unpause();
        assertThat(schedule.removeUnlessPaused()).isTrue();
        assertThat(schedule.removeUnlessPaused()).as("gone already").isFalse();

        schedule.ensure(Duration.ofMinutes(7));
        assertThat(schedule.remove()).isTrue();
        assertThat(schedule.remove()).isFalse();
      } finally {
        stubs.shutdownNow();
      }
    }
  }
}
