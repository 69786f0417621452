package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.ledger.PostgresAlerts;
import org.positionmanager.simulator.Scenario;
import org.positionmanager.simulator.SimulatorServer;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;

/** Accounts whose connection breaks, and behind which something else answers when it is back. */
@Timeout(240)
class KeyWatchTest {
  private static final Instant MORNING = Instant.parse("2026-02-11T15:00:00Z");
  private static final BigDecimal CASH = new BigDecimal("1000000");

  private Desk desk;
  private BreakableLink link;
  private Intake intake;
  private Watched large;
  private Watched tiny;
  private PositionId ofLarge;

  @BeforeEach
  void openTheDesk() throws Exception {
    desk = aDesk().withAccounts("large", "tiny").withPrice(Watched.CONTRACT, "4.80").start();
    desk.killWorker();
    link = new BreakableLink(portOf(desk.broker().url()));
    Path file = desk.folder().resolve("pm.yaml");
    Files.writeString(
        file,
        Files.readString(file).replace(desk.broker().url(), "http://127.0.0.1:" + link.port()));
    desk.startWorker();
    intake = desk.intake();
    large = new Watched(desk);
    tiny = new Watched(desk, "tiny");
    ofLarge = large.opened();
  }

  @AfterEach
  void closeTheDesk() throws Exception {
    intake.close();
    link.close();
    desk.close();
  }

  private static int portOf(String url) {
    return URI.create(url).getPort();
  }

  private List<AlertRecord> told() {
    return new PostgresAlerts(desk.ledger())
        .open().stream().filter(it -> it.kind() == AlertKind.KEY_REFUSED).toList();
  }

  private void awaitTold(String message) {
    List<AlertRecord> told = desk.await("an alert of its key", this::told, it -> !it.isEmpty());
    assertThat(told)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.account()).contains(new AccountName("large"));
              assertThat(alert.message()).contains(message);
            });
  }

  /** A broker that knows tiny as it is, and of large's something else. */
  private static SimulatorServer another(String number, String secret) {
    return SimulatorServer.start(
        new Scenario(
            MORNING,
            1,
            7,
            List.of(
                new Scenario.AccountSeed("large", number, DeskAccounts.key("large"), secret, CASH),
                new Scenario.AccountSeed(
                    "tiny",
                    "PA-tiny",
                    DeskAccounts.key("tiny"),
                    DeskAccounts.secret("tiny"),
                    CASH)),
            List.of(
                new Scenario.Path(
                    Watched.CONTRACT,
                    List.of(new Scenario.Point(Duration.ZERO, new BigDecimal("5.60")))))),
        "127.0.0.1",
        0);
  }

  private JsonNode healthOf(String account) throws Exception {
    URI page = desk.workerPages().resolve("/healthz");
    for (JsonNode it :
        new ObjectMapper().readTree(WorkerTest.health(page).body()).path("accounts")) {
      if (it.path("account").asText().equals(account)) {
        return it;
      }
    }
    throw new IOException("no account " + account + " on " + page);
  }

  @Test
  @DisplayName(
      "incident 15: a key that opens another account after a reconnect suspends its account")
  void aKeyThatOpensAnotherAccountSuspendsIt() throws Exception {
    try (SimulatorServer other = another("PA-other", DeskAccounts.secret("large"))) {
      Broker there = new Broker(other.url());
      there.buys("large", Watched.CONTRACT, 10);
      link.leadTo(other.port());
      awaitTold("the key belongs to broker account PA-other, not to brokerAccountNumber PA-large");
      desk.await("its watch to be given up", large::holder, Optional::isEmpty);
      there.priceIs(Watched.CONTRACT, "1.00");

      assertThat(healthOf("large").path("trouble").asText()).contains("PA-other");
      assertThat(healthOf("tiny").path("healthy").asBoolean()).isTrue();
      assertThat(tiny.holder()).as("tiny's goes on").isPresent();
      assertThat(there.held("large", Watched.CONTRACT)).as("not ours to sell").isEqualTo("10");
      assertThat(there.ordersOf("large", Optional.empty())).as("the purchase").hasSize(1);
      assertThat(desk.reader().positions(false))
          .anyMatch(row -> row.id().equals(ofLarge) && row.phase() == Phase.PROTECTED);
    }
    link.leadTo(portOf(desk.broker().url()));
    desk.await("the same worker to watch it again", large::holder, Optional::isPresent);
    desk.await("the alert to end", this::told, List::isEmpty);
    desk.await("its health", () -> healthOf("large"), health -> health.path("healthy").asBoolean());
    large.breach();
    large.awaitClosedByOneOrder(ofLarge);
  }

  @Test
  @DisplayName("what ended an account's service is told although the ledger was away just then")
  void whatEndedTheServiceIsToldLater() throws Exception {
    try (SimulatorServer other = another("PA-other", DeskAccounts.secret("large"))) {
      try (LedgerBlock away = desk.blockWritesOf("alerts")) {
        link.leadTo(other.port());
        desk.await(
            "its service to be suspended",
            () -> healthOf("large").path("trouble").asText(),
            it -> it.contains("PA-other"));
        desk.await("its watch to be given up", large::holder, Optional::isEmpty);
        desk.await("somebody to tell of it", away::isWaitedFor, it -> it);
        assertThat(told()).isEmpty();
      }
      awaitTold("the key belongs to broker account PA-other");
    }
  }

  @Test
  @DisplayName("a key that is refused is told, its account is tried on, and the alert ends with it")
  void aRefusedKeyIsTold() throws Exception {
    try (SimulatorServer other = another("PA-large", "another secret")) {
      link.leadTo(other.port());
      awaitTold("the broker refuses its key");
      assertThat(healthOf("tiny").path("healthy").asBoolean()).isTrue();
      link.leadTo(portOf(desk.broker().url()));
      desk.await("the alert to end", this::told, List::isEmpty);
    }
    large.breach();
    large.awaitClosedByOneOrder(ofLarge);
  }
}
