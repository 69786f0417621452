package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.DailyBar;
import org.positionmanager.workflows.value.Price;

/** Daily bars of stocks and contracts, each from its own route, and never "none" by mistake. */
class AlpacaPriceHistoryTest {
  private static final Instrument BMY = Instrument.parse("BMY");
  private static final Instrument PUT = Instrument.parse("NOW260220P00110000");
  private static final LocalDate FROM = LocalDate.of(2026, 2, 2);
  private static final LocalDate TO = LocalDate.of(2026, 2, 4);

  private final StubAlpaca alpaca = new StubAlpaca();

  @AfterEach
  void stop() {
    alpaca.close();
  }

  private List<DailyBar> daily(Instrument instrument) {
    return alpaca.connect().history().daily(instrument, FROM, TO);
  }

  private static String bar(String at, String high, String low, String close) {
    return "{\"t\":\"%s\",\"o\":1,\"h\":%s,\"l\":%s,\"c\":%s,\"v\":1,\"n\":1,\"vw\":1}"
        .formatted(at, high, low, close);
  }

  @Test
  void barsOfAStockAreOfTheExchangesDaysAndExact() {
    alpaca.on(
        "GET /v2/stocks/bars",
        200,
        "{\"bars\":{\"BMY\":[%s,%s]},\"next_page_token\":null}"
            .formatted(
                bar("2026-02-02T05:00:00Z", "58.30", "57.1", "58"),
                bar("2026-02-03T05:00:00Z", "0.30000000000000004", "0.1", "0.2")));
    assertThat(daily(BMY))
        .containsExactly(
            new DailyBar(FROM, Price.parse("58.3"), Price.parse("57.1"), Price.parse("58")),
            new DailyBar(
                FROM.plusDays(1),
                Price.parse("0.30000000000000004"),
                Price.parse("0.1"),
                Price.parse("0.2")));
    assertThat(alpaca.requests)
        .singleElement()
        .asString()
        .contains(
            "symbols=BMY",
            "timeframe=1Day",
            "adjustment=split",
            "feed=iex",
            "start=2026-02-02T05:00:00Z",
            "end=2026-02-03T05:00:00Z");
  }

  @Test
  void barsOfAContractAreAskedForByItsOwnSymbol() {
    alpaca.on(
        "GET /v1beta1/options/bars",
        200,
        "{\"bars\":{\"%s\":[%s]},\"next_page_token\":null}"
            .formatted(PUT, bar("2026-02-02T05:00:00Z", "5", "4", "4.8")));
    assertThat(daily(PUT)).extracting(DailyBar::close).containsExactly(Price.parse("4.8"));
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
                        .formatted(bar("2026-02-03T05:00:00Z", "2", "1", "1"))
                    : "{\"bars\":{\"BMY\":[%s]},\"next_page_token\":null}"
                        .formatted(bar("2026-02-02T05:00:00Z", "2", "1", "2"))));
    assertThat(daily(BMY)).extracting(DailyBar::date).containsExactly(FROM, FROM.plusDays(1));
    assertThat(alpaca.requests).hasSize(2).last().asString().contains("page_token=more");
  }

  @Test
  void pagesWithoutEndAreNoAnswer() {
    alpaca.on("GET /v2/stocks/bars", 200, "{\"bars\":{},\"next_page_token\":\"again\"}");
    assertThatThrownBy(() -> daily(BMY))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("pages without end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"bars\":{},\"next_page_token\":null}",
        "{\"bars\":null,\"next_page_token\":null}",
        "{\"bars\":{\"BMY\":null},\"next_page_token\":null}"
      })
  void aSymbolThatWasNotTradedHasNone(String body) {
    alpaca.on("GET /v2/stocks/bars", 200, body);
    assertThat(daily(BMY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"bars\":[]}",
        "{\"bars\":{\"BMY\":{}}}",
        "{\"bars\":{\"BMY\":[{\"t\":\"2026-02-02T05:00:00Z\",\"h\":1,\"l\":1}]}}",
        "{\"bars\":{\"BMY\":[{\"t\":\"yesterday\",\"h\":1,\"l\":1,\"c\":1}]}}",
        "{\"bars\":{\"BMY\":[{\"t\":\"2026-02-02T05:00:00Z\",\"h\":1,\"l\":2,\"c\":1}]}}"
      })
  void whatCannotBeReadIsAnErrorAndNotNone(String body) {
    alpaca.on("GET /v2/stocks/bars", 200, body);
    assertThatThrownBy(() -> daily(BMY))
        .isInstanceOfSatisfying(
            BrokerException.class,
            e -> assertThat(e.kind()).isEqualTo(BrokerException.Kind.UNREADABLE));
  }

  @Test
  void aRefusalIsAnErrorAndNotNone() {
    alpaca.on("GET /v2/stocks/bars", 400, "{\"message\":\"invalid symbol\"}");
    assertThatThrownBy(() -> daily(BMY))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("invalid symbol");
  }
}
