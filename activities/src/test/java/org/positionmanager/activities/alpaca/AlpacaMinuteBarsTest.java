package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.MinuteBar;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Price;

/** Minute bars of stocks and contracts, each from its own route, and never "none" by mistake. */
class AlpacaMinuteBarsTest {
  private static final Instrument BMY = Instrument.parse("BMY");
  private static final Instrument DE = Instrument.parse("DE");
  private static final Instrument PUT = Instrument.parse("NOW260220P00110000");
  private static final Instant TEN = Instant.parse("2026-02-11T15:00:00Z");
  private static final String NO_BARS = "{\"bars\":{},\"next_page_token\":null}";

  private final StubAlpaca alpaca = new StubAlpaca();

  @AfterEach
  void stop() {
    alpaca.close();
  }

  private Map<Instrument, List<MinuteBar>> bars(Instrument... instruments) {
    return alpaca
        .connect()
        .minuteBars()
        .read(new LinkedHashSet<>(List.of(instruments)), TEN, TEN.plus(Duration.ofMinutes(3)));
  }

  private static String bar(String at, String high, String low, int trades) {
    return "{\"t\":\"%s\",\"o\":%s,\"h\":%s,\"l\":%s,\"c\":%s,\"v\":9,\"n\":%d,\"vw\":%s}"
        .formatted(at, low, high, low, low, trades, low);
  }

  private static MinuteBar minute(int after, String high, String low, int trades) {
    return new MinuteBar(
        TEN.plus(Duration.ofMinutes(after)), Price.parse(high), Price.parse(low), trades);
  }

  @Test
  void stocksAreReadTogetherFromTheAccountsFeedUpToTheLastWholeMinute() {
    alpaca.on(
        "GET /v2/stocks/bars",
        200,
        "{\"bars\":{\"BMY\":[%s,%s]},\"next_page_token\":null}"
            .formatted(
                bar("2026-02-11T15:00:00Z", "58.30", "57.1", 3),
                bar("2026-02-11T15:02:00Z", "0.30000000000000004", "0.1", 1)));
    assertThat(bars(BMY, DE))
        .containsOnly(
            Map.entry(
                BMY,
                List.of(minute(0, "58.3", "57.1", 3), minute(2, "0.30000000000000004", "0.1", 1))),
            Map.entry(DE, List.of()));
    assertThat(alpaca.requests)
        .singleElement()
        .asString()
        .contains(
            "symbols=BMY,DE",
            "timeframe=1Min",
            "adjustment=split",
            "feed=iex",
            "start=2026-02-11T15:00:00Z",
            "end=2026-02-11T15:02:00Z");
  }

  @Test
  void contractsAreReadByTheirOwnRouteAndSymbol() {
    alpaca.on(
        "GET /v1beta1/options/bars",
        200,
        "{\"bars\":{\"%s\":[%s]},\"next_page_token\":null}"
            .formatted(PUT, bar("2026-02-11T15:01:00Z", "5.6", "5.2", 4)));
    assertThat(bars(PUT)).containsOnly(Map.entry(PUT, List.of(minute(1, "5.6", "5.2", 4))));
    assertThat(alpaca.requests)
        .singleElement()
        .asString()
        .contains("symbols=" + PUT)
        .doesNotContain("feed=", "adjustment=");
  }

  @Test
  void allPagesAreReadAndPutInOrder() {
    alpaca.on(
        "GET /v2/stocks/bars",
        asked ->
            new StubAlpaca.Reply(
                200,
                asked.queryParam("page_token") == null
                    ? "{\"bars\":{\"BMY\":[%s]},\"next_page_token\":\"more\"}"
                        .formatted(bar("2026-02-11T15:01:00Z", "2", "1", 2))
                    : "{\"bars\":{\"BMY\":[%s],\"DE\":[%s]},\"next_page_token\":null}"
                        .formatted(
                            bar("2026-02-11T15:00:00Z", "3", "1", 2),
                            bar("2026-02-11T15:00:00Z", "620", "619", 2))));
    assertThat(bars(BMY, DE))
        .containsOnly(
            Map.entry(BMY, List.of(minute(0, "3", "1", 2), minute(1, "2", "1", 2))),
            Map.entry(DE, List.of(minute(0, "620", "619", 2))));
  }

  @Test
  void aSymbolThatIsRefusedKeepsNoOtherFromItsBars() {
    alpaca.on(
        "GET /v2/stocks/bars",
        asked ->
            asked.queryParam("symbols").contains("BMY")
                ? new StubAlpaca.Reply(400, "{\"message\":\"invalid symbol: BMY\"}")
                : new StubAlpaca.Reply(200, NO_BARS));
    assertThat(bars(BMY, DE)).containsOnly(Map.entry(DE, List.of()));
  }

  @Test
  void whereEveryRequestIsRefusedTheReadHasFailedAfterAFew() {
    alpaca.on("GET /v2/stocks/bars", 403, "{\"message\":\"subscription does not permit\"}");
    Instrument[] many = new Instrument[100];
    for (int i = 0; i < many.length; i++) {
      many[i] = Instrument.parse("A" + (char) ('A' + i / 26) + (char) ('A' + i % 26));
    }
    assertThatThrownBy(() -> bars(many))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("subscription");
    assertThat(alpaca.requests).hasSizeLessThan(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"bars\":[]}",
        "{\"bars\":{\"BMY\":{}}}",
        "{\"bars\":{\"BMY\":[{\"t\":\"2026-02-11T15:00:00Z\",\"h\":2,\"l\":1}]}}",
        "{\"bars\":{\"BMY\":[{\"t\":\"2026-02-11T15:00:00Z\",\"h\":1,\"l\":2,\"n\":2}]}}",
        "{\"bars\":{\"BMY\":[{\"t\":\"2026-02-11T15:00:00Z\",\"h\":1,\"l\":1,\"n\":0}]}}",
        "{\"bars\":{\"BMY\":[{\"t\":\"today\",\"h\":1,\"l\":1,\"n\":2}]}}"
      })
  void whatCannotBeReadIsAnErrorAndNotNone(String body) {
    alpaca.on("GET /v2/stocks/bars", 200, body);
    assertThatThrownBy(() -> bars(BMY))
        .isInstanceOfSatisfying(
            BrokerException.class,
            e -> assertThat(e.kind()).isEqualTo(BrokerException.Kind.UNREADABLE));
  }

  @Test
  void barsOfFeedsThatTellTradesLateAreNotTakenForCompleteBeforeTheyAre() {
    assertThat(alpaca.connect().minuteBars().settledAfter(BMY)).isLessThan(Duration.ofMinutes(1));
    assertThat(alpaca.connect().minuteBars().settledAfter(PUT))
        .as("indicative: a quarter of an hour late")
        .isGreaterThan(Duration.ofMinutes(15));
  }
}
