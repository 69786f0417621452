package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.live.OrderEvent;
import org.positionmanager.activities.live.OrderUpdate;
import org.positionmanager.activities.live.StreamFault;
import org.positionmanager.activities.live.StreamState;

/** Order updates over a real WebSocket that sends JSON in binary frames. */
@Timeout(60)
class OrderUpdatesTest {
  private static final String TRADING = StubStreams.TRADING;
  private static final String UPDATE =
      "{'stream':'trade_updates','data':{'event':'%s','price':'127.5','qty':'2',"
          + "'position_qty':'8','timestamp':'2026-02-11T15:00:01Z','order':{'id':'o-1',"
          + "'client_order_id':'mine','symbol':'WMT','side':'sell','qty':'2','filled_qty':'2',"
          + "'status':'filled','submitted_at':'2026-02-11T15:00:00Z'}}}";

  private final StreamFixture fixture = new StreamFixture("top-secret");

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void awaitState(StreamState state) {
    await().until(() -> fixture.streams.orders().state(), state::equals);
  }

  private void connect() {
    fixture.startOrders();
    awaitState(new StreamState.Connected());
  }

  @Test
  @DisplayName("updates are told once it listens")
  void tells() throws Exception {
    connect();
    assertThat(fixture.stub.requests(TRADING))
        .containsExactly("{\"action\":\"listen\",\"data\":{\"streams\":[\"trade_updates\"]}}");
    fixture.nanos.set(42);
    fixture.stub.tell(TRADING, UPDATE.formatted("fill"));
    OrderUpdate update = StreamFixture.next(fixture.updates);
    assertThat(update.event()).isEqualTo(OrderEvent.FILL);
    assertThat(update.execution().orElseThrow().price()).hasToString("127.5");
    assertThat(update.arrivedAtNanos()).isEqualTo(42);
  }

  @Test
  @DisplayName("one that cannot be read is told as such, and the next is read")
  void unreadable() throws Exception {
    connect();
    fixture.stub.tell(TRADING, "{'stream':'trade_updates','data':{'event':'fill','order':{}}}");
    assertThat(StreamFixture.next(fixture.unreadable)).contains("no status");
    fixture.stub.tell(TRADING, UPDATE.formatted("warped"));
    assertThat(StreamFixture.next(fixture.updates).event()).isEqualTo(OrderEvent.OTHER);
    assertThat(fixture.stub.opened(TRADING)).isEqualTo(1);
  }

  @Test
  @DisplayName("after a cut, a slow reader's error or nonsense it listens again and says so")
  void comesBack() throws Exception {
    connect();
    fixture.stub.cut(TRADING);
    await().until(() -> fixture.stub.requests(TRADING).size() == 2);
    awaitState(new StreamState.Connected());
    fixture.stub.tell(TRADING, "{'action':'error','data':{'error_message':'slow client'}}");
    await().until(() -> fixture.stub.requests(TRADING).size() == 3);
    awaitState(new StreamState.Connected());
    fixture.stub.tell(TRADING, "nonsense");
    await().until(() -> fixture.stub.requests(TRADING).size() == 4);
    awaitState(new StreamState.Connected());
    fixture.stub.tell(TRADING, UPDATE.formatted("fill"));
    assertThat(StreamFixture.next(fixture.updates).order().clientOrderId()).isEqualTo("mine");
    await().until(() -> fixture.orderStates.size() == 8);
    assertThat(fixture.orderStates)
        .filteredOn(state -> state instanceof StreamState.Down)
        .extracting(state -> ((StreamState.Down) state).fault())
        .containsExactly(
            StreamFault.NOT_YET,
            StreamFault.BROKEN,
            StreamFault.SLOW_READER,
            StreamFault.UNREADABLE);
  }

  @Test
  @DisplayName("a wrong key is told once and not tried hot")
  void wrongKey() {
    fixture.stub.authorization = "unauthorized";
    fixture.startOrders();
    awaitState(new StreamState.Down(StreamFault.CREDENTIALS, "the stream says unauthorized"));
    await().during(Duration.ofMillis(500)).until(() -> fixture.stub.authentications.get() == 1);
    assertThat(fixture.orderStates).hasSize(2);
  }

  @Test
  @DisplayName("a stream that does not tell order updates counts as down")
  void noUpdates() {
    fixture.stub.listening = "something_else";
    fixture.startOrders();
    awaitState(
        new StreamState.Down(StreamFault.NOT_ENTITLED, "the broker does not tell trade_updates"));
  }

  @Test
  @DisplayName("a broker that never answers is left for a new connection")
  void unanswered() {
    fixture.stub.mute = true;
    fixture.startOrders();
    await().until(() -> fixture.stub.opened(TRADING) == 1);
    // the answer is awaited from the moment at which the connection is open
    await()
        .until(
            () -> {
              fixture.advance(Duration.ofSeconds(1));
              return fixture.stub.opened(TRADING) > 1;
            });
    fixture.stub.mute = false;
    await()
        .until(
            () -> {
              fixture.advance(Duration.ofSeconds(1));
              return fixture.streams.orders().state().isUp();
            });
  }
}
