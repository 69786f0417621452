package org.positionmanager.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.positionmanager.worker.process.FreePort;

/** Engines of all kinds are used alike. */
@Timeout(120)
class EngineTest {
  private static final Duration WITHIN = Duration.ofSeconds(20);

  @TempDir private Path folder;

  /** The least that a workflow can do, with a timer in it. */
  @WorkflowInterface
  public interface Greeting {
    /** Says it back. */
    @WorkflowMethod
    String greet(String name);
  }

  /** Its implementation. */
  public static final class PoliteGreeting implements Greeting {
    @Override
    public String greet(String name) {
      Workflow.sleep(Duration.ofMillis(10));
      return "good day, " + name;
    }
  }

  @Test
  void inMemoryAWorkflowCompletesAndItIsSaidLoudlyThatNothingLasts() throws Exception {
    List<String> progress = new ArrayList<>();
    try (Engine engine = new EngineFinder(Map.of(), progress::add).inMemory()) {
      assertThat(progress)
          .containsExactly(
              "IN MEMORY: this engine is NOT durable, every position is forgotten at exit");
      assertThat(engine.description()).isEqualTo("in memory, NOT durable");
      assertThat(engine.address()).startsWith("127.0.0.1:");
      assertThat(engine.ensureSearchAttributes(WITHIN)).isEmpty();
      assertThat(greetingOn(engine)).isEqualTo("good day, desk");
    }
  }

  @Test
  void withNothingConfiguredAServerOnTheFileIsStartedAndUsed() throws Exception {
    List<String> progress = new ArrayList<>();
    Map<String, String> environment =
        Map.of("PATH", System.getenv("PATH"), "HOME", System.getenv("HOME"));
    try (Engine engine =
        new EngineFinder(environment, progress::add).find(folder.resolve("temporal.db"))) {
      assertThat(progress).last().asString().startsWith("starting Temporal (");
      assertThat(engine.description()).isEqualTo("dev server on " + folder.resolve("temporal.db"));
      assertThat(greetingOn(engine)).isEqualTo("good day, desk");
    }
  }

  @Test
  void aConfiguredServerComesFirstAndNothingIsStarted() throws IOException {
    List<String> progress = new ArrayList<>();
    Engine engine =
        new EngineFinder(Map.of("TEMPORAL_ADDRESS", "temporal.desk:7233"), progress::add)
            .find(folder.resolve("temporal.db"));
    assertThat(engine.address()).isEqualTo("temporal.desk:7233");
    assertThat(progress).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aServerThatDoesNotAnswerIsTold() {
    String nowhere = "127.0.0.1:" + FreePort.any();
    assertThatThrownBy(() -> EngineFinder.at(nowhere).connect(Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Temporal at " + nowhere + " does not answer")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"in memory", "http://temporal.desk:7233", "temporal.desk:port", "::"})
  void anAddressThatIsNoneIsTold(String address) {
    assertThatThrownBy(() -> EngineFinder.at(address).connect(Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Temporal at " + address + " does not answer")
        .hasMessageNotContaining("\n");
  }

  private static String greetingOn(Engine engine) {
    WorkflowServiceStubs stubs = engine.connect(WITHIN);
    WorkflowClient client = engine.client(stubs, "test");
    WorkerFactory factory = WorkerFactory.newInstance(client);
    factory.newWorker("greetings").registerWorkflowImplementationTypes(PoliteGreeting.class);
    factory.start();
    try {
      return client
          .newWorkflowStub(
              Greeting.class, WorkflowOptions.newBuilder().setTaskQueue("greetings").build())
          .greet("desk");
    } finally {
      factory.shutdownNow();
      stubs.shutdownNow();
    }
  }
}
