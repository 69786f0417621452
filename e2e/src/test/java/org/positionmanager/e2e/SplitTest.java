package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Price;

/** A share that an armed position holds is split while the worker is away, as overnight. */
class SplitTest {
  private static final String SHARE = "DE";

  private Desk desk;
  private Intake intake;
  private Watched watched;
  private Synced synced;

  @BeforeEach
  void openTheDesk() throws Exception {
    desk = aDesk().withAccounts("large", "tiny").withPrice(SHARE, "400").start();
    intake = desk.intake();
    watched = new Watched(desk);
    synced = new Synced(desk);
  }

  @AfterEach
  void closeTheDesk() throws Exception {
    intake.close();
    desk.close();
  }

  @Test
  @DisplayName(
      "neither watch nor review sells at a quarter of the price, and the stop holds in new shares")
  void aSplitSellsNothingAndTheStopHoldsInNewShares() throws Exception {
    desk.broker().priceIs(SHARE, "400");
    PositionId id = desk.opens("large", SHARE, 10);
    desk.awaitPhase(id, Phase.PROTECTED);
    watched.awaitPeak(id, "400");
    desk.killWorker();
    desk.broker().splits(SHARE, 4, 1);
    desk.startWorker();
    watched.awaitPeak(id, "400");
    assertThat(desk.broker().exitsOf(id)).as("sold before anybody was told").isEmpty();

    synced.sync(new AccountName("large"));

    synced.awaitHeld(id, "40");
    watched.awaitPeak(id, "100");
    assertThat(desk.position(id).state().basis().orElseThrow().entry())
        .isEqualTo(Price.parse("100"));
    assertThat(desk.broker().exitsOf(id)).isEmpty();
    desk.broker().priceIs(SHARE, "80");
    watched.awaitExit(id);
    watched.awaitClosedByOneOrder(id);
    assertThat(desk.broker().exitsOf(id).getFirst().path("qty").asText()).isEqualTo("40");
  }
}
