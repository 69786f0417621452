package org.positionmanager.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.worker.engine.KeptServer.Answer;
import org.positionmanager.worker.process.ManagedProcess;

/** A server of our own is begun again where it has ended, or refuses everything. */
@Timeout(180)
class KeptServerTest {
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final Duration EACH = Duration.ofMillis(5);

  @TempDir private Path folder;

  private final AtomicLong now = new AtomicLong();
  private final List<ManagedProcess> started = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicLong asked = new AtomicLong();
  private volatile Answer answer = Answer.ANSWERS;

  private ManagedProcess launch() throws IOException {
    ManagedProcess process =
        ManagedProcess.start(
            new ManagedProcess.Command(
                "server", List.of("cat"), Map.of(), folder.resolve("server.log"), true),
            line -> {});
    started.add(process);
    return process;
  }

  private KeptServer kept() throws IOException {
    return new KeptServer(
        this::launch,
        () -> {
          asked.incrementAndGet();
          return answer;
        },
        EACH,
        now::get,
        told::add,
        () -> closed.set(true));
  }

  private void awaitAsked(int more) {
    long before = asked.get();
    await().alias("asked " + more + " times more").until(() -> asked.get() >= before + more);
  }

  @Test
  @DisplayName("one that refuses everything is begun again after a while, and not before")
  void oneThatRefusesEverythingIsBegunAgain() throws Exception {
    try (KeptServer kept = kept()) {
      answer = Answer.REFUSES;
      awaitAsked(3);
      now.addAndGet(KeptServer.REFUSES_FOR.toNanos() - 1);
      awaitAsked(3);
      assertThat(started).hasSize(1);
      now.addAndGet(1);
      await().alias("another process").until(() -> started.size() == 2);
      assertThat(started.getFirst().isAlive()).isFalse();
      await().alias("its process").until(() -> kept.process() == started.getLast());
      assertThat(told).singleElement().asString().contains("refused everything for 15 s");
      answer = Answer.ANSWERS;
    }
    assertThat(started).allMatch(process -> !process.isAlive());
    assertThat(closed).isTrue();
  }

  @Test
  @DisplayName("one that answers in between is left alone, and one that is slow is given time")
  void oneThatAnswersInBetweenIsLeftAlone() throws Exception {
    try (KeptServer kept = kept()) {
      answer = Answer.REFUSES;
      awaitAsked(3);
      answer = Answer.ANSWERS;
      awaitAsked(3);
      now.addAndGet(KeptServer.REFUSES_FOR.toNanos());
      answer = Answer.SILENT;
      awaitAsked(3);
      now.addAndGet(KeptServer.SILENT_FOR.toNanos() - 1);
      awaitAsked(3);
      assertThat(started).hasSize(1);
      now.addAndGet(1);
      await().alias("another process").until(() -> started.size() == 2);
      assertThat(kept.process().isAlive()).isTrue();
    }
  }

  @Test
  @DisplayName("the real one, killed, is back at its address with what it remembers")
  void theRealOneIsBackWithWhatItRemembers() throws Exception {
    EngineFinder finder = new EngineFinder(Map.copyOf(System.getenv()), told::add);
    try (Engine engine = finder.own(folder.resolve("temporal.db"))) {
      WorkflowServiceStubs stubs = engine.connect(WITHIN);
      var client = engine.client(stubs, "test");
      client
          .newUntypedWorkflowStub(
              "Waiting",
              WorkflowOptions.newBuilder().setWorkflowId("w-1").setTaskQueue("none").build())
          .start();
      ManagedProcess first = engine.process().orElseThrow();
      first.kill();
      await()
          .atMost(WITHIN)
          .alias("another process")
          .until(() -> engine.process().orElseThrow().isAlive());
      assertThat(client.newUntypedWorkflowStub("w-1").describe().getWorkflowType())
          .isEqualTo("Waiting");
      assertThat(told).anyMatch(line -> line.contains("has ended by itself"));
      stubs.shutdownNow();
    }
  }
}
