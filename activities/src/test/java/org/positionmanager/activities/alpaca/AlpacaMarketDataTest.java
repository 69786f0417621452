package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.MarketData;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.value.Price;

class AlpacaMarketDataTest {
  private static final Instrument BMY = Instrument.parse("BMY");
  private static final Instrument NOW = Instrument.parse("NOW");
  private static final String GOOD = "{\"bp\":58.1,\"ap\":58.3,\"t\":\"2026-02-10T15:00:00Z\"}";

  private final StubAlpaca alpaca = new StubAlpaca();
  private final MarketData data = alpaca.connect().marketData();

  @AfterEach
  void stop() {
    alpaca.close();
  }

  /** A quote for every symbol that is asked for. */
  private void quotesOf(String path) {
    alpaca.on(
        "GET " + path,
        asked ->
            new StubAlpaca.Reply(
                200,
                Stream.of(asked.queryParam("symbols").split(","))
                    .map(symbol -> "\"" + symbol + "\":" + GOOD)
                    .collect(Collectors.joining(",", "{\"quotes\":{", "}}"))));
  }

  private Map<Instrument, Quote> stocks(String bmy, String now) {
    alpaca.on(
        "GET /v2/stocks/quotes/latest",
        200,
        "{\"quotes\":{\"BMY\":" + bmy + ",\"NOW\":" + now + "}}");
    return data.quotes(Set.of(BMY, NOW));
  }

  @Test
  void moreThanAHundredSymbolsAreAskedForInSeveralRequests() {
    quotesOf("/v1beta1/options/quotes/latest");
    Set<Instrument> contracts =
        IntStream.range(1, 251)
            .mapToObj(strike -> Instrument.parse("NOW260220P%08d".formatted(strike * 1000)))
            .collect(Collectors.toSet());
    assertThat(data.quotes(contracts)).containsOnlyKeys(contracts);
    assertThat(alpaca.requests)
        .hasSize(3)
        .allSatisfy(one -> assertThat(one.split(",")).hasSizeLessThanOrEqualTo(100))
        .allSatisfy(one -> assertThat(one).contains("feed=indicative"));
  }

  @Test
  void stocksAndContractsAreAskedForWhereEachIsQuoted() {
    quotesOf("/v2/stocks/quotes/latest");
    quotesOf("/v1beta1/options/quotes/latest");
    Set<Instrument> both = new HashSet<>(Set.of(BMY, Instrument.parse("NOW260220P00110000")));
    assertThat(data.quotes(both)).containsOnlyKeys(both);
    assertThat(alpaca.requests)
        .anySatisfy(one -> assertThat(one).contains("/v2/stocks", "symbols=BMY", "feed=iex"))
        .anySatisfy(one -> assertThat(one).contains("/v1beta1/options", "feed=indicative"));
  }

  @Test
  void nothingAskedForIsNothingSent() {
    assertThat(data.quotes(Set.of())).isEmpty();
    assertThat(alpaca.requests).isEmpty();
  }

  @Test
  void pricesAreExactAsTheyStandInTheText() {
    String fine = "{\"bp\":0.1,\"ap\":0.30000000000000004,\"t\":\"2026-02-10T15:00:00Z\"}";
    Quote quote = stocks(fine, GOOD).get(BMY);
    assertThat(quote.bid()).isEqualTo(Price.parse("0.1"));
    assertThat(quote.ask()).hasToString("0.30000000000000004");
  }

  @Test
  void whereNobodyOffersThereIsNoQuote() {
    String noAsk = "{\"bp\":58.1,\"ap\":0,\"t\":\"2026-02-10T15:00:00Z\"}";
    assertThat(stocks(noAsk, GOOD)).containsOnlyKeys(NOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"bp\":58.1,\"t\":\"2026-02-10T15:00:00Z\"}",
        "{\"bp\":-1,\"ap\":58.3,\"t\":\"2026-02-10T15:00:00Z\"}",
        "{\"bp\":\"?\",\"ap\":58.3,\"t\":\"2026-02-10T15:00:00Z\"}",
        "{\"bp\":58.1,\"ap\":58.3}",
        "{\"bp\":58.1,\"ap\":58.3,\"t\":\"today\"}"
      })
  void anOddQuoteIsUnknownAndLeavesTheOthersReadableButAloneItIsAFailure(String odd) {
    assertThat(stocks(odd, GOOD)).containsOnlyKeys(NOW);
    assertThatThrownBy(() -> stocks(odd, odd))
        .isInstanceOfSatisfying(
            BrokerException.class,
            e -> assertThat(e.kind()).isEqualTo(BrokerException.Kind.UNREADABLE));
  }
}
