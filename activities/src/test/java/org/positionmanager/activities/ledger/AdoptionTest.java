package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.sync.BrokerAdoptionIds;
import org.positionmanager.activities.trading.AdoptionIds;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.sync.Adopting;
import org.positionmanager.workflows.sync.Adoption;
import org.positionmanager.workflows.sync.Finding;
import org.positionmanager.workflows.sync.SyncReport;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/** What becomes of a holding that nobody tracks. */
class AdoptionTest extends SyncOnPostgres {
  private Finding untracked() {
    return new Finding.Untracked(
        id, new Adoption(Direction.LONG, Quantity.of(10), Price.parse("100"), "o-1"));
  }

  private void ran(String run, Finding found, String done) {
    ledger.record(
        new SyncReport(
            TINY,
            run,
            NOW,
            NOW,
            List.of(new SyncReport.Result(found, Optional.of(done), Optional.empty())),
            0,
            Optional.empty()));
  }

  @Test
  void whatWasHeldBeforeTheFirstGoodSyncBeginsPausedAndIsTold() {
    String done = sync(Adopting.PAUSED).putRight(TINY, untracked());
    assertThat(engine.started.getFirst().isPaused()).isTrue();
    assertThat(value("select message from alerts").orElseThrow())
        .contains("adopted paused", "first good sync", "pm resume");
    ran("r1", untracked(), done);
    sync(Adopting.PAUSED).putRight(TINY, untracked());
    assertThat(engine.started.getLast().isPaused()).as("what came later is watched").isFalse();
  }

  @Test
  void aWorkerThatIsLostBetweenAdoptingAndTellingHasTold() {
    engine.lostAfterStart = true;
    assertThatThrownBy(() -> sync(Adopting.PAUSED).putRight(TINY, untracked()))
        .hasMessageContaining("lost");
    assertThat(engine.started).hasSize(1);
    assertThat(value("select message from alerts").orElseThrow())
        .as("it is found no more, so nobody else would tell")
        .contains("adopted paused", "pm resume");
  }

  @Test
  void whereTheConfigurationSaysSoWhatWasHeldBeforeIsWatchedAtOnce() {
    sync(Adopting.WATCH).putRight(TINY, untracked());
    assertThat(engine.started.getFirst().isPaused()).isFalse();
  }

  @Test
  void whereNothingIsAdoptedItIsToldForAsLongAsItIsFound() {
    String done = sync(Adopting.OFF).putRight(TINY, untracked());
    assertThat(engine.started).isEmpty();
    String open = "select message from alerts where resolved_at is null";
    assertThat(value(open).orElseThrow()).contains("o-1", "sync.adopt is off");
    ran("r1", untracked(), done);
    assertThat(value(open)).isPresent();
    assertThat(ledger.hasGoodRun()).as("that left something as it was").isFalse();
    ledger.record(new SyncReport(TINY, "r2", NOW, NOW, List.of(), 0, Optional.empty()));
    assertThat(value(open)).isEmpty();
    assertThat(ledger.hasGoodRun()).isTrue();
  }

  @Test
  void aFlattenAdoptsUnderTheIdUnderWhichASyncWould() {
    Holding held =
        new Holding(
            id.instrument(), Direction.LONG, Quantity.of(10), Quantity.of(10), Price.parse("50"));
    broker.holdings.add(held);
    AdoptionIds ids = new BrokerAdoptionIds(broker, CLOCK);
    assertThat(sync.look(TINY).found())
        .as("nobody knows what opened it")
        .extracting(Finding::position)
        .containsExactly(ids.of(held, position -> false));
    PositionId unknown = ids.of(held, position -> false);
    broker.orders.add(
        new OrderView(
            new BrokerOrderId("bought"),
            "by-hand",
            id.instrument(),
            Side.BUY,
            OrderStatus.FILLED,
            "filled",
            Quantity.of(10),
            Quantity.of(10),
            Optional.of(Price.parse("50")),
            NOW.minusSeconds(600),
            NOW.minusSeconds(600)));
    assertThat(sync.look(TINY).found())
        .extracting(Finding::position)
        .containsExactly(ids.of(held, position -> false))
        .doesNotContain(unknown);
  }
}
