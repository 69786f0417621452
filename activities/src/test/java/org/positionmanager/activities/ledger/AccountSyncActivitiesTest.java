package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ApplicationFailure;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.broker.AccountActivity;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.sync.Adoption;
import org.positionmanager.workflows.sync.EngineView;
import org.positionmanager.workflows.sync.Finding;
import org.positionmanager.workflows.sync.SyncNotice;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/** What a sync finds of rows in a real ledger, and what it has done about them. */
class AccountSyncActivitiesTest extends SyncOnPostgres {
  /** Ten at 100, of which four are sold. */
  private void tracks(boolean adopted) {
    Adoption taken = new Adoption(Direction.LONG, Quantity.of(10), Price.parse("100"), "o");
    Basis basis =
        new Basis(
            id.instrument(),
            Direction.LONG,
            Price.parse("100"),
            Quantity.of(10),
            Price.parse("100"),
            AT);
    var terms = adopted ? taken.terms(Strategy.SWING_TRADE, AT) : terms();
    new PostgresLedger(tiny, TINY)
        .record(
            state(
                id,
                terms,
                Phase.PROTECTED,
                Optional.of(Plans.defaultsFor(terms, basis)),
                Optional.of(basis),
                List.of(),
                List.of(),
                List.of()));
  }

  private Finding lost() {
    return new Finding.WorkflowLost(id, Phase.PROTECTED, EngineView.Life.BROKEN);
  }

  @Test
  void whatWasRecordedWithoutItsTermsIsForAPersonAndNotTriedAgain() {
    tracks(false);
    execute("update positions set terms = null");
    assertThatThrownBy(() -> sync.putRight(TINY, lost()))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.isNonRetryable()).isTrue();
              assertThat(failure.getOriginalMessage()).contains("pm open");
            });
    assertThat(engine.started).isEmpty();
  }

  @Test
  void ofAHoldingThatWasTakenOverWhatIsLeftIsBegunAnew() {
    tracks(true);
    execute("update positions set held = 6");
    sync.putRight(TINY, lost());
    assertThat(engine.started.getFirst().terms().quantity()).isEqualTo(Quantity.of(6));
    assertThat(engine.started.getFirst().terms().adoptHolding()).isTrue();
  }

  @Test
  void anAnnouncedPositionIsBegunAnewAsItWasAnnounced() {
    tracks(false);
    execute("update positions set held = 6");
    sync.putRight(TINY, lost());
    assertThat(engine.started.getFirst().terms()).isEqualTo(terms());
  }

  @Test
  void whatHasEndedMeanwhileIsNotBegunAnew() {
    tracks(false);
    execute("update positions set phase = 'NEVER_OPENED'");
    assertThat(sync.putRight(TINY, lost())).isEqualTo("it is over");
    assertThat(engine.started).isEmpty();
  }

  @Test
  void oneRowThatCannotBeReadHarmsNoOther() {
    tracks(false);
    execute(
        "insert into positions (account, symbol, execution_id, phase, direction, strategy, held,"
            + " exits_settled, realised, last_event) select account, 'no symbol', execution_id,"
            + " phase, direction, strategy, held, exits_settled, realised, last_event"
            + " from positions");
    List<OpenPositions.Row> rows = new OpenPositions(desk).of(TINY);
    assertThat(rows).hasSize(2).contains(new OpenPositions.Row.Open(id, Phase.PROTECTED));
    assertThat(rows)
        .filteredOn(OpenPositions.Row.Unreadable.class::isInstance)
        .singleElement()
        .hasToString(
            "Unreadable[key=tiny/no symbol/%s, why=%s]"
                .formatted(id.execution(), "ticker must look like AAPL, got: no symbol"));
  }

  @Test
  @DisplayName("a split that trades have hidden is found, though as much is held as is tracked")
  void aHiddenSplitIsFound() {
    tracks(false);
    broker.holdings.add(
        new Holding(
            id.instrument(), Direction.LONG, Quantity.of(10), Quantity.of(10), Price.parse("50")));
    assertThat(sync.look(TINY).found()).isEmpty();
    broker.activities.add(
        new AccountActivity(
            "20260211153000000::a",
            "SPLIT",
            Optional.of(id.instrument()),
            BigDecimal.TEN,
            Optional.empty(),
            LocalDate.of(2026, 2, 11)));
    broker.orders.add(
        new OrderView(
            new BrokerOrderId("x"),
            "by-hand",
            id.instrument(),
            Side.SELL,
            OrderStatus.FILLED,
            "filled",
            Quantity.of(10),
            Quantity.of(10),
            Optional.of(Price.parse("55")),
            NOW.minusSeconds(600),
            NOW.minusSeconds(600)));
    assertThat(sync.look(TINY).found())
        .containsExactly(
            new Finding.SharesSplit(id, "20260211153000000::a", Quantity.of(10), Quantity.of(20)));
  }

  @Test
  void whatNobodyTracksIsAdoptedAndTold() {
    tracks(false);
    Adoption adoption = new Adoption(Direction.SHORT, Quantity.of(5), Price.parse("90"), "o-9");
    sync.putRight(TINY, new Finding.UnexpectedShort(id, Quantity.ZERO, adoption));
    assertThat(engine.started.getFirst().terms().expectedPrice()).contains(Price.parse("90"));
    assertThat(value("select kind from alerts")).contains("UNEXPECTED_SHORT");
  }

  @Test
  void whoSharesAHoldingThatIsLessThanTrackedLooksOnceAndIsNotAskedAgainWhileItIsTold() {
    tracks(false);
    Finding shrunk = new Finding.QuantityShrunk(id, List.of(id), Quantity.of(10), Quantity.of(4));
    sync.putRight(TINY, shrunk);
    sync.putRight(TINY, shrunk);
    assertThat(engine.told).singleElement().isInstanceOf(SyncNotice.LookNow.class);
  }
}
