package org.positionmanager.activities.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.alpaca.AlpacaConnection;
import org.positionmanager.activities.alpaca.StubAlpaca;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Quantity;

/** Following and cancelling orders, in a time that passes only where an activity waits. */
class FollowOrderTest {
  private static final PositionId POSITION =
      PositionId.parse("tiny/BMY/7f1c0000-0000-4000-8000-000000000001");
  private static final BrokerOrderId ORDER = new BrokerOrderId("o-1");
  private static final BrokerOrderId OTHER = new BrokerOrderId("o-2");

  private final StubAlpaca alpaca = new StubAlpaca();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final List<Duration> waits = new ArrayList<>();
  private final List<String> heartbeats = new ArrayList<>();
  private boolean isCancelled;
  private final ActivityScope scope =
      new ActivityScope() {
        @Override
        public void heartbeat(String detail) {
          if (isCancelled) {
            throw new CancellationException("the workflow wants no more of it");
          }
          heartbeats.add(detail);
        }

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
          assertThat(time).isPositive();
          waits.add(time);
          nanos.addAndGet(time.toNanos());
        }
      };
  private final BrokerExitActivities exits = exits();

  private BrokerExitActivities exits() {
    AlpacaConnection connection = alpaca.connect();
    return new BrokerExitActivities(
        connection.broker(),
        new AccountReads(connection.broker(), connection.marketData()),
        connection.calendar(),
        scope,
        nanos::get);
  }

  @BeforeEach
  void bothOrdersCanBeAskedToCancel() {
    alpaca.on("DELETE /v2/orders/o-1", 204, "").on("DELETE /v2/orders/o-2", 204, "");
  }

  @AfterEach
  void stop() {
    alpaca.close();
  }

  private static String order(BrokerOrderId id, String status, int filled) {
    return """
    {"id":"%s","client_order_id":"c","symbol":"BMY","side":"sell","status":"%s","qty":"2",
     "filled_qty":"%d","filled_avg_price":"58.1","submitted_at":"2026-02-10T15:00:00Z"}
    """
        .formatted(id, status, filled);
  }

  /** Which orders are open after so much time of waiting; whatever is not has ended. */
  private void works(BrokerOrderId id, Duration time, String end, int filled) {
    long until = nanos.get() + time.toNanos();
    alpaca.on(
        "GET /v2/orders",
        any ->
            new StubAlpaca.Reply(
                200, nanos.get() - until < 0 ? "[" + order(id, "new", 0) + "]" : "[]"));
    alpaca.on("GET /v2/orders/" + id, 200, order(id, end, filled));
  }

  private Duration waited() {
    return waits.stream().reduce(Duration.ZERO, Duration::plus);
  }

  private OrderView follow(Duration patience) {
    return exits.followOrder(POSITION, ORDER, patience);
  }

  private static void assertFails(Runnable work, String type) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            ApplicationFailure.class, e -> assertThat(e.getType()).isEqualTo(type));
  }

  @Test
  void anOrderThatIsFilledAtOnceIsNotWaitedFor() {
    works(ORDER, Duration.ZERO, "filled", 2);
    OrderView order = follow(Duration.ofMinutes(1));
    assertThat(order.status()).isEqualTo(OrderStatus.FILLED);
    assertThat(order.filled()).isEqualTo(Quantity.of(2));
    assertThat(waits).isEmpty();
    assertThat(heartbeats).containsExactly("filled");
  }

  @Test
  void theWaitsBetweenLooksGrowFromATenthToAWholeSecond() {
    works(ORDER, Duration.ofSeconds(5), "filled", 2);
    assertThat(follow(Duration.ofMinutes(1)).isTerminal()).isTrue();
    assertThat(waits)
        .startsWith(
            Duration.ofMillis(100),
            Duration.ofMillis(150),
            Duration.ofMillis(225),
            Duration.ofNanos(337_500_000),
            Duration.ofNanos(506_250_000),
            Duration.ofNanos(759_375_000),
            Duration.ofSeconds(1))
        .allSatisfy(wait -> assertThat(wait).isLessThanOrEqualTo(Duration.ofSeconds(1)));
    assertThat(waited()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
  }

  @Test
  void whenPatienceIsOverTheOrderIsToldAsItWasLastRead() {
    works(ORDER, Duration.ofHours(1), "filled", 2);
    OrderView order = follow(Duration.ofSeconds(3));
    assertThat(order.isTerminal()).isFalse();
    assertThat(order.brokerStatus()).isEqualTo("new");
    assertThat(waited()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void anOrderThatFillsDuringTheLastWaitIsStillSeen() {
    works(ORDER, Duration.ofSeconds(3), "filled", 2);
    assertThat(follow(Duration.ofSeconds(3)).status()).isEqualTo(OrderStatus.FILLED);
  }

  @Test
  void withoutPatienceTheOrderIsReadOnce() {
    works(ORDER, Duration.ofHours(1), "filled", 2);
    assertThat(follow(Duration.ZERO).isTerminal()).isFalse();
    assertThat(alpaca.requests).hasSize(1);
    assertThat(waits).isEmpty();
  }

  @Test
  void aSlowBrokerUsesPatienceUpToo() {
    alpaca.on(
        "GET /v2/orders",
        any -> {
          nanos.addAndGet(Duration.ofSeconds(2).toNanos());
          return new StubAlpaca.Reply(200, "[" + order(ORDER, "new", 0) + "]");
        });
    assertThat(follow(Duration.ofSeconds(3)).isTerminal()).isFalse();
    assertThat(alpaca.requests).hasSize(2);
  }

  @Test
  void everyLookSaysThatTheActivityLivesAndACancelledOneStops() {
    works(ORDER, Duration.ofHours(1), "filled", 2);
    follow(Duration.ofSeconds(2));
    assertThat(heartbeats).hasSameSizeAs(alpaca.requests).containsOnly("new");
    isCancelled = true;
    assertThatThrownBy(() -> follow(Duration.ofSeconds(2)))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void aReadThatFailsOnTheWayIsAFailureAndNeverAnEnd() {
    AtomicLong looks = new AtomicLong();
    alpaca.on(
        "GET /v2/orders",
        any ->
            looks.incrementAndGet() < 3
                ? new StubAlpaca.Reply(200, "[" + order(ORDER, "new", 0) + "]")
                : new StubAlpaca.Reply(500, "[]"));
    assertFails(() -> follow(Duration.ofMinutes(1)), "UNAVAILABLE");
    assertThat(waits).hasSize(2);
  }

  @Test
  void anOrderThatTheBrokerDoesNotKnowIsAFailureAndNeverAnEnd() {
    alpaca
        .on("GET /v2/orders", 200, "[]")
        .on("GET /v2/orders/o-1", 404, "{\"code\":40410000,\"message\":\"order not found\"}");
    assertFails(() -> follow(Duration.ofMinutes(1)), "ORDER_NOT_FOUND");
  }

  @Test
  void aPartlyFilledOrderThatWasCancelledEndsWithWhatFilled() {
    works(ORDER, Duration.ofSeconds(1), "canceled", 1);
    OrderView order = follow(Duration.ofMinutes(1));
    assertThat(order.status()).isEqualTo(OrderStatus.CANCELED);
    assertThat(order.filled()).isEqualTo(Quantity.of(1));
  }

  @Test
  void aCancelIsConfirmedOnlyByTheOrdersEnd() {
    works(ORDER, Duration.ofSeconds(2), "canceled", 0);
    assertThat(exits.cancelOrders(POSITION, List.of(ORDER)))
        .singleElement()
        .extracting(OrderView::status)
        .isEqualTo(OrderStatus.CANCELED);
    assertThat(alpaca.requests.getFirst()).startsWith("DELETE /v2/orders/o-1");
    assertThat(waited()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void anOrderThatFilledBeforeItsCancelIsToldAsFilled() {
    works(ORDER, Duration.ZERO, "filled", 2);
    alpaca.on("DELETE /v2/orders/o-1", 422, "{\"code\":42210000,\"message\":\"already filled\"}");
    assertThat(exits.cancelOrders(POSITION, List.of(ORDER)))
        .singleElement()
        .extracting(OrderView::filled)
        .isEqualTo(Quantity.of(2));
  }

  @Test
  void cancellationsShareFourFifthsOfTheTimeAllowedAndAreAllAskedForFirst() {
    long until = nanos.get() + Duration.ofSeconds(5).toNanos();
    String open = "[" + order(ORDER, "pending_cancel", 0) + "," + order(OTHER, "new", 0) + "]";
    alpaca
        .on(
            "GET /v2/orders",
            any ->
                new StubAlpaca.Reply(
                    200, nanos.get() - until < 0 ? open : "[" + order(OTHER, "new", 0) + "]"))
        .on("GET /v2/orders/o-1", 200, order(ORDER, "canceled", 0));
    assertFails(() -> exits.cancelOrders(POSITION, List.of(ORDER, OTHER)), "CANCEL_UNCONFIRMED");
    assertThat(waited()).isEqualTo(Duration.ofSeconds(8));
    assertThat(alpaca.requests.get(0)).startsWith("DELETE /v2/orders/o-1");
    assertThat(alpaca.requests.get(1)).startsWith("DELETE /v2/orders/o-2");
  }
}
