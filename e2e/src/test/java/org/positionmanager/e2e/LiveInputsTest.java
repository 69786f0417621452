package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.positionmanager.e2e.LiveDesk.OPTIONS;
import static org.positionmanager.e2e.LiveDesk.STOCKS;
import static org.positionmanager.e2e.LiveDesk.TRADING;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.positionmanager.activities.alpaca.AlpacaStreams;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.live.FeedEvent;
import org.positionmanager.activities.live.LiveQuote;
import org.positionmanager.activities.live.LiveQuotes;
import org.positionmanager.activities.live.OrderEvent;
import org.positionmanager.activities.live.OrderUpdate;
import org.positionmanager.activities.live.OrderUpdates;
import org.positionmanager.activities.live.StreamFault;
import org.positionmanager.activities.live.StreamReport;
import org.positionmanager.activities.live.StreamState;
import org.positionmanager.activities.live.Unserved;
import org.positionmanager.simulator.Scenario;
import org.positionmanager.simulator.StreamSettings;
import org.positionmanager.workflows.instrument.Instrument;

/** Live quotes and order updates at a simulator that loses, repeats, mixes up and falls silent. */
@Timeout(120)
class LiveInputsTest {
  private static final String PUT = "NOW260220P00110000";

  private static LiveDesk desk() {
    return new LiveDesk(LiveDesk.scenario("WMT", "DE", PUT));
  }

  private static boolean isDown(StreamState state, StreamFault fault) {
    return state instanceof StreamState.Down down && down.fault() == fault;
  }

  @Test
  @DisplayName("while streams serve, quotes come by them and hardly anything is asked for")
  void comesByStreams() throws Exception {
    try (LiveDesk desk = desk()) {
      desk.followServed("WMT", "DE", PUT);
      assertThat(desk.awaitPrice("WMT", "95.5")).isEqualTo(LiveQuote.Origin.STREAM);
      assertThat(desk.awaitPrice(PUT, "4.35")).isEqualTo(LiveQuote.Origin.STREAM);
      long before = desk.polls();
      assertThat(desk.awaitPrice("DE", "612.25")).isEqualTo(LiveQuote.Origin.STREAM);
      assertThat(desk.polls() - before).as("at most a recheck").isLessThanOrEqualTo(2);
    }
  }

  @Test
  @DisplayName("streams that are gone are polled instead within a second, and come back")
  void fallsBackAndReturns() throws Exception {
    try (LiveDesk desk = desk()) {
      desk.followServed("WMT", PUT);
      desk.link.down();
      await().until(() -> !desk.state(STOCKS).isUp() && !desk.state(OPTIONS).isUp());
      long start = System.nanoTime();
      assertThat(desk.awaitPrice("WMT", "95.5")).isEqualTo(LiveQuote.Origin.POLL);
      assertThat(desk.awaitPrice(PUT, "4.35")).isEqualTo(LiveQuote.Origin.POLL);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
      desk.link.mend();
      desk.awaitServed("WMT", PUT);
      assertThat(desk.awaitPrice("WMT", "94")).isEqualTo(LiveQuote.Origin.STREAM);
      assertThat(desk.told(FeedEvent.GapBegun.class))
          .anySatisfy(
              gap ->
                  assertThat(gap.instruments())
                      .containsEntry(Instrument.parse("WMT"), Unserved.DOWN));
      await().until(() -> desk.told(FeedEvent.GapEnded.class).getLast().longest().toMillis() > 0);
    }
  }

  @Test
  @DisplayName("a connection that only looks alive is noticed by its missing pong")
  void noticesHalfOpen() throws Exception {
    try (LiveDesk desk = desk()) {
      desk.followServed("WMT");
      desk.link.freeze(true);
      long start = System.nanoTime();
      desk.awaitState(STOCKS, state -> isDown(state, StreamFault.BROKEN));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
      assertThat(desk.awaitPrice("WMT", "95")).isEqualTo(LiveQuote.Origin.POLL);
      desk.link.freeze(false);
      desk.awaitServed("WMT");
      assertThat(desk.awaitPrice("WMT", "94")).isEqualTo(LiveQuote.Origin.STREAM);
    }
  }

  @Test
  @DisplayName("a stream that is connected and silent is noticed, polled and opened anew")
  void noticesSilence() throws Exception {
    try (LiveDesk desk = desk()) {
      desk.followServed("WMT", "DE");
      int fault = desk.broker.disturbsStreams(Map.of("kind", "silence", "stream", STOCKS));
      await()
          .until(
              () ->
                  desk.told(FeedEvent.StreamChanged.class).stream()
                      .anyMatch(it -> it.report().state().equals(new StreamState.Silent())));
      for (int price = 90; price < 110; price++) {
        assertThat(desk.awaitPrice("WMT", "" + price)).isEqualTo(LiveQuote.Origin.POLL);
      }
      await().until(() -> !desk.told(FeedEvent.QuotesMissed.class).isEmpty());
      desk.broker.undisturbsStreams(fault);
      desk.awaitServed("WMT", "DE");
      assertThat(desk.awaitPrice("WMT", "94")).isEqualTo(LiveQuote.Origin.STREAM);
    }
  }

  @Test
  @DisplayName("what is beyond the free plan's symbols is polled, the others come by the stream")
  void pollsBeyondTheLimit() throws Exception {
    String[] symbols = IntStream.range(0, 8).mapToObj(i -> "S" + i).toArray(String[]::new);
    try (LiveDesk desk = new LiveDesk(withStreams(LiveDesk.scenario(symbols), 5, 10_000))) {
      desk.follow(symbols);
      desk.awaitState(STOCKS, state -> state.equals(new StreamState.OverLimit()));
      await().until(() -> !desk.told(FeedEvent.OverLimit.class).isEmpty());
      Set<Instrument> over = desk.told(FeedEvent.OverLimit.class).getLast().instruments();
      assertThat(over).hasSize(3);
      for (String symbol : symbols) {
        assertThat(desk.awaitPrice(symbol, "95"))
            .isEqualTo(
                over.contains(Instrument.parse(symbol))
                    ? LiveQuote.Origin.POLL
                    : LiveQuote.Origin.STREAM);
      }
    }
  }

  private static Scenario withStreams(Scenario plain, int iexSymbols, int slowAfter) {
    return new Scenario(
        plain.start(),
        plain.speed(),
        plain.paces(),
        plain.seed(),
        plain.accounts(),
        plain.prices(),
        plain.market(),
        plain.live(),
        plain.events(),
        Optional.of(
            new StreamSettings(
                Optional.of(Duration.ofSeconds(2)),
                Optional.of(iexSymbols),
                Optional.empty(),
                Optional.of(slowAfter),
                Set.of())));
  }

  @Test
  @DisplayName("a wrong key is told once and tried neither by stream nor by poll in a hot loop")
  void wrongKey() throws Exception {
    try (LiveDesk desk = new LiveDesk(LiveDesk.scenario("WMT"), "iex", "wrong")) {
      desk.follow("WMT");
      desk.awaitState(STOCKS, state -> isDown(state, StreamFault.CREDENTIALS));
      await().until(() -> !desk.told(FeedEvent.PollFailed.class).isEmpty());
      await().during(Duration.ofSeconds(2)).until(() -> desk.polls() == 1);
      assertThat(desk.told(FeedEvent.PollFailed.class))
          .extracting(FeedEvent.PollFailed::kind)
          .containsExactly(BrokerException.Kind.UNAUTHORIZED);
      assertThat(desk.told(FeedEvent.StreamChanged.class))
          .filteredOn(it -> isDown(it.report().state(), StreamFault.CREDENTIALS))
          .hasSize(1);
      assertThat(desk.events.toString()).doesNotContain("wrong", "key-large");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"duplicate", "reorder", "delay", "lose"})
  @DisplayName(
      "whatever happens to messages, an older quote never follows a newer, and the last wins")
  void mixedUpMessages(String kind) throws Exception {
    try (LiveDesk desk = desk()) {
      desk.followServed("WMT");
      List<Instant> told = new CopyOnWriteArrayList<>();
      desk.feed.board().listen(Instrument.parse("WMT"), quote -> told.add(quote.quote().at()));
      desk.broker.disturbsStreams(
          Map.of("kind", kind, "stream", STOCKS, "share", 0.5, "delayMillis", 30));
      Instant start = desk.broker.now();
      for (int i = 0; i < 40; i++) {
        desk.broker.priceIs("WMT", Integer.toString(60 + i), start.plusMillis(i));
      }
      // the last of all may be lost: then the recheck finds it
      desk.awaitPrice("WMT", "100.01");
      assertThat(told).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(5);
    }
  }

  @Test
  @DisplayName("a client that reads too slowly is dropped by the broker and comes back")
  void slowReader() throws Exception {
    String[] symbols = IntStream.range(0, 1_000).mapToObj(i -> "S" + i).toArray(String[]::new);
    Scenario standing = LiveDesk.scenario(symbols);
    try (LiveDesk desk = new LiveDesk(withStreams(standing, 30, 2_000), "sip", "secret-large")) {
      desk.followServed(symbols);
      CountDownLatch reads = new CountDownLatch(1);
      CountDownLatch stuck = new CountDownLatch(1);
      desk.feed
          .board()
          .listenToAll(
              quote -> {
                if (quote.origin() == LiveQuote.Origin.STREAM && reads.getCount() > 0) {
                  stuck.countDown();
                  awaitQuietly(reads);
                }
              });
      stuck.await();
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                desk.broker.advance(Duration.ofSeconds(1));
                return desk.broker.connectionsOf("/v2/sip") == 0;
              });
      reads.countDown();
      await()
          .until(
              () ->
                  desk.told(FeedEvent.StreamChanged.class).stream()
                      .anyMatch(
                          it ->
                              it.report().state() instanceof StreamState.Down down
                                  && down.fault() != StreamFault.NOT_YET));
      desk.awaitServed(symbols);
      assertThat(desk.awaitPrice("S7", "95.5")).isEqualTo(LiveQuote.Origin.STREAM);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @DisplayName("a second client of an account waits until the first is gone")
  void oneConnectionOnly() throws Exception {
    try (LiveDesk desk = desk()) {
      desk.followServed("WMT");
      try (AlpacaStreams second = desk.openStreams()) {
        List<StreamState> states = new CopyOnWriteArrayList<>();
        second.quotes().start(new StatesOnly(states));
        second.quotes().follow(LiveDesk.instruments("WMT"));
        await()
            .until(
                () ->
                    states.stream().anyMatch(state -> isDown(state, StreamFault.CONNECTION_LIMIT)));
        desk.streams.close();
        await().until(() -> states.getLast().isUp());
        assertThat(states.stream().filter(state -> isDown(state, StreamFault.CONNECTION_LIMIT)))
            .as("told once, however often it was tried")
            .hasSize(1);
      }
    }
  }

  @Test
  @DisplayName("orders are told from submission to fill, also after the stream was cut")
  void orderUpdates() throws Exception {
    try (LiveDesk desk = desk()) {
      List<OrderUpdate> updates = new CopyOnWriteArrayList<>();
      List<StreamState> states = new CopyOnWriteArrayList<>();
      desk.streams.orders().start(new OrdersTo(updates, states));
      await().until(() -> desk.streams.orders().state().isUp());
      String id = desk.broker.buys("large", "WMT", 7);
      await().until(() -> updates.stream().anyMatch(it -> it.event() == OrderEvent.FILL));
      assertThat(updates).allSatisfy(it -> assertThat(it.order().id()).hasToString(id));
      assertThat(updates)
          .extracting(OrderUpdate::event)
          .containsExactly(OrderEvent.ACCEPTED, OrderEvent.NEW, OrderEvent.FILL);
      OrderUpdate.Execution fill = updates.getLast().execution().orElseThrow();
      assertThat(fill.quantity()).hasToString("7");
      assertThat(fill.positionQuantity())
          .hasValueSatisfying(held -> assertThat(held).isEqualByComparingTo("7"));
      desk.link.cut();
      await().until(() -> states.size() == 4 && states.getLast().isUp());
      await().until(() -> desk.broker.connectionsOf(TRADING) == 1);
      updates.clear();
      desk.broker.sells("large", "WMT", 7);
      await().until(() -> updates.stream().anyMatch(it -> it.event() == OrderEvent.FILL));
      assertThat(updates.getLast().execution().orElseThrow().positionQuantity())
          .hasValueSatisfying(held -> assertThat(held).isEqualByComparingTo("0"));
    }
  }

  private record OrdersTo(List<OrderUpdate> updates, List<StreamState> states)
      implements OrderUpdates.Listener {
    @Override
    public void onUpdate(OrderUpdate update) {
      updates.add(update);
    }

    @Override
    public void onState(StreamState state) {
      states.add(state);
    }

    @Override
    public void onUnreadable(String what) {
      throw new AssertionError(what);
    }
  }

  private record StatesOnly(List<StreamState> states) implements LiveQuotes.Listener {
    @Override
    public void onQuote(LiveQuote quote) {}

    @Override
    public void onReport(StreamReport report) {
      if (report.stream().equals(STOCKS)) {
        states.add(report.state());
      }
    }

    @Override
    public void onUnreadable(String stream, String what) {}
  }
}
