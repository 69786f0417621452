package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.ledger.PositionRecords;
import org.positionmanager.activities.ledger.WatchLedger;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.worker.process.ManagedProcess;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.rules.WatchSight;

/** The live watch over real processes: who holds it, what it does while others are away. */
@Timeout(300)
class WatchTest {
  private static final String NOW_PUT = "NOW260220P00110000";

  private Desk desk;
  private Intake intake;
  private WatchLedger watch;

  @BeforeEach
  void openTheDesk() throws Exception {
    desk = aDesk().withAccounts("large").withPrice(NOW_PUT, "4.80").start();
    intake = desk.intake();
    watch = new WatchLedger(desk.ledger(), new AccountName("large"));
  }

  @AfterEach
  void closeTheDesk() throws Exception {
    intake.close();
    desk.close();
  }

  @Test
  @DisplayName("incident 20: the watch sends on the quote that breaches, and one order is made")
  void theWatchSendsOnTheQuoteThatBreaches() throws Exception {
    PositionId id = watched();
    breach();
    desk.awaitPhase(id, Phase.CLOSED);
    assertOneFilledExit(id);
    assertThat(story(id)).contains("the watch: trailing stop");
  }

  @Test
  @DisplayName("incident 18: a killed worker's watch is taken over, and the breach is not missed")
  void aKilledWorkersWatchIsTakenOver() throws Exception {
    PositionId id = watched();
    desk.startAnotherWorker();
    desk.killWorker();
    Instant killed = Instant.now();
    breach();
    awaitExit(id);
    assertThat(Duration.between(killed, Instant.now()))
        .as("from the kill to the order, with room for a loaded machine")
        .isLessThan(Duration.ofSeconds(20));
    desk.awaitPhase(id, Phase.CLOSED);
    assertOneFilledExit(id);
  }

  @Test
  @DisplayName(
      "incident 13: a frozen worker that goes on after another took over sends nothing twice")
  void aFrozenWorkerThatGoesOnSendsNothingTwice() throws Exception {
    PositionId id = watched();
    ManagedProcess another = desk.startAnotherWorker();
    long frozen = desk.workerProcess();
    signal("STOP", frozen);
    try {
      desk.await(
          "another worker to hold the watch",
          () -> holder(),
          holder -> holder.isPresent() && !holder.get().contains(Long.toString(frozen)));
      breach();
      awaitExit(id);
    } finally {
      signal("CONT", frozen);
    }
    desk.awaitPhase(id, Phase.CLOSED);
    assertOneFilledExit(id);
    assertThat(another.lastLines()).isNotNull();
  }

  @Test
  @DisplayName(
      "incident 9: a breach while the engine is away is acted on, and told when it is back")
  void aBreachWhileTheEngineIsAwayIsActedOn() throws Exception {
    PositionId id = watched();
    desk.killEngine();
    breach();
    awaitExit(id);
    desk.restartEngine();
    desk.awaitPhase(id, Phase.CLOSED);
    assertOneFilledExit(id);
  }

  @Test
  void aBreachWhileTheLedgerIsAwayIsActedOn() throws Exception {
    PositionId id = watched();
    desk.ledgerServer().kill();
    breach();
    awaitExit(id);
    desk.ledgerServer().restart();
    desk.awaitPhase(id, Phase.CLOSED);
    assertOneFilledExit(id);
  }

  @Test
  @DisplayName("incident 14: a breach while the streams are silent is found by polling")
  void aBreachWhileTheStreamsAreSilentIsFoundByPolling() throws Exception {
    PositionId id = watched();
    desk.broker().disturbsStreams(Map.of("kind", "silence", "stream", "/v1beta1/indicative"));
    breach();
    awaitExit(id);
    desk.awaitPhase(id, Phase.CLOSED);
    assertOneFilledExit(id);
  }

  /** Open, risen to 8.00, and watched by a fresh watch. */
  private PositionId watched() throws Exception {
    PositionId id = desk.opens("large", NOW_PUT, 10);
    desk.awaitPhase(id, Phase.PROTECTED);
    desk.broker().priceIs(NOW_PUT, "5.60");
    desk.await(
        "the watch to vouch for " + id + " with its peak",
        () -> watch.sight(id),
        sight -> sight.filter(WatchSight::fresh).filter(this::hasRisen).isPresent());
    return id;
  }

  private boolean hasRisen(WatchSight sight) {
    return sight.peak().toString().equals("5.6");
  }

  /** Three quarters of the gain would be 5.40. */
  private void breach() throws IOException {
    desk.broker().priceIs(NOW_PUT, "5.30");
  }

  private void awaitExit(PositionId id) {
    desk.await("an exit at the broker", () -> desk.broker().exitsOf(id), exits -> !exits.isEmpty());
  }

  private void assertOneFilledExit(PositionId id) throws Exception {
    List<JsonNode> exits = desk.broker().exitsOf(id);
    assertThat(exits).as("orders of this exit at the broker").hasSize(1);
    assertThat(exits.getFirst().path("status").asText()).isEqualTo("filled");
    assertThat(desk.broker().held("large", NOW_PUT)).isEqualTo("0");
  }

  private String story(PositionId id) {
    return new PositionRecords(desk.ledger()).find(id).toString();
  }

  private Optional<String> holder() throws Exception {
    return watch.holder();
  }

  private static void signal(String name, long process) throws IOException, InterruptedException {
    int ended = new ProcessBuilder("kill", "-" + name, Long.toString(process)).start().waitFor();
    assertThat(ended).as("kill -" + name).isZero();
  }
}
