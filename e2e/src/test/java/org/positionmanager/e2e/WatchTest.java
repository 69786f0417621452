package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Price;

/** The live watch over real processes: what it does, also while others are away. */
@Timeout(300)
class WatchTest {
  private Desk desk;
  private Intake intake;
  private Watched watched;

  @BeforeEach
  void openTheDesk() throws Exception {
    desk =
        aDesk()
            .withAccounts("large")
            .withPrice(Watched.CONTRACT, "4.80")
            .withPrice("WMT", "128")
            .start();
    intake = desk.intake();
    watched = new Watched(desk);
  }

  @AfterEach
  void closeTheDesk() throws Exception {
    intake.close();
    desk.close();
  }

  @Test
  @DisplayName("incident 20: the watch sends on the quote that breaches, and one order is made")
  void theWatchSendsOnTheQuoteThatBreaches() throws Exception {
    PositionId id = watched.opened();
    watched.breach();
    watched.awaitClosedByOneOrder(id);
    assertThat(watched.record(id).toString()).contains("the watch: trailing stop");
  }

  @Test
  @DisplayName(
      "incident 9: a breach while the engine is away is acted on, and told when it is back")
  void aBreachWhileTheEngineIsAwayIsActedOn() throws Exception {
    PositionId id = watched.opened();
    desk.engine().kill();
    watched.breach();
    watched.awaitExit(id);
    desk.engine().restart();
    watched.awaitClosedByOneOrder(id);
  }

  @Test
  void aBreachWhileTheLedgerIsAwayIsActedOn() throws Exception {
    PositionId id = watched.opened();
    desk.ledgerServer().kill();
    watched.breach();
    watched.awaitExit(id);
    desk.ledgerServer().restart();
    watched.awaitClosedByOneOrder(id);
  }

  @Test
  @DisplayName("incident 14: a breach while the streams are silent is found by polling")
  void aBreachWhileTheStreamsAreSilentIsFoundByPolling() throws Exception {
    PositionId id = watched.opened();
    desk.broker().disturbsStreams(Map.of("kind", "silence", "stream", "/v1beta1/indicative"));
    watched.breach();
    watched.awaitExit(id);
    watched.awaitClosedByOneOrder(id);
  }

  @Test
  @DisplayName("incident 11: a peak while nobody watched is found in bars and trailed from")
  void aPeakWhileNobodyWatchedIsFoundInBars() throws Exception {
    desk.broker().priceIs("WMT", "128");
    PositionId id = desk.opens("large", "WMT", 10);
    desk.awaitPhase(id, Phase.PROTECTED);
    watched.awaitPeak(id, "128");
    desk.killWorker();
    desk.broker().advance(Duration.ofMinutes(7));
    // what was pinned before is no history: there the share has followed its path
    desk.broker().priceIs("WMT", "128");
    String highest = highest();
    desk.startWorker();
    watched.awaitExit(id);
    watched.awaitClosedByOneOrder(id);
    assertThat(watched.record(id).toString()).contains("the watch: trailing stop");
    assertThat(watched.record(id).basis().orElseThrow().peak()).isEqualTo(Price.parse(highest));
  }

  /** Of the whole minutes since the entry; while quotes are pinned there is no spread. */
  private String highest() throws Exception {
    Instant filled = desk.broker().now().minus(Duration.ofMinutes(7)).plusSeconds(20);
    Price highest = Price.parse("128");
    for (JsonNode bar : desk.broker().bars("large", "WMT")) {
      Price high = new Price(new BigDecimal(bar.path("h").asText()));
      if (Instant.parse(bar.path("t").asText()).isAfter(filled) && high.compareTo(highest) > 0) {
        highest = high;
      }
    }
    assertThat(highest).as("higher than the entry").isGreaterThan(Price.parse("128"));
    return highest.toString();
  }
}
