package org.positionmanager.activities.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.activities.trading.EntryDesk.NOON;
import static org.positionmanager.activities.trading.EntryDesk.filledAt;
import static org.positionmanager.activities.trading.EntryDesk.position;

import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.broker.EntrySighting;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/** Several executions of the same shares at the same time: each order opens one of them. */
class EntryClaimsTest {
  private static final PositionId FIRST = position(1);
  private static final PositionId SECOND = position(2);
  private static final PositionId THIRD = position(3);

  private final EntryDesk desk = new EntryDesk();

  private void assertAmbiguous(PositionId position, String... orders) {
    assertThatThrownBy(() -> desk.find(position))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            e -> {
              assertThat(e.getType()).isEqualTo("ENTRY_AMBIGUOUS");
              assertThat(e.getCategory()).isNotEqualTo(ApplicationErrorCategory.BENIGN);
              assertThat(e.getOriginalMessage())
                  .contains(orders)
                  .contains(position.toString(), "broker_order_id");
            });
  }

  @Test
  void oneOrderIsNeverFoundForTwoExecutions() {
    desk.bought(1, 0);
    assertThat(desk.find(FIRST)).isEqualTo(filledAt("57.01"));
    assertThat(desk.find(SECOND)).isInstanceOf(EntrySighting.NotFound.class);
    assertThat(desk.find(FIRST)).isEqualTo(filledAt("57.01"));
    desk.bought(2, 20);
    assertThat(desk.find(SECOND)).isEqualTo(filledAt("57.02"));
  }

  @Test
  void anOrderThatAnotherExecutionNamesIsNotGuessedAt() {
    desk.bought(1, 0);
    desk.bought(2, 60);
    assertThat(desk.find(FIRST, "o-1")).isEqualTo(filledAt("57.01"));
    assertThat(desk.find(SECOND)).isEqualTo(filledAt("57.02"));
  }

  @Test
  void whoNamesAnOrderHasItEvenWhereItWasGuessedAtBefore() {
    desk.order(1, 0, OrderStatus.WORKING, 2, 0);
    assertThat(desk.find(SECOND)).isInstanceOf(EntrySighting.Working.class);
    assertThat(desk.find(FIRST, "o-1")).isInstanceOf(EntrySighting.Working.class);
    assertThat(desk.find(SECOND)).isInstanceOf(EntrySighting.NotFound.class);
  }

  @Test
  void anOrderOnceFoundIsFollowedThoughANearerOneComes() {
    desk.order(1, -5, OrderStatus.WORKING, 2, 0);
    assertThat(desk.find(FIRST)).isInstanceOf(EntrySighting.Working.class);
    desk.bought(1, -5);
    desk.bought(2, 0);
    assertThat(desk.find(FIRST)).isEqualTo(filledAt("57.01"));
  }

  @Test
  void ordersThatFitEquallyWellAreRefusedWithTheReasonInsteadOfGuessed() {
    desk.bought(1, -0.4);
    desk.bought(2, -0.9);
    assertAmbiguous(FIRST, "o-1", "o-2");
    assertAmbiguous(FIRST, "o-1", "o-2");
  }

  @Test
  void anOrderThatOnlyHasHalfAsMuchTimeAgainBehindItFitsEquallyWell() {
    desk.bought(1, -60);
    desk.bought(2, -119);
    assertAmbiguous(FIRST, "o-1", "o-2");
    desk.bought(2, -120);
    assertThat(desk.find(FIRST)).isEqualTo(filledAt("57.01"));
  }

  @Test
  void ordersThatFitEquallyWellAndTellTheSameMakeNoDifference() {
    desk.bought(1, -0.4);
    desk.order(2, 0.4, "c-2", Side.BUY, OrderStatus.FILLED, 2, 2, "57.01");
    assertThat(desk.find(FIRST)).isEqualTo(filledAt("57.01"));
    assertThat(desk.find(SECOND)).isEqualTo(filledAt("57.01"));
    assertThat(desk.find(THIRD)).isInstanceOf(EntrySighting.NotFound.class);
  }

  @Test
  void asManyExecutionsAsOrdersShareThemInTheOrderOfTime() {
    desk.bought(1, -0.4);
    desk.bought(2, -0.9);
    assertAmbiguous(SECOND, "o-1", "o-2");
    assertThat(desk.find(FIRST, NOON.minusMillis(1), null)).isEqualTo(filledAt("57.02"));
    assertThat(desk.find(SECOND)).isEqualTo(filledAt("57.01"));
    assertThat(desk.find(THIRD)).isInstanceOf(EntrySighting.NotFound.class);
  }

  @Test
  void threeOrdersAreSharedOnlyWhenThreeExecutionsAsk() {
    desk.bought(1, -0.1);
    desk.bought(2, -0.2);
    desk.bought(3, -0.3);
    assertAmbiguous(THIRD, "o-1", "o-2", "o-3");
    assertAmbiguous(SECOND, "o-1", "o-2", "o-3");
    assertThat(desk.find(FIRST)).isEqualTo(filledAt("57.03"));
  }

  @Test
  void aHoldingThatAnotherExecutionOpenedIsNotFoundAgainForThisOne() {
    desk.bought(1, 0);
    desk.holds(2);
    assertThat(desk.find(FIRST)).isEqualTo(filledAt("57.01"));
    assertThat(desk.find(SECOND)).isInstanceOf(EntrySighting.NotFound.class);
  }

  @Test
  void whatIsHeldBeyondTheEntriesOfOthersMayBeThisOnes() {
    desk.bought(1, 0);
    desk.holds(3);
    desk.find(FIRST);
    assertThat(desk.find(SECOND))
        .isInstanceOfSatisfying(
            EntrySighting.Filled.class,
            filled -> assertThat(filled.quantity()).isEqualTo(Quantity.of(1)));
  }

  @Test
  void whatAnotherExecutionSoldAgainIsNoLongerCountedAsItsHolding() {
    desk.bought(1, 0);
    desk.holds(2);
    desk.find(FIRST);
    String exit = ClientOrderId.of(FIRST, 1, 1).toString();
    desk.order(9, 40, exit, Side.SELL, OrderStatus.FILLED, 2, 2, "58");
    assertThat(desk.find(SECOND))
        .isInstanceOfSatisfying(
            EntrySighting.Filled.class,
            filled -> assertThat(filled.quantity()).isEqualTo(Quantity.of(2)));
  }

  @Test
  void afterARestartWhatFitsEquallyWellIsStillRefused() {
    desk.bought(1, -0.4);
    desk.bought(2, -0.9);
    assertAmbiguous(FIRST, "o-1", "o-2");
    desk.restartWorker();
    assertAmbiguous(SECOND, "o-1", "o-2");
  }
}
