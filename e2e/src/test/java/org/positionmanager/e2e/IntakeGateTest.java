package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.alert.AccountLimits;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.ledger.DeskReader;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.activities.ledger.PostgresAlerts;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.position.Phase;

/** An account whose limits keep rows out. */
@Timeout(240)
class IntakeGateTest {
  private static final AccountName LARGE = new AccountName("large");
  private static final int ROWS = 11;

  private static DeskReader.AccountLine large(Desk desk) {
    return new DeskReader(desk.ledger())
        .accounts().stream().filter(it -> it.name().equals(LARGE)).findFirst().orElseThrow();
  }

  private static List<PositionId> open(Desk desk) {
    return desk.reader().positions(false).stream()
        .map(LedgerReader.Row::id)
        .filter(it -> it.account().equals(LARGE))
        .toList();
  }

  /** As a person does: in the file, which the worker follows. */
  private static void limit(Desk desk, String limits) throws Exception {
    Path file = desk.folder().resolve("pm.yaml");
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst(
                "( +)(brokerAccountNumber: PA-large)",
                "$1$2\n$1tier: funded\n$1limits: " + limits));
    desk.await(
        "the limits to be registered",
        () -> large(desk).limits(),
        it -> it.filter(AccountLimits::gate).isPresent());
  }

  private static List<DispatcherRows.Row> bought(Desk desk, int rows) throws Exception {
    List<DispatcherRows.Row> bought = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      bought.add(
          new DispatcherRows.Row(
              new PositionId(LARGE, Instrument.parse("WMT"), UUID.randomUUID()),
              1,
              desk.broker().buys("large", "WMT", 1),
              desk.broker().now()));
    }
    return bought;
  }

  @Test
  @DisplayName(
      "incident 8: of 11 rows with a limit of 5 two intakes take 5, and each close one more")
  void elevenRows() throws Exception {
    try (Desk desk =
        aDesk()
            .withAccounts("large", "tiny")
            .withPrice("WMT", "128")
            .withPrice("F", "12")
            .start()) {
      desk.broker().pricesAre(Map.of("WMT", "128", "F", "12"));
      assertThat(large(desk).limits()).contains(AccountLimits.NONE);
      limit(desk, "{positions: 5, gate: true}");
      List<DispatcherRows.Row> rows = bought(desk, ROWS);
      try (Intake one = desk.intake();
          Intake two = desk.intake()) {
        DispatcherRows.insert(desk.ledgerServer().address(), rows);
        desk.await("six to wait", () -> large(desk).limited(), it -> it == 6);
        desk.await("five to be open", () -> open(desk).size(), it -> it == 5);
        desk.awaitPhase(desk.opens("tiny", "WMT", 1), Phase.PROTECTED);
        AlertRecord alert =
            desk.await(
                    "the alert",
                    () ->
                        new PostgresAlerts(desk.ledger())
                            .open().stream()
                                .filter(it -> it.kind() == AlertKind.POSITION_LIMIT)
                                .findFirst(),
                    it -> it.isPresent())
                .orElseThrow();
        assertThat(alert.message())
            .isEqualTo("5 positions are open, the limit is 5; 6 rows wait to be taken in");
        assertThat(open(desk)).hasSize(5);
        assertThat(one.started() + two.started()).as("five of large, one of tiny").isEqualTo(6);

        PositionId first = open(desk).getFirst();
        desk.awaitPhase(first, Phase.PROTECTED);
        assertThat(desk.pm("close", first.toString(), "--note", "room").exitCode()).isZero();
        desk.await("the next to be taken in", () -> large(desk).limited(), it -> it == 5);
        desk.await("five to be open again", () -> open(desk).size(), it -> it == 5);
        assertThat(one.started() + two.started()).isEqualTo(7);
      }
      assertShown(desk);
      assertOpensByHand(desk);
    }
  }

  private static void assertShown(Desk desk) throws Exception {
    CommandRun shown = desk.pm("accounts", "show", "large");
    assertThat(shown.out())
        .contains(
            "funded",
            "5 positions; rows that exceed them wait",
            "5 rows wait for room: 5 positions are open, the limit is 5");
    assertThat(desk.pm("accounts", "--json").json().get(0).path("account").path("limited").asInt())
        .isEqualTo(5);
    assertThat(desk.pm("doctor", "--config", desk.folder().resolve("pm.yaml").toString()).out())
        .contains("5 rows wait for room, the oldest because 5 positions are open");
  }

  private static void assertOpensByHand(Desk desk) throws Exception {
    String order = desk.broker().buys("large", "F", 1);
    CommandRun refused = desk.pm("open", "large", "F", "--order", order, "--strategy", "stock");
    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(1);
    assertThat(refused.err())
        .contains("5 positions are open, the limit is 5", "`pm open large F --holding`");
    CommandRun held = desk.pm("open", "large", "F", "--holding", "--strategy", "stock");
    assertThat(held.exitCode()).as(held.err()).isZero();
    desk.await("what is held to be watched", () -> open(desk).size(), it -> it == 6);
  }

  @Test
  @DisplayName("rows wait where no worker has told what the account's limits are")
  void limitsAreNotKnown() throws Exception {
    try (Desk desk = aDesk().withAccounts("large").withPrice("WMT", "128").start()) {
      desk.execute("delete from pm.account_limits");
      try (Intake intake = desk.intake()) {
        PositionId id = desk.opens("large", "WMT", 1);
        desk.await(
            "the row to wait",
            () -> new DeskReader(desk.ledger()).quarantined(1),
            it ->
                !it.isEmpty() && it.getFirst().reason().contains("no worker has told the limits"));
        assertThat(intake.started()).isZero();
        Duration took = followed(desk, id);
        System.out.printf("limits told, row taken in: %d ms%n", took.toMillis());
      }
    }
  }

  private static Duration followed(Desk desk, PositionId id) throws Exception {
    long before = System.nanoTime();
    desk.killWorker();
    desk.startWorker();
    desk.awaitPhase(id, Phase.PROTECTED);
    return Duration.ofNanos(System.nanoTime() - before);
  }
}
