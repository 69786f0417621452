package org.positionmanager.worker.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.AddSearchAttributesResponse;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesResponse;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.worker.process.FreePort;
import org.positionmanager.worker.process.ManagedProcess;

/** Search attributes on a server that somebody else set up. */
@Timeout(120)
class SearchAttributesTest {
  private static final Duration WITHIN = Duration.ofSeconds(20);
  private static final Duration UP_WITHIN = Duration.ofSeconds(40);

  @TempDir private static Path folder;
  private ManagedProcess server;
  private Engine engine;

  @BeforeEach
  void startAServerThatKnowsNone() throws Exception {
    start();
  }

  @AfterEach
  void stopIt() {
    server.kill();
  }

  @Test
  void missingOnesAreRegisteredOnceAndCanBeUsed() throws Exception {
    assertThat(engine.ensureSearchAttributes(WITHIN))
        .containsExactlyElementsOf(DevServer.SEARCH_ATTRIBUTES);
    assertThat(engine.ensureSearchAttributes(WITHIN)).isEmpty();
    WorkflowServiceStubs stubs = engine.connect(WITHIN);
    WorkflowClient client = engine.client(stubs, "test");
    start(client, "w-1");
    await("the workflow to be found by its account")
        .atMost(WITHIN)
        .untilAsserted(
            () ->
                assertThat(client.listExecutions("Account = 'large'"))
                    .singleElement()
                    .satisfies(
                        found ->
                            assertThat(found.getExecution().getWorkflowId()).isEqualTo("w-1")));
    stubs.shutdownNow();
  }

  @Test
  void onlyTheMissingOnesAreRegistered() {
    registerKeywords("Account", "Symbol");
    assertThat(engine.ensureSearchAttributes(WITHIN))
        .containsExactly("Strategy", "PositionState", "ExitReason", "Instrument");
    assertThat(engine.ensureSearchAttributes(WITHIN)).isEmpty();
  }

  @Test
  void workersThatStartAtOnceDoNotDisturbEachOther() throws Exception {
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<List<String>> ensure = () -> engine.ensureSearchAttributes(WITHIN);
      List<Future<List<String>>> all = workers.invokeAll(List.of(ensure, ensure, ensure, ensure));
      for (Future<List<String>> one : all) {
        one.get();
      }
    }
    assertThat(engine.ensureSearchAttributes(WITHIN)).isEmpty();
  }

  @Test
  void whereTheServerHasNoRoomTheMissingOnesAndTheCommandAreNamed() {
    // A server on SQL has room for ten keywords.
    registerKeywords(IntStream.range(0, 8).mapToObj(i -> "Other" + i).toArray(String[]::new));
    assertThatThrownBy(() -> engine.ensureSearchAttributes(Duration.ofSeconds(2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "search attributes Strategy, PositionState, ExitReason, Instrument are missing")
        .hasMessageEndingWith(
            "run `for name in Strategy PositionState ExitReason Instrument; do temporal operator search-attribute create --address %s --namespace default --type Keyword --name $name; done`"
                .formatted(engine.address()))
        .hasMessageNotContaining("\n");
  }

  @Test
  void whereTheServerForbidsItNothingIsTriedAgain() throws Exception {
    Server forbidding =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(new Forbidding())
            .build()
            .start();
    Engine forbidden = EngineFinder.at("127.0.0.1:" + forbidding.getPort());
    try {
      assertThatThrownBy(() -> forbidden.ensureSearchAttributes(Duration.ofMinutes(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("(PERMISSION_DENIED: not with this key)")
          .hasMessageContaining("--address " + forbidden.address())
          .hasMessageNotContaining("\n");
    } finally {
      forbidding.shutdownNow();
    }
  }

  @Test
  void whereTheyCannotEvenBeReadNothingIsClaimedAboutThem() {
    Engine nowhere = EngineFinder.at("127.0.0.1:" + FreePort.any());
    assertThatThrownBy(() -> nowhere.ensureSearchAttributes(Duration.ofMillis(300)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "the search attributes of namespace default cannot be read (UNAVAIL")
        .hasMessageContaining(
            "`temporal operator search-attribute list --address " + nowhere.address())
        .hasMessageNotContaining("\n");
  }

  @Test
  void anotherTypeUnderTheNameIsTold() {
    register("Symbol", "Int");
    assertThatThrownBy(() -> engine.ensureSearchAttributes(WITHIN))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("search attribute Symbol in namespace default is of type INT")
        .hasMessageContaining("has to be Keyword")
        .hasMessageNotContaining("\n");
  }

  private void start() throws Exception {
    int port = FreePort.any();
    server =
        ManagedProcess.start(
            new ManagedProcess.Command(
                "temporal",
                List.of(
                    binary(),
                    "server",
                    "start-dev",
                    "--headless",
                    "--log-level",
                    "error",
                    "--ip",
                    "127.0.0.1",
                    "--port",
                    "" + port),
                Map.of(),
                folder.resolve("temporal.log"),
                false),
            line -> {});
    engine = EngineFinder.at("127.0.0.1:" + port);
    engine.connect(UP_WITHIN).shutdownNow();
  }

  private void registerKeywords(String... names) {
    for (String name : names) {
      register(name, "Keyword");
    }
  }

  /** Runs the very command that the messages name. */
  private void register(String name, String type) {
    List<String> line =
        List.of(
            binary(),
            "operator",
            "search-attribute",
            "create",
            "--address",
            engine.address(),
            "--type",
            type,
            "--name",
            name);
    await("the command to register " + name)
        .atMost(UP_WITHIN)
        .untilAsserted(
            () -> {
              Process command = new ProcessBuilder(line).redirectErrorStream(true).start();
              String said = new String(command.getInputStream().readAllBytes(), UTF_8);
              assertThat(command.waitFor()).as(said).isZero();
            });
  }

  private static String binary() {
    try {
      return new EngineFinder(System.getenv(), line -> {}).binary().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void start(WorkflowClient client, String id) {
    client
        .newUntypedWorkflowStub(
            "Waiting",
            WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue("none")
                .setTypedSearchAttributes(
                    io.temporal.common.SearchAttributes.newBuilder()
                        .set(SearchAttributeKey.forKeyword("Account"), "large")
                        .build())
                .build())
        .start();
  }

  private static final class Forbidding extends OperatorServiceGrpc.OperatorServiceImplBase {
    @Override
    public void listSearchAttributes(
        ListSearchAttributesRequest request,
        StreamObserver<ListSearchAttributesResponse> response) {
      response.onNext(ListSearchAttributesResponse.getDefaultInstance());
      response.onCompleted();
    }

    @Override
    public void addSearchAttributes(
        AddSearchAttributesRequest request, StreamObserver<AddSearchAttributesResponse> response) {
      response.onError(
          Status.PERMISSION_DENIED.withDescription("not with this key").asRuntimeException());
    }
  }
}
