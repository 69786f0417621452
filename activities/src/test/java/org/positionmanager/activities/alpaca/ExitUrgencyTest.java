package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.trading.AccountReads;
import org.positionmanager.activities.trading.ActivityScope;
import org.positionmanager.activities.trading.BrokerExitActivities;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ExitReadiness;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;

/**
 * An ordinary read stands first in the account's queue in every test and never goes: whatever else
 * is an ordinary read waits behind it for ever, whatever belongs to an exit passes it.
 */
@Timeout(20)
class ExitUrgencyTest {
  private static final PositionId POSITION =
      PositionId.parse("tiny/BMY/7f1c0000-0000-4000-8000-000000000001");
  private static final ClientOrderId ID = ClientOrderId.of(POSITION, 1, 1);

  private final StubAlpaca alpaca = new StubAlpaca();
  private final RateBudget budget = new RateBudget(20, () -> 0);
  private final AlpacaConnection connection =
      AlpacaConnection.open(alpaca.settings(), budget, new SimpleMeterRegistry(), () -> 0);
  private final BrokerExitActivities exits =
      new BrokerExitActivities(
          connection.broker(),
          new AccountReads(connection.broker(), connection.marketData()),
          connection.calendar(),
          new NoWaiting(),
          () -> 0);
  private RateBudget.Place waitingRead;

  private static final class NoWaiting implements ActivityScope {
    @Override
    public void heartbeat(String detail) {}

    @Override
    public Duration timeAllowed() {
      return Duration.ofSeconds(10);
    }

    @Override
    public Duration heartbeatTimeout() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void sleep(Duration time) {
      throw new AssertionError("the order is terminal, nothing is to be waited for");
    }
  }

  @BeforeEach
  void anOrdinaryReadWaits() {
    waitingRead = budget.enqueue(Urgency.READ);
  }

  @AfterEach
  void theOrdinaryReadStillWaited() {
    assertThat(budget.tryTake(waitingRead)).isTrue();
    alpaca.close();
  }

  @Test
  void allThatPreparesAnExitPassesAWaitingRead() {
    alpaca
        .on("GET /v2/orders:by_client_order_id", 404, "{\"code\":40410000,\"message\":\"none\"}")
        .on("GET /v2/orders", 200, "[]")
        .on(
            "GET /v2/positions",
            200,
            "[{\"symbol\":\"BMY\",\"side\":\"long\",\"qty\":\"2\",\"avg_entry_price\":\"57\"}]")
        .on(
            "GET /v2/stocks/quotes/latest",
            200,
            "{\"quotes\":{\"BMY\":{\"bp\":58.1,\"ap\":58.2,\"t\":\"2026-02-10T15:00:00Z\"}}}")
        .on("GET /v2/clock", 200, "{\"timestamp\":\"2026-02-10T15:00:00Z\"}")
        .on(
            "GET /v2/calendar",
            200,
            "[{\"date\":\"2026-02-10\",\"open\":\"09:30\",\"close\":\"16:00\"},"
                + "{\"date\":\"2026-02-11\",\"open\":\"09:30\",\"close\":\"16:00\"}]");
    assertThat(exits.prepareExit(POSITION, ID, Direction.LONG, Quantity.of(2)))
        .isInstanceOfSatisfying(
            ExitReadiness.Ready.class,
            ready -> {
              assertThat(ready.sendable()).isEqualTo(Quantity.of(2));
              assertThat(ready.quote()).isPresent();
              assertThat(ready.moment().isOpen()).isTrue();
            });
  }

  @Test
  void followingAnExitPassesAWaitingRead() {
    alpaca.on("GET /v2/orders", 200, "[]").on("GET /v2/orders/o-1", 200, filled());
    assertThat(
            exits.followOrder(POSITION, new BrokerOrderId("o-1"), Duration.ofSeconds(1)).status())
        .isEqualTo(OrderStatus.FILLED);
  }

  @Test
  void confirmingACancelPassesAWaitingRead() {
    alpaca
        .on("DELETE /v2/orders/o-1", 204, "")
        .on("GET /v2/orders", 200, "[]")
        .on("GET /v2/orders/o-1", 200, filled());
    assertThat(exits.cancelOrders(POSITION, List.of(new BrokerOrderId("o-1")))).hasSize(1);
  }

  @Test
  void reconcilingAnExitPassesAWaitingRead() {
    alpaca.on("GET /v2/account/activities", 200, "[]").on("GET /v2/orders", 200, "[]");
    assertThat(
            exits.findClosingFills(
                POSITION, Direction.LONG, Instant.parse("2026-02-10T15:00:00Z"), Quantity.of(2)))
        .isEmpty();
  }

  @Test
  void theViewForExitsReadsTheSameAccountAndPassesAWaitingRead() {
    alpaca.on("GET /v2/positions", 200, "[]");
    assertThat(connection.broker().forExits().name()).isEqualTo(connection.broker().name());
    assertThat(connection.broker().forExits().holdings()).isEmpty();
  }

  @Test
  void whatIsOrdinaryKeepsItsPlaceBehindTheWaitingRead() throws Exception {
    AtomicReference<BrokerException> ended = new AtomicReference<>();
    Thread ordinary =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    connection.marketData().quotes(Set.of(POSITION.instrument()));
                  } catch (BrokerException e) {
                    ended.set(e);
                  }
                });
    await().until(() -> ordinary.getState() == Thread.State.TIMED_WAITING);
    ordinary.interrupt();
    ordinary.join();
    assertThat(ended.get().kind()).isEqualTo(BrokerException.Kind.INTERRUPTED);
    assertThat(alpaca.requests).isEmpty();
  }

  private static String filled() {
    return """
    {"id":"o-1","client_order_id":"%s","symbol":"BMY","side":"sell","status":"filled","qty":"2",
     "filled_qty":"2","filled_avg_price":"58.1","submitted_at":"2026-02-10T15:00:00Z"}
    """
        .formatted(ID);
  }
}
