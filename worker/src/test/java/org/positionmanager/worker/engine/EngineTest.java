package org.positionmanager.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.worker.process.FreePort;

/** The real dev server, and where it is looked for. */
@Timeout(120)
class EngineTest {
  @TempDir private Path folder;

  @Test
  void aServerOnAFileRemembersAfterItWasStopped() throws Exception {
    Path binary = new EngineFinder(System.getenv(), line -> {}).binary();
    Path file = folder.resolve("temporal.db");
    try (Engine engine = DevServer.start(binary, file, DevServer.Ports.free())) {
      WorkflowServiceStubs stubs = engine.connect(Duration.ofSeconds(10));
      engine
          .client(stubs, "test")
          .newUntypedWorkflowStub(
              "Waiting",
              WorkflowOptions.newBuilder().setWorkflowId("w-1").setTaskQueue("none").build())
          .start();
      stubs.shutdownNow();
    }
    try (Engine engine = DevServer.start(binary, file, DevServer.Ports.free())) {
      WorkflowServiceStubs stubs = engine.connect(Duration.ofSeconds(10));
      WorkflowStub known = engine.client(stubs, "test").newUntypedWorkflowStub("w-1");
      assertThat(known.describe().getWorkflowType()).isEqualTo("Waiting");
      stubs.shutdownNow();
    }
  }

  @Test
  void aTakenPortIsAvoided() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(FreePort.preferring(taken.getLocalPort())).isNotEqualTo(taken.getLocalPort());
    }
  }
}
