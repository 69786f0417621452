package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.ledger.AccountHalts;
import org.positionmanager.activities.ledger.PostgresAlerts;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;

/** A day's loss beyond the kill switch flattens the account, once. */
@Timeout(240)
class KillSwitchTest {
  private static final AccountName LARGE = new AccountName("large");

  /** Turns it on, as a person does: in the file, with a restart. */
  private static void turnOn(Desk desk, String how) throws Exception {
    Path file = desk.folder().resolve("pm.yaml");
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst(
                "( +)(brokerAccountNumber: PA-large)", "$1$2\n$1killSwitch: {" + how + "}"));
    desk.killWorker();
    desk.startWorker();
  }

  private static Optional<AlertRecord> alert(Desk desk) {
    return new PostgresAlerts(desk.ledger())
        .open().stream().filter(it -> it.kind() == AlertKind.KILL_SWITCH).findFirst();
  }

  private static void assertClosedOnce(Desk desk, PositionId id) throws Exception {
    List<JsonNode> sales =
        desk.broker().ordersOf("large", Optional.of(id.instrument().symbol())).stream()
            .filter(order -> order.path("side").asText().equals("sell"))
            .toList();
    assertThat(sales).as("orders that sold " + id.instrument()).hasSize(1);
    assertThat(desk.broker().held("large", id.instrument().symbol())).isEqualTo("0");
  }

  @Test
  @DisplayName("a price falls, the day's loss trips the kill switch, all is closed once")
  void aLossBeyondTheKillSwitchClosesAllOnce() throws Exception {
    try (Desk desk =
            aDesk()
                .withAccounts("large")
                .withPrice("WMT", "128")
                .withPrice("KO", "60")
                .withPrice("F", "12")
                .start();
        Intake intake = desk.intake()) {
      turnOn(desk, "dailyLoss: 500");
      desk.broker().pricesAre(Map.of("WMT", "128", "KO", "60", "F", "12"));
      PositionId falling = desk.opens("large", "WMT", 40);
      PositionId one = desk.opens("large", "KO", 5);
      PositionId other = desk.opens("large", "F", 30);
      for (PositionId id : List.of(falling, one, other)) {
        desk.awaitPhase(id, Phase.PROTECTED);
      }
      assertThat(alert(desk)).as("nothing is lost yet").isEmpty();

      desk.broker().priceIs("WMT", "100");
      for (PositionId id : List.of(falling, one, other)) {
        desk.awaitPhase(id, Phase.CLOSED);
        assertClosedOnce(desk, id);
      }
      assertThat(desk.reasonOf(falling)).as("by its own rule").isNotEqualTo(Optional.of("MANUAL"));
      assertThat(desk.reasonOf(one)).contains("MANUAL");
      AlertRecord told = desk.await("the alert", () -> alert(desk), Optional::isPresent).get();
      assertThat(told.message()).contains("the kill switch is at 500 USD");
      assertThat(new AccountHalts(desk.ledger()).haltOf(LARGE).orElseThrow().who())
          .isEqualTo("kill switch");
      assertThat(desk.pm("alerts").out()).contains("CRITICAL", "kill-switch");

      CommandRun resumed =
          desk.await(
              "the flatten to end, so that it can be resumed",
              () -> desk.pm("resume-intake", "--account", "large", "--by", "ann"),
              run -> run.exitCode() == 0);
      assertThat(resumed.out()).contains("resumed at", "by ann");
      PositionId later = desk.opens("large", "F", 3);
      desk.awaitPhase(later, Phase.PROTECTED);
      long seen = alert(desk).orElseThrow().seen();
      desk.await(
          "it to be looked at twice more",
          () -> alert(desk).orElseThrow().seen(),
          it -> it > seen + 1);
      assertThat(desk.broker().exitsOf(later)).as("once a day").isEmpty();
      assertThat(new AccountHalts(desk.ledger()).haltOf(LARGE)).isEmpty();
    }
  }

  @Test
  @DisplayName("what an open position has lost trips a kill switch that counts the equity")
  void whatIsOpenCountsByEquity() throws Exception {
    try (Desk desk = aDesk().withAccounts("large").withPrice("WMT", "128").start();
        Intake intake = desk.intake()) {
      desk.broker().priceIs("WMT", "128");
      turnOn(desk, "dailyLoss: 30, counting: equity");
      PositionId id = desk.opens("large", "WMT", 40);
      desk.awaitPhase(id, Phase.PROTECTED);
      assertThat(alert(desk)).as("nothing is lost yet").isEmpty();

      // 40 less, and no rule's business
      desk.broker().priceIs("WMT", "127");
      desk.awaitPhase(id, Phase.CLOSED);
      assertClosedOnce(desk, id);
      assertThat(desk.reasonOf(id)).contains("MANUAL");
      AlertRecord told = desk.await("the alert", () -> alert(desk), Optional::isPresent).get();
      assertThat(told.message())
          .contains("lost with what is open today", "the kill switch is at 30 USD");
    }
  }
}
