package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.activities.live.LiveQuote;
import org.positionmanager.activities.live.StreamFault;
import org.positionmanager.activities.live.StreamReport;
import org.positionmanager.activities.live.StreamState;
import org.positionmanager.activities.live.Unserved;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.value.Price;

/** Quotes over a real WebSocket: subscriptions, limits, breaks, silence, refusals. */
@Timeout(60)
class LiveQuotesTest {
  private static final String STOCKS = StubStreams.STOCKS;
  private static final String OPTIONS = StubStreams.OPTIONS;
  private static final String PUT = "NOW260220P00110000";
  private static final String TEN = "2026-02-11T15:00:00.000000001Z";

  private StreamFixture fixture = new StreamFixture("top-secret");

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void restartWith(String secret) {
    fixture.close();
    fixture = new StreamFixture(secret);
  }

  private static boolean isDown(StreamReport report, StreamFault fault) {
    return report.state() instanceof StreamState.Down down && down.fault() == fault;
  }

  @Test
  @DisplayName("stocks come in JSON and contracts in MessagePack, each by its own stream")
  void bringsQuotes() throws Exception {
    fixture.follow("WMT", PUT);
    fixture.awaitServed(STOCKS, "WMT");
    fixture.awaitServed(OPTIONS, PUT);
    fixture.nanos.set(42);
    fixture.stub.quote(STOCKS, "WMT", "127.95", "128.05", TEN);
    assertThat(StreamFixture.next(fixture.quotes))
        .isEqualTo(
            new LiveQuote(
                Instrument.parse("WMT"),
                new Quote(Price.parse("127.95"), Price.parse("128.05"), Instant.parse(TEN)),
                LiveQuote.Origin.STREAM,
                42));
    fixture.stub.quote(OPTIONS, PUT, "0", "1.1", TEN);
    LiveQuote put = StreamFixture.next(fixture.quotes);
    assertThat(put.instrument()).isEqualTo(Instrument.parse(PUT));
    assertThat(put.quote().ask()).isEqualTo(Price.parse("1.1"));
    assertThat(fixture.stub.opened).containsExactlyInAnyOrder(STOCKS, OPTIONS);
  }

  @Test
  @DisplayName("a stream is opened with its first instrument, not before")
  void opensWhenNeeded() {
    fixture.follow("WMT");
    fixture.awaitServed(STOCKS, "WMT");
    assertThat(fixture.report(OPTIONS).state()).isEqualTo(new StreamState.Idle());
    assertThat(fixture.stub.opened(OPTIONS)).isZero();
  }

  @Test
  @DisplayName("a changed set is sent as its difference")
  void sendsDifferences() {
    fixture.follow("WMT", "DE");
    fixture.awaitServed(STOCKS, "WMT", "DE");
    fixture.follow("DE", "BMY");
    fixture.awaitServed(STOCKS, "DE", "BMY");
    assertThat(fixture.stub.requests(STOCKS))
        .hasSize(3)
        .endsWith(
            "{\"action\":\"unsubscribe\",\"quotes\":[\"WMT\"]}",
            "{\"action\":\"subscribe\",\"quotes\":[\"BMY\"]}");
  }

  /** As many connections, and each has asked for all that was followed. */
  private void awaitSubscribedAgain(int connections) {
    await().until(() -> fixture.stub.requests(STOCKS).size() == connections);
    assertThat(fixture.stub.opened(STOCKS)).isEqualTo(connections);
    Set<Set<String>> asked =
        fixture.stub.requests(STOCKS).stream()
            .map(request -> Set.of(request.replaceAll(".*\\[|\\].*|\"", "").split(",")))
            .collect(Collectors.toSet());
    assertThat(asked).as("the same each time").hasSize(1);
  }

  @Test
  @DisplayName("after a cut everything is subscribed again, and each change of state is told once")
  void subscribesAgain() throws Exception {
    fixture.follow("WMT", "DE");
    fixture.awaitServed(STOCKS, "WMT", "DE");
    fixture.stub.cut(STOCKS);
    awaitSubscribedAgain(2);
    fixture.awaitServed(STOCKS, "WMT", "DE");
    fixture.stub.quote(STOCKS, "DE", "620", "621", TEN);
    assertThat(StreamFixture.next(fixture.quotes).instrument()).isEqualTo(Instrument.parse("DE"));
    fixture.stub.hangUp(STOCKS);
    awaitSubscribedAgain(3);
    fixture.awaitServed(STOCKS, "WMT", "DE");
    await().until(() -> fixture.reports.getLast().equals(fixture.report(STOCKS)));
    assertThat(fixture.told(STOCKS).stream().filter(state -> state instanceof StreamState.Down))
        .extracting(state -> ((StreamState.Down) state).fault())
        .containsExactly(StreamFault.NOT_YET, StreamFault.BROKEN, StreamFault.CLOSED);
  }

  @Test
  @DisplayName("over the limit what works is kept, and the others are named")
  void keepsWhatWorks() {
    fixture.stub.limit = 2;
    fixture.follow("A", "B", "C", "D", "E");
    StreamReport report =
        fixture.awaitReport(STOCKS, it -> it.state().equals(new StreamState.OverLimit()));
    assertThat(report.served()).hasSize(2);
    assertThat(report.unserved()).hasSize(3).containsValue(Unserved.OVER_LIMIT);
    String[] fewer =
        report.served().stream().map(Instrument::symbol).toList().toArray(new String[0]);
    fixture.follow(fewer);
    fixture.awaitReport(STOCKS, it -> it.state().equals(new StreamState.Connected()));
  }

  @Test
  @DisplayName("what the confirmation lacks is named")
  void namesWhatIsMissing() {
    fixture.stub.leftOut = Set.of("DE");
    fixture.follow("WMT", "DE");
    fixture.awaitUnserved(STOCKS, Map.of("DE", Unserved.NOT_CONFIRMED));
    fixture.awaitServed(STOCKS, "WMT");
  }

  @Test
  @DisplayName("a wrong key is told once and not tried hot; it is in no address and no report")
  void wrongKey() {
    restartWith("not-the-secret");
    fixture.follow("WMT", PUT);
    fixture.awaitReport(STOCKS, it -> isDown(it, StreamFault.CREDENTIALS));
    fixture.awaitReport(OPTIONS, it -> isDown(it, StreamFault.CREDENTIALS));
    // as many looks of the timer as a hot loop would need for dozens of tries
    await().during(Duration.ofMillis(500)).until(() -> fixture.stub.authentications.get() == 2);
    assertThat(fixture.told(STOCKS).stream().filter(it -> it.toString().contains("CREDENTIALS")))
        .hasSize(1);
    assertThat(fixture.stub.opened).containsExactlyInAnyOrder(STOCKS, OPTIONS);
    assertThat(fixture.reports.toString()).doesNotContain("not-the-secret", "key-id");
  }

  @Test
  @DisplayName("a connection limit is tried again until the old connection no longer counts")
  void connectionLimit() {
    fixture.stub.errors.addAll(
        List.of("406 connection limit exceeded", "406 connection limit exceeded"));
    fixture.follow("WMT");
    fixture.awaitServed(STOCKS, "WMT");
    assertThat(fixture.stub.opened(STOCKS)).isEqualTo(3);
    await()
        .until(() -> fixture.told(STOCKS).stream().anyMatch(it -> it.toString().contains("406")));
  }

  @ParameterizedTest
  @CsvSource({
    "404 auth timeout, NO_ANSWER",
    "407 slow client, SLOW_READER",
    "500 internal error, SERVER",
    "499 who knows, UNKNOWN",
    "409 insufficient subscription, NOT_ENTITLED"
  })
  @DisplayName("an error that ends the connection is told by what it means")
  void errors(String error, StreamFault fault) {
    fixture.stub.errors.add(error);
    fixture.follow("WMT");
    await().until(() -> fixture.told(STOCKS).contains(new StreamState.Down(fault, error)));
    if (fault != StreamFault.NOT_ENTITLED) {
      fixture.awaitServed(STOCKS, "WMT");
    }
  }

  @Test
  @DisplayName("a slow reader that was dropped in the middle of the day comes back")
  void slowReader() {
    fixture.follow("WMT");
    fixture.awaitServed(STOCKS, "WMT");
    fixture.stub.tell(STOCKS, "[{'T':'error','code':407,'msg':'slow client'}]");
    awaitSubscribedAgain(2);
    fixture.awaitServed(STOCKS, "WMT");
  }

  @Test
  @DisplayName("a stream that tells nothing while the market is open is silent, until it speaks")
  void noticesSilence() {
    fixture.follow("WMT");
    fixture.awaitServed(STOCKS, "WMT");
    fixture.advance(Duration.ofSeconds(11));
    fixture.awaitUnserved(STOCKS, Map.of("WMT", Unserved.SILENT));
    assertThat(fixture.report(STOCKS).state()).isEqualTo(new StreamState.Silent());
    assertThat(fixture.stub.opened(STOCKS)).as("the connection stays").isEqualTo(1);
    fixture.stub.quote(STOCKS, "WMT", "1", "2", TEN);
    fixture.awaitServed(STOCKS, "WMT");
  }

  @Test
  @DisplayName("while the market is closed silence is nothing, and its opening begins the count")
  void closedMarketsAreSilent() {
    fixture.marketOpen.set(false);
    fixture.follow("WMT");
    fixture.awaitServed(STOCKS, "WMT");
    fixture.advance(Duration.ofHours(10));
    await().during(Duration.ofMillis(100)).until(() -> fixture.report(STOCKS).state().isUp());
    fixture.marketOpen.set(true);
    fixture.advance(Duration.ofSeconds(9));
    await().during(Duration.ofMillis(100)).until(() -> fixture.report(STOCKS).state().isUp());
    fixture.advance(Duration.ofSeconds(2));
    fixture.awaitReport(STOCKS, it -> it.state().equals(new StreamState.Silent()));
  }

  @Test
  @DisplayName(
      "a silent stream that missed quotes is opened anew and has to speak before it counts again")
  void renews() {
    fixture.follow("WMT");
    fixture.awaitServed(STOCKS, "WMT");
    fixture.streams.quotes().renew(StreamFixture.instruments("WMT"));
    fixture.advance(Duration.ofSeconds(11));
    fixture.awaitReport(STOCKS, it -> it.state().equals(new StreamState.Silent()));
    assertThat(fixture.stub.opened(STOCKS)).isEqualTo(1);
    fixture.streams.quotes().renew(StreamFixture.instruments("WMT"));
    await().until(() -> fixture.stub.requests(STOCKS).size() == 2);
    fixture.awaitReport(STOCKS, it -> it.state().equals(new StreamState.Silent()));
    fixture.streams.quotes().renew(StreamFixture.instruments("WMT"));
    assertThat(fixture.stub.opened(STOCKS)).as("it has had no time to speak").isEqualTo(2);
    fixture.stub.quote(STOCKS, "WMT", "1", "2", TEN);
    fixture.awaitServed(STOCKS, "WMT");
  }

  @Test
  @DisplayName("a broker that never answers is left for a new connection")
  void unanswered() {
    fixture.stub.mute = true;
    fixture.follow("WMT");
    await().until(() -> fixture.stub.opened(STOCKS) == 1);
    fixture.advance(Duration.ofSeconds(6));
    fixture.awaitReport(STOCKS, it -> isDown(it, StreamFault.NO_ANSWER));
    fixture.stub.mute = false;
    await()
        .until(
            () -> {
              fixture.advance(Duration.ofSeconds(1));
              return fixture.report(STOCKS).state().isUp();
            });
  }

  @Test
  @DisplayName("a frame that is no list ends the connection; an odd quote only itself")
  void unreadableFrames() throws Exception {
    fixture.follow("WMT");
    fixture.awaitServed(STOCKS, "WMT");
    fixture.stub.quote(STOCKS, "WMT", "-1", "2", TEN);
    assertThat(StreamFixture.next(fixture.unreadable)).contains("/v2/iex", "WMT", "negative");
    fixture.stub.quote(STOCKS, "WMT", "0", "2", TEN);
    fixture.stub.quote(STOCKS, "OTHER", "1", "2", TEN);
    fixture.stub.quote(STOCKS, "WMT", "1", "2", TEN);
    assertThat(StreamFixture.next(fixture.quotes).quote().bid()).isEqualTo(Price.parse("1"));
    assertThat(fixture.quotes).as("nobody bids for a share, and another's quote").isEmpty();
    fixture.stub.tell(STOCKS, "{'T':'q'}");
    await()
        .until(
            () -> fixture.told(STOCKS).stream().anyMatch(it -> it.toString().contains("a list")));
    await().until(() -> fixture.stub.opened(STOCKS) == 2);
    fixture.awaitServed(STOCKS, "WMT");
  }

  @Test
  @DisplayName("closed streams stay closed")
  void closes() {
    fixture.follow("WMT");
    fixture.awaitServed(STOCKS, "WMT");
    fixture.streams.close();
    await().during(Duration.ofMillis(200)).until(() -> fixture.stub.opened(STOCKS) == 1);
  }
}
