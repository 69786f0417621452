package org.positionmanager.activities.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.activities.trading.EntryDesk.NOON;
import static org.positionmanager.activities.trading.EntryDesk.filledAt;
import static org.positionmanager.activities.trading.EntryDesk.position;

import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.broker.EntrySighting;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/** Which order opened a position, with and without the broker's id of it. */
class BrokerEntryActivitiesTest {
  private static final PositionId POSITION = position(1);

  private final EntryDesk desk = new EntryDesk();

  @Test
  void aNamedOrderIsTheEntryHoweverOldItIsAndWhateverElseFits() {
    desk.bought(1, -3600);
    desk.bought(2, 0);
    assertThat(desk.find(POSITION, "o-1")).isEqualTo(filledAt("57.01"));
  }

  @Test
  void aNamedOrderThatWorksIsWaitedForAndOneThatDiedIsSaidToBeDead() {
    desk.order(1, 0, OrderStatus.PARTIALLY_FILLED, 2, 1);
    assertThat(desk.find(POSITION, "o-1")).isInstanceOf(EntrySighting.Working.class);
    desk.order(1, 0, OrderStatus.REJECTED, 2, 0);
    assertThat(desk.find(POSITION, "o-1")).isInstanceOf(EntrySighting.Dead.class);
  }

  @Test
  void aNamedOrderThatTheBrokerDoesNotKnowYetIsWaitedForInsteadOfTakingAnother() {
    desk.bought(2, 0);
    desk.holds(2);
    desk.now = NOON.plusSeconds(14);
    assertThat(desk.find(POSITION, "o-1")).isEqualTo(new EntrySighting.NotFound(desk.now));
    desk.bought(1, 1);
    assertThat(desk.find(POSITION, "o-1")).isEqualTo(filledAt("57.01"));
  }

  @Test
  void aNamedOrderThatTheBrokerStillDoesNotKnowLaterIsTakenForAMistakenName() {
    desk.bought(2, 0);
    desk.now = NOON.plusSeconds(15);
    assertThat(desk.find(POSITION, "o-1")).isEqualTo(filledAt("57.02"));
  }

  @Test
  void aNamedOrderThatOpenedSomethingElseIsNotBelieved() {
    desk.order(1, 0, "c-1", Side.SELL, OrderStatus.FILLED, 2, 2, "57.01");
    desk.bought(2, 0);
    desk.now = NOON;
    assertThat(desk.find(POSITION, "o-1")).isEqualTo(filledAt("57.02"));
  }

  @Test
  void withoutANameTheOrderThatCarriesTheExecutionIsTheEntry() {
    String clientId = "dispatch-" + POSITION.execution();
    desk.order(1, -300, clientId, Side.BUY, OrderStatus.FILLED, 2, 2, "57.01");
    desk.bought(2, 0);
    assertThat(desk.find(POSITION)).isEqualTo(filledAt("57.01"));
  }

  @Test
  void withoutANameALivingOrderGoesBeforeADeadOne() {
    desk.order(1, 0, OrderStatus.REJECTED, 2, 0);
    desk.bought(2, -200);
    assertThat(desk.find(POSITION)).isEqualTo(filledAt("57.02"));
  }

  @Test
  void withoutANameTheAnnouncedQuantityGoesBeforeNearnessInTime() {
    desk.order(1, 0, OrderStatus.FILLED, 5, 5);
    desk.bought(2, -200);
    assertThat(desk.find(POSITION)).isEqualTo(filledAt("57.02"));
  }

  @Test
  void withoutANameTheOrderClearlyNearestToTheAnnouncementIsTheEntry() {
    desk.bought(1, -0.5);
    desk.bought(2, 1.5);
    assertThat(desk.find(POSITION)).isEqualTo(filledAt("57.01"));
  }

  @Test
  void onlyOrdersFromTenMinutesBeforeToFiveMinutesAfterTheAnnouncementAreLookedAt() {
    desk.bought(1, -600);
    desk.bought(2, 300.001);
    assertThat(desk.find(POSITION)).isInstanceOf(EntrySighting.NotFound.class);
    desk.bought(3, 300);
    assertThat(desk.find(POSITION)).isEqualTo(filledAt("57.03"));
  }

  @Test
  void anExitOfOursAndAReplacedOrderAreNoEntries() {
    String exit = ClientOrderId.of(position(2), 1, 1).toString();
    desk.order(1, 0, exit, Side.BUY, OrderStatus.FILLED, 2, 2, "57.01");
    desk.order(2, 0, OrderStatus.REPLACED, 2, 0);
    assertThat(desk.find(POSITION)).isInstanceOf(EntrySighting.NotFound.class);
  }

  @Test
  void withoutAnyOrderTheHoldingTellsAndNeverMoreThanAnnounced() {
    desk.holds(5);
    assertThat(desk.find(POSITION))
        .isEqualTo(new EntrySighting.Filled(Quantity.of(2), Price.parse("57.5"), NOON));
  }

  @Test
  void nothingAtAllIsNotFoundWithTheTimeOfTheRead() {
    assertThat(desk.find(POSITION)).isEqualTo(new EntrySighting.NotFound(NOON.plusSeconds(60)));
  }
}
