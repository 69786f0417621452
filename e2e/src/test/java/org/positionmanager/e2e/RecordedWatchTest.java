package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.activities.ledger.PositionQuotes;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Shadow;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * What a live watch judges by is recorded: of it another plan can be tried, beside the real one and
 * afterwards. Entered at 4.80, the real plan stops at 1.92, the one beside it at 4.32.
 */
@Timeout(300)
class RecordedWatchTest {
  private static final String PLANS =
      """
      plans:
        patient: {instrument: option, rules: {stop: -60%}}
        tight: {instrument: option, rules: {stop: -10%}}
        shares: {instrument: stock, rules: {stop: -2%}}
      choose:
        - {instrument: option, plan: patient, shadow: tight}
        - {instrument: stock, plan: shares}
      """;

  @TempDir private Path folder;
  private Desk desk;
  private Intake intake;
  private Watched watched;

  @BeforeEach
  void openTheDesk() throws Exception {
    Path plans = Files.writeString(folder.resolve("plans.yaml"), PLANS);
    desk =
        aDesk()
            .withAccounts("large")
            .withPrice(Watched.CONTRACT, "4.80")
            .withSettings("plans: '" + plans + "'\n")
            .start();
    intake = desk.intake();
    watched = new Watched(desk);
  }

  @AfterEach
  void closeTheDesk() throws Exception {
    intake.close();
    desk.close();
  }

  private KeptQuote awaitRecorded(PositionId id, String price) {
    return desk.await(
            "a quote of " + price + " to be recorded",
            () -> recorded(id, price),
            Optional::isPresent)
        .orElseThrow();
  }

  private Optional<KeptQuote> recorded(PositionId id, String price) {
    return quotes(id).stream()
        .filter(kept -> kept.seen().quote().bid().equals(Price.parse(price)))
        .findFirst();
  }

  private List<KeptQuote> quotes(PositionId id) {
    return new PositionQuotes(desk.ledger()).of(id);
  }

  private void quoted(PositionId id, String price) throws Exception {
    desk.broker().priceIs(Watched.CONTRACT, price);
    awaitRecorded(id, price);
  }

  @Test
  @DisplayName(
      "the watch's quotes are recorded, and give the same exit again, and another's beside")
  void whatTheWatchJudgesByIsRecorded() throws Exception {
    PositionId id = watched.opened();
    quoted(id, "4.30");
    quoted(id, "5.20");
    desk.broker().priceIs(Watched.CONTRACT, "1.90");
    watched.awaitClosedByOneOrder(id);

    KeptQuote touched = awaitRecorded(id, "4.30");
    KeptQuote breach = awaitRecorded(id, "1.90");
    assertThat(breach.why()).isEqualTo(KeptQuote.Why.VERDICT);
    assertThat(quotes(id)).extracting(KeptQuote::at).isSorted();

    JsonNode again = replayed(id);
    assertThat(again).hasSize(1);
    assertThat(again.get(0).path("rule").asText()).isEqualTo("stop");
    assertThat(again.get(0).path("price").asText()).isEqualTo("1.9");
    assertThat(Instant.parse(again.get(0).path("decidedAt").asText())).isEqualTo(breach.at());
    assertThat(watched.record(id).reason()).contains(ExitReason.STOP);

    Shadow beside = desk.position(id).state().shadow().orElseThrow();
    assertThat(beside.exits())
        .containsExactly(
            new Shadow.Exit(
                touched.at(),
                ExitReason.STOP,
                "stop",
                Quantity.of(10),
                Optional.of(Price.parse("4.30"))));
    assertThat(desk.broker().ordersOf("large", Optional.of(Watched.CONTRACT)))
        .as("the entry and the one exit")
        .hasSize(2);
  }

  /** The exits of the plan in force on what was recorded. */
  private JsonNode replayed(PositionId id) throws Exception {
    CommandRun run = desk.pm("replay", "--position", id.execution().toString(), "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out()).path("plans").get(0).path("result").path("exits");
  }

  @Test
  @DisplayName("a ledger that is away delays the record, and neither the exit nor its order waits")
  void aLedgerThatIsAwayDelaysTheRecord() throws Exception {
    PositionId id = watched.opened();
    desk.ledgerServer().kill();
    desk.broker().priceIs(Watched.CONTRACT, "4.90");
    desk.broker().priceIs(Watched.CONTRACT, "1.90");
    watched.awaitExit(id);
    desk.ledgerServer().restart();
    watched.awaitClosedByOneOrder(id);
    KeptQuote breach = awaitRecorded(id, "1.90");
    assertThat(awaitRecorded(id, "4.90").at()).isBefore(breach.at());
    assertThat(replayed(id).get(0).path("decidedAt").asText()).isEqualTo(breach.at().toString());
  }
}
