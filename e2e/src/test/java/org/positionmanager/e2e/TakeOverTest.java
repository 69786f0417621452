package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.worker.process.ManagedProcess;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.PositionOutcome;
import org.positionmanager.workflows.watch.AccountWatchWorkflow;
import org.positionmanager.workflows.watch.AccountWatchWorkflowImpl;

/** Several workers and one watch, which changes hands; and the engine, away or hung. */
@Timeout(300)
@TestMethodOrder(OrderAnnotation.class)
class TakeOverTest {
  /** With room for a loaded machine; how fast it is the benchmarks tell. */
  private static final Duration GENEROUS = Duration.ofSeconds(15);

  private static final List<ManagedProcess> workers = new ArrayList<>();
  private static Desk desk;
  private static Intake intake;
  private static Watched watched;

  @BeforeAll
  static void openTheDesk() throws Exception {
    desk = aDesk().withAccounts("large").withPrice(Watched.CONTRACT, "4.80").start();
    intake = desk.intake();
    watched = new Watched(desk);
    workers.add(desk.worker());
  }

  @AfterAll
  static void closeTheDesk() throws Exception {
    intake.close();
    desk.close();
  }

  /** Each test begins with two workers, whatever the one before did to them. */
  @BeforeEach
  void twoWorkers() throws IOException {
    while (alive().size() < 2) {
      startAnother();
    }
  }

  private static List<ManagedProcess> alive() {
    return workers.stream().filter(ManagedProcess::isAlive).toList();
  }

  private static ManagedProcess startAnother() throws IOException {
    return startAnother(Map.of());
  }

  private static ManagedProcess startAnother(Map<String, String> environment) throws IOException {
    workers.add(desk.programs().startAnotherWorker(environment));
    return workers.getLast();
  }

  private static ManagedProcess holder() throws Exception {
    for (ManagedProcess worker : alive()) {
      if (watched.isHeldBy(worker.pid())) {
        return worker;
      }
    }
    throw new AssertionError("held by none of the workers: " + watched.holder());
  }

  private static void awaitHeldByAnother(ManagedProcess holder) {
    desk.await(
        "a worker other than " + holder.pid() + " to hold the watch",
        () -> watched.holder().isPresent() && !watched.isHeldBy(holder.pid()),
        it -> it);
  }

  private static void told(String what, Instant from) {
    System.out.printf("%s: %d ms%n", what, Duration.between(from, Instant.now()).toMillis());
  }

  @Test
  @Order(1)
  @DisplayName("incident 18: a killed worker's watch is taken over, and the breach is not missed")
  void aKilledWorkersWatchIsTakenOver() throws Exception {
    PositionId id = watched.opened();
    ManagedProcess holder = holder();
    Instant killed = Instant.now();
    holder.kill();
    watched.breach();
    awaitHeldByAnother(holder);
    told("holder killed, another holds the watch", killed);
    watched.awaitExit(id);
    told("holder killed, its successor's order is at the broker", killed);
    assertThat(Duration.between(killed, Instant.now())).isLessThan(GENEROUS);
    watched.awaitClosedByOneOrder(id);
  }

  @Test
  @Order(2)
  @DisplayName("a worker that stops in order hands its watch over without a heartbeat being missed")
  void aWorkerThatStopsHandsItsWatchOver() throws Exception {
    PositionId id = watched.opened();
    ManagedProcess holder = holder();
    Instant stopped = Instant.now();
    CompletableFuture<Void> ended = CompletableFuture.runAsync(holder::close);
    awaitHeldByAnother(holder);
    told("holder stopped in order, another holds the watch", stopped);
    Failure why = watchActivity().getLastFailure();
    assertThat(why.hasApplicationFailureInfo()).as("given up by its holder: " + why).isTrue();
    assertThat(why.hasTimeoutFailureInfo()).as("a heartbeat was missed: " + why).isFalse();
    watched.breach();
    watched.awaitExit(id);
    ended.join();
    watched.awaitClosedByOneOrder(id);
  }

  private static PendingActivityInfo watchActivity() {
    WorkflowClient client = desk.client();
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setExecution(
                    WorkflowExecution.newBuilder()
                        .setWorkflowId(AccountWatchWorkflow.id(new AccountName("large"))))
                .build())
        .getPendingActivities(0);
  }

  @Test
  @Order(3)
  @DisplayName(
      "incident 13: a frozen worker that goes on after another took over sends nothing twice")
  void aFrozenWorkerThatGoesOnSendsNothingTwice() throws Exception {
    PositionId id = watched.opened();
    ManagedProcess holder = holder();
    long frozen = holder.pid();
    Watched.signal("STOP", frozen);
    try {
      awaitHeldByAnother(holder);
      watched.breach();
      watched.awaitExit(id);
    } finally {
      Watched.signal("CONT", frozen);
    }
    watched.awaitClosedByOneOrder(id);
  }

  @Test
  @Order(4)
  @DisplayName("a holder that is cut off from the engine and its successor make one order")
  void aHolderThatIsCutOffAndItsSuccessorMakeOneOrder() throws Exception {
    try (BreakableLink link = new BreakableLink(desk.engine().port())) {
      List<ManagedProcess> near = alive();
      ManagedProcess remote = startAnother(Map.of("TEMPORAL_ADDRESS", "127.0.0.1:" + link.port()));
      near.forEach(ManagedProcess::close);
      watched.awaitHeldBy(remote.pid());
      PositionId id = watched.opened();
      ManagedProcess successor = startAnother();
      Instant cut = Instant.now();
      link.down();
      watched.awaitHeldBy(successor.pid());
      told("holder cut off from the engine, another holds the watch", cut);
      watched.breach();
      watched.awaitExit(id);
      watched.awaitClosedByOneOrder(id);
      assertThat(remote.isAlive()).isTrue();
      link.mend();
      remote.close();
    }
  }

  @Test
  @Order(5)
  @DisplayName("incident 9: a breach 15 s after the engine's death is acted on, and told later")
  void aBreachLongAfterTheEnginesDeathIsActedOn() throws Exception {
    PositionId id = watched.opened();
    Instant killed = Instant.now();
    desk.engine().kill();
    Awaitility.await("five heartbeat timeouts without the engine")
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                Duration.between(killed, Instant.now())
                        .compareTo(AccountWatchWorkflowImpl.HEARTBEAT_TIMEOUT.multipliedBy(5))
                    >= 0);
    watched.breach();
    watched.awaitExit(id);
    desk.engine().restart();
    assertHeardAndClosed(id);
  }

  /** The workflow goes by what the watch told it, and ends with what the order was filled at. */
  private static void assertHeardAndClosed(PositionId id) throws Exception {
    watched.awaitClosedByOneOrder(id);
    assertThat(watched.record(id).toString()).contains("the watch: trailing stop");
    PositionOutcome outcome =
        WorkflowStub.fromTyped(desk.position(id)).getResult(PositionOutcome.class);
    assertThat(outcome.averageExit()).isEqualTo(watched.record(id).averageExit());
  }

  @Test
  @Order(6)
  @DisplayName("incident 18: a breach while the engine hangs is acted on, and told when it goes on")
  void aBreachWhileTheEngineHangsIsActedOn() throws Exception {
    PositionId id = watched.opened();
    long engine = desk.engine().process();
    Watched.signal("STOP", engine);
    try {
      watched.breach();
      watched.awaitExit(id);
    } finally {
      Watched.signal("CONT", engine);
    }
    assertHeardAndClosed(id);
  }

  @Test
  @Order(7)
  void nothingIsPolledWhileTheMarketIsClosed() throws Exception {
    PositionId id = watched.opened();
    alive().forEach(ManagedProcess::kill);
    Instant evening = Instant.parse("2026-02-11T23:00:00Z");
    desk.broker().advance(Duration.between(desk.broker().now(), evening));
    desk.broker().runsAt(600);
    watched.awaitHeldBy(startAnother().pid());
    Instant end = desk.broker().now().plus(Duration.ofHours(3));
    long before = desk.broker().requestsAfter(0).getLast().path("sequence").asLong();
    desk.await("three hours of closed market", () -> desk.broker().now(), end::isBefore);
    Map<String, Long> byPath =
        desk.broker().requestsAfter(before).stream()
            .collect(Collectors.groupingBy(it -> it.path("path").asText(), Collectors.counting()));
    System.out.println("requests in three hours of closed market: " + byPath);
    long prices =
        byPath.entrySet().stream()
            .filter(it -> it.getKey().matches(".*/(quotes|trades|bars)(/.*)?"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    assertThat(prices)
        .as("reads of prices in 18 s; a review that was due before the jump may look once")
        .isLessThanOrEqualTo(1);
    assertThat(byPath.values().stream().mapToLong(it -> it).sum())
        .as("requests of any kind")
        .isLessThan(10);
    assertThat(desk.broker().exitsOf(id)).isEmpty();
  }
}
