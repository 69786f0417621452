package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.broker.EntrySighting;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.sync.SyncNotice;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Ten shares bought at 100 that become forty at 25 before anybody is told. */
class UntoldSplitWorkflowTest {
  private static final PositionId SHARES =
      new PositionId(
          Stage.ID.account(),
          Instrument.parse("DE"),
          UUID.fromString("00000000-0000-4000-8000-000000000002"));
  private static final Price HUNDRED = Price.parse("100");

  private final Stage stage = new Stage(SHARES);
  private PositionWorkflow position;

  @BeforeEach
  void open() {
    stage.world.entryIs(new EntrySighting.Filled(Quantity.of(10), HUNDRED, stage.open));
    stage.world.averageEntry = Optional.of(HUNDRED);
    stage.price("100");
    position = stage.start(PositionState.announced(SHARES, stage.terms()), Map.of());
    stage.pass(Duration.ofMinutes(2));
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
  }

  @AfterEach
  void everyHistoryReplays() throws Exception {
    try (Stage ended = stage) {
      ended.replayAll();
    }
  }

  private void splits(int held, String entry) {
    stage.world.held = Quantity.of(held);
    stage.world.averageEntry = Optional.of(Price.parse(entry));
    stage.price("25");
  }

  @Test
  @DisplayName("a quarter of the price sells nothing where there are four times the shares")
  void aSplitSellsNothingBeforeItIsTold() {
    splits(40, "25");
    stage.pass(Duration.ofMinutes(10));
    assertThat(stage.world.submissions).isEmpty();
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(position.state().note().orElseThrow()).contains("the shares look split");
    assertThat(stage.ledger.alerts)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.severity()).isEqualTo(Alert.Severity.CRITICAL);
              assertThat(alert.message()).contains("40 at 25").contains("10 at 100");
            });

    position.synced(new SyncNotice.Split("a-1", Quantity.of(10), Quantity.of(40), "4:1"));
    stage.pass(Duration.ofMinutes(10));
    assertThat(position.state().held()).isEqualTo(Quantity.of(40));
    assertThat(position.state().note()).isEmpty();
    assertThat(stage.world.submissions).as("at its own price").isEmpty();

    stage.price("20");
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.STOP);
    assertThat(stage.world.submissions)
        .extracting(order -> order.quantity())
        .containsExactly(Quantity.of(40));
  }

  @Test
  @DisplayName("a share that fell to a quarter, as many as before, is sold")
  void aShareThatFellIsSold() {
    splits(10, "100");
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.STOP);
  }

  @Test
  @DisplayName("more shares that somebody bought at their own price are no split")
  void moreSharesAreNoSplit() {
    splits(40, "43.75");
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.STOP);
  }

  @Test
  @DisplayName("beside another's shares it is the holding that is compared with what it was")
  void besideAnothersSharesTheHoldingIsCompared() {
    stage.world.held = Quantity.of(30);
    stage.world.averageEntry = Optional.of(Price.parse("80"));
    stage.pass(Duration.ofMinutes(5));
    splits(120, "20");
    stage.pass(Duration.ofMinutes(10));
    assertThat(stage.world.submissions).isEmpty();
    position.synced(new SyncNotice.Split("a-1", Quantity.of(10), Quantity.of(40), "4:1"));
    stage.pass(Duration.ofMinutes(10));
    assertThat(position.state().held()).isEqualTo(Quantity.of(40));
    stage.price("20");
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.STOP);
  }

  @Test
  @DisplayName("who sells at a loss beside it and buys for as much money has split nothing")
  void whoBuysForAsMuchMoneyHasSplitNothing() {
    stage.world.held = Quantity.of(20);
    stage.price("99");
    stage.pass(Duration.ofMinutes(3));
    stage.world.held = Quantity.parse("22.5");
    stage.world.averageEntry = Optional.of(Price.parse("88.8889"));
    stage.price("98.5");
    stage.pass(Duration.ofMinutes(3));
    assertThat(position.state().note()).isEmpty();
    stage.price("20");
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.STOP);
  }

  @Test
  @DisplayName("a person may close it all the same")
  void aPersonMayCloseIt() {
    splits(40, "25");
    stage.pass(Duration.ofMinutes(3));
    stage.requestClose();
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.MANUAL);
  }
}
