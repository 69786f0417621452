package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.ledger.WatchLedger;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.CloseCommand;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Workflows that the engine lost come back from ledger and broker, and a second time nothing. */
@Timeout(420)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecoverTest {
  private static final int POSITIONS = 100;

  /** Of these the first account has all but the last ten. */
  private static final List<String> SYMBOLS =
      IntStream.range(0, POSITIONS)
          .mapToObj(i -> "S" + (char) ('A' + i / 26) + (char) ('A' + i % 26))
          .toList();

  private static final List<String> BREACHED = SYMBOLS.subList(0, 8);
  private static Desk desk;
  private static Intake intake;
  private static QuotedMarket market;
  private static Recovering recovering;
  private static final List<PositionId> opened = new ArrayList<>();

  @BeforeAll
  static void openTheDesk() throws Exception {
    DeskBuilder described = aDesk().withAccounts("large", "tiny");
    for (String symbol : SYMBOLS) {
      // below what is quoted: bars of times at which it was not tell of no better price
      described = described.withPrice(symbol, "95");
    }
    desk = described.start();
    recovering = new Recovering(desk);
    market =
        QuotedMarket.of(
            desk.broker(), SYMBOLS.stream().collect(Collectors.toMap(it -> it, it -> "100")));
    intake = desk.intake();
    for (int i = 0; i < POSITIONS; i++) {
      opened.add(desk.opens(i < POSITIONS - 10 ? "large" : "tiny", SYMBOLS.get(i), 10));
    }
    recovering.awaitCovered(POSITIONS);
  }

  @AfterAll
  static void closeTheDesk() throws Exception {
    try (Desk all = desk;
        QuotedMarket quoted = market;
        Intake taking = intake) {
      // each is closed whatever becomes of the others
    }
  }

  @Test
  @Order(1)
  @DisplayName(
      "Temporal's database is deleted under 100 open positions and all are recovered, once")
  void aLostDatabaseIsRecovered() throws Exception {
    List<PositionId> breached = opened.subList(0, BREACHED.size());
    PositionId risen = opened.get(30);
    PositionId reduced = opened.get(31);
    PositionId exiting = opened.getLast();
    market.quote(risen.instrument().symbol(), "102");
    WatchLedger watch = new WatchLedger(desk.ledger(), new AccountName("large"));
    desk.await(
        "the peak to be noted",
        () -> watch.sight(risen),
        sight -> sight.filter(it -> it.peak().equals(Price.parse("102"))).isPresent());
    market.quote(risen.instrument().symbol(), "101.9");
    desk.position(reduced)
        .close(new CloseCommand("part", Optional.of(Quantity.of(4)), "ann", Optional.empty()));
    desk.await(
        "a part to be closed", () -> recovering.record(reduced).held(), Quantity.of(6)::equals);
    desk.broker().holdFills("tiny", true);
    desk.position(exiting).requestClose(null);
    desk.await("an exit under way", () -> desk.broker().exitsOf(exiting), it -> it.size() == 1);
    desk.await("its record", () -> recovering.record(exiting).exits(), it -> !it.isEmpty());
    awaitArmedAgain(reduced);

    desk.engine().lose();
    for (String symbol : BREACHED) {
      market.quote(symbol, "50");
    }
    desk.await(
        "the watch to sell what breached while the engine is away",
        () -> recovering.sales().size(),
        sold -> sold == BREACHED.size() + 2);
    desk.broker().holdFills("tiny", false);
    desk.engine().restart();

    long began = System.nanoTime();
    CommandRun run = desk.pm("recover", "--json");
    Duration took = Duration.ofNanos(System.nanoTime() - began);

    assertThat(run.exitCode()).as(run.toString()).isZero();
    System.out.printf(
        "recovery: %d positions begun anew and covered %.1f s after the command: %s%n",
        POSITIONS, took.toMillis() / 1000.0, run.err());
    List<PositionId> sold = new ArrayList<>(breached);
    sold.add(exiting);
    for (PositionId id : sold) {
      desk.awaitPhase(id, Phase.CLOSED);
      JsonNode exit = desk.broker().exitsOf(id).getFirst();
      assertThat(recovering.record(id).averageExit().orElseThrow().value())
          .as("the real fill of " + id)
          .isEqualByComparingTo(exit.path("filled_avg_price").asText());
      assertThat(recovering.record(id).reason())
          .as("why " + id + " was closed")
          .contains(id.equals(exiting) ? ExitReason.MANUAL : ExitReason.STOP);
      assertThat(desk.historyRowsOf(id)).isOne();
    }
    List<PositionId> held = new ArrayList<>(opened);
    held.removeAll(sold);
    recovering.awaitRunning(Recovering.workflows(held));
    assertThat(recovering.sales())
        .as("no order twice")
        .doesNotHaveDuplicates()
        .allMatch(id -> ClientOrderId.ifOurs(id).isPresent())
        .hasSize(sold.size() + 1);
    assertThat(desk.position(reduced).state().held()).isEqualTo(Quantity.of(6));
    desk.await(
        "the peak to be known again",
        () -> desk.position(risen).state().basis().orElseThrow().peak(),
        Price.parse("102")::equals);
    recovering.awaitCovered(held.size());

    recovering.assertASecondTimeDoesNothing(held.size());
  }

  private static void awaitArmedAgain(PositionId id) {
    WatchLedger watch = new WatchLedger(desk.ledger(), id.account());
    desk.await(
        "the rest to be armed",
        () -> watch.of(id),
        it ->
            it.flatMap(permission -> permission.armed())
                .filter(armed -> armed.exit() == 2)
                .isPresent());
  }

  @Test
  @Order(2)
  @DisplayName("what was taken in and never recorded before the engine was lost is begun, once")
  void whatWasNeverRecordedIsBegun() throws Exception {
    Set<String> before = new TreeSet<>(recovering.running().keySet());
    desk.killWorker();
    int started = intake.started();
    PositionId late = desk.opens("tiny", SYMBOLS.get(40), 5);
    desk.await("it to be taken in", intake::started, it -> it > started);
    desk.engine().lose();
    desk.engine().restart();

    CommandRun run = desk.pm("recover", "--within", "PT1S", "--json");
    assertThat(run.exitCode()).as("no worker is there: " + run).isEqualTo(1);
    assertThat(run.json().path("accounts").findValuesAsText("position")).contains(late + "");
    desk.startWorker();
    desk.awaitPhase(late, Phase.PROTECTED);

    recovering.assertNothingIsDone(desk.pm("recover", "--json"), before.size() + 1);
    assertThat(desk.broker().held("tiny", SYMBOLS.get(40))).isEqualTo("5");
    assertThat(recovering.sales()).doesNotHaveDuplicates();
  }
}
