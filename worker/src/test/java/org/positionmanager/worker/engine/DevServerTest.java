package org.positionmanager.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.worker.process.FreePort;
import org.positionmanager.worker.process.JavaProgram;
import org.positionmanager.worker.process.ManagedProcess;
import org.positionmanager.worker.process.StrayProcess;

/** The real dev server: what it remembers, how it is started, and with whom it ends. */
@Timeout(180)
class DevServerTest {
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final Duration GONE_WITHIN = Duration.ofSeconds(15);

  /** Where a SQLite file says in which journal mode it is; 2 is WAL. */
  private static final int JOURNAL_MODE_AT = 18;

  private static Path binary;
  @TempDir private Path folder;

  @BeforeAll
  static void findTemporal() throws IOException {
    binary = new EngineFinder(System.getenv(), line -> {}).binary();
  }

  @Test
  void aServerOnAFileRemembersAfterItWasStoppedAndAfterItWasKilled() throws Exception {
    try (Engine engine = start()) {
      WorkflowServiceStubs stubs = engine.connect(WITHIN);
      for (String id : List.of("w-1", "w-2")) {
        engine
            .client(stubs, "test")
            .newUntypedWorkflowStub(
                "Waiting",
                WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue("none").build())
            .start();
      }
      stubs.shutdownNow();
    }
    try (Engine engine = start()) {
      assertThat(typeOf(engine, "w-1")).isEqualTo("Waiting");
      ((ManagedProcess) engine.owned()).kill();
    }
    try (Engine engine = start()) {
      assertThat(typeOf(engine, "w-2")).isEqualTo("Waiting");
    }
  }

  @Test
  void itRunsInWalModeWithEagerActivitiesAndAllSearchAttributes() throws Exception {
    try (Engine engine = start()) {
      assertThat(journalModeOf(file())).isEqualTo(2);
      List<String> arguments = arguments((ManagedProcess) engine.owned());
      assertThat(arguments)
          .containsSequence("--sqlite-pragma", "journal_mode=wal")
          .containsSequence("--sqlite-pragma", "synchronous=full")
          .containsSequence("--dynamic-config-value", "system.enableActivityEagerExecution=true")
          .containsSequence(
              "--dynamic-config-value", "system.forceSearchAttributesCacheRefreshOnRead=false")
          .containsSequence("--dynamic-config-value", "history.timerProcessorMaxTimeShift=\"10ms\"")
          .containsSequence(
              "--dynamic-config-value", "history.timerProcessorUpdateAckInterval=\"1s\"")
          .containsSequence("--dynamic-config-value", "history.queueReaderStuckCriticalAttempts=0")
          .containsSequence("--db-filename", file().toString());
      assertThat(engine.ensureSearchAttributes(WITHIN)).isEmpty();
      assertThat(engine.uiUrl()).hasValueSatisfying(url -> assertThat(url).startsWith("http"));
    }
  }

  @Test
  void theComposeFilesEngineHasTheSameSettings() throws Exception {
    assertThat(Files.readAllLines(Path.of("..", "docker-compose.yml")))
        .map(line -> line.strip().replaceFirst("^- --dynamic-config-value=", ""))
        .containsAll(DevServer.SETTINGS);
  }

  @Test
  void twoOwnersOnOneFileAreRefusedInOneClearLine() throws Exception {
    try (Engine engine = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(IOException.class)
          .hasMessage(
              file()
                  + " is in use by another process; stop that one or give another folder by --data");
      assertThatThrownBy(this::owner).hasMessageContaining(file() + " is in use by another");
      engine.connect(WITHIN).shutdownNow();
    }
    start().close();
  }

  @Test
  void theServerOfAKilledOwnerIsGoneWithinSeconds() throws Exception {
    ManagedProcess owner = owner();
    StrayProcess server = serversOnTheFile().getFirst();
    kill(owner);
    await("the dev server to end after its owner was killed")
        .atMost(GONE_WITHIN)
        .until(() -> serversOnTheFile().isEmpty());
    assertThat(ProcessHandle.of(server.pid()).filter(StrayProcess::runs)).isEmpty();
    start().close();
  }

  @Test
  void aServerThatEvenItsGuardLeftBehindIsStoppedByTheNextOwner() throws Exception {
    ManagedProcess owner = owner();
    List<StrayProcess> all = serversOnTheFile();
    StrayProcess server =
        all.stream()
            .filter(it -> arguments(it.pid()).getFirst().equals("server"))
            .findFirst()
            .orElseThrow();
    for (StrayProcess guard : all) {
      if (guard.pid() != server.pid()) {
        ProcessHandle.of(guard.pid()).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
    kill(owner);
    assertThat(serversOnTheFile()).extracting(StrayProcess::pid).containsExactly(server.pid());
    try (Engine engine = start()) {
      assertThat(ProcessHandle.of(server.pid()).filter(StrayProcess::runs)).isEmpty();
      engine.connect(WITHIN).shutdownNow();
    }
  }

  @Test
  void aServerThatDoesNotComeUpIsToldWithItsWordsAndLeavesTheFileFree() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      DevServer.Ports ports = new DevServer.Ports(taken.getLocalPort(), FreePort.any());
      assertThatThrownBy(() -> DevServer.start(binary, file(), ports))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Temporal did not come up")
          .hasMessageContaining("" + taken.getLocalPort());
    }
    start().close();
  }

  @Test
  void aTakenPortIsAvoided() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(FreePort.preferring(taken.getLocalPort())).isNotEqualTo(taken.getLocalPort());
    }
  }

  private Path file() {
    return folder.resolve("temporal.db");
  }

  private Engine start() throws IOException {
    return DevServer.start(binary, file(), new DevServer.Ports(FreePort.any(), FreePort.any()));
  }

  private ManagedProcess owner() throws IOException {
    return ManagedProcess.startUntil(
        JavaProgram.of(
            "owner",
            DevServerOwner.class.getName(),
            List.of(binary.toString(), file().toString()),
            Map.of(),
            folder.resolve("owner.log")),
        line -> line.startsWith("up "),
        WITHIN,
        line -> {});
  }

  /** Only the owner: what it started has to notice by itself. */
  private static void kill(ManagedProcess owner) {
    ProcessHandle.of(owner.pid()).orElseThrow().destroyForcibly();
    await("the owner to be gone").atMost(GONE_WITHIN).until(() -> !owner.isAlive());
  }

  private List<StrayProcess> serversOnTheFile() {
    return StrayProcess.with("start-dev", file().toString());
  }

  private static List<String> arguments(ManagedProcess process) {
    return arguments(process.pid());
  }

  private static List<String> arguments(long pid) {
    return List.of(
        ProcessHandle.of(pid)
            .flatMap(process -> process.info().arguments())
            .orElse(new String[] {"gone"}));
  }

  private static String typeOf(Engine engine, String id) {
    WorkflowServiceStubs stubs = engine.connect(WITHIN);
    WorkflowStub known = engine.client(stubs, "test").newUntypedWorkflowStub(id);
    String type = known.describe().getWorkflowType();
    stubs.shutdownNow();
    return type;
  }

  private static int journalModeOf(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer version = ByteBuffer.allocate(1);
      channel.read(version, JOURNAL_MODE_AT);
      assertThat(Files.exists(file.resolveSibling(file.getFileName() + "-wal"))).isTrue();
      return version.get(0);
    }
  }
}
