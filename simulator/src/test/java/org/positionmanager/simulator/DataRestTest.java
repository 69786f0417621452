package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Market data by REST on the standard symbols at 10:00 in New York, time standing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataRestTest {
  private static final String PREMARKET = "start=2026-02-11T14:30:00Z&end=2026-02-11T15:00:00Z";

  private SimulatorServer server;
  private Client client;
  private List<String> options;

  @BeforeAll
  void start() {
    Scenario standard =
        StandardMarket.at(
            Scenarios.MORNING, List.of(Scenarios.account("large", 1_000)), MarketHours.NYSE, 1);
    server =
        SimulatorServer.start(
            new Scenario(Scenarios.MORNING, 0, 1, standard.accounts(), standard.prices()),
            "127.0.0.1",
            0);
    client = new Client(server.url(), "large");
    options =
        standard.prices().stream()
            .map(Scenario.Path::symbol)
            .filter(Symbols::isOption)
            .sorted()
            .toList();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private JsonNode get(String path) throws Exception {
    Client.Reply reply = client.get(path);
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    return reply.body();
  }

  @Test
  @DisplayName(
      "latest quotes, trades and bars are numbers under their symbols, unknown ones left out")
  void answersLatest() throws Exception {
    JsonNode quotes = get("/v2/stocks/quotes/latest?symbols=AAPL,MSFT,NONE&feed=sip");
    assertThat(quotes.path("quotes").fieldNames()).toIterable().containsExactly("AAPL", "MSFT");
    JsonNode quote = quotes.at("/quotes/AAPL");
    assertThat(quote.path("bp").isNumber()).isTrue();
    assertThat(quote.path("as").isIntegralNumber()).isTrue();
    assertThat(quote.path("c").isArray()).isTrue();
    assertThat(quote.path("z").asText()).isEqualTo("A");
    assertThat(Instant.parse(quote.path("t").asText()))
        .isBetween(Scenarios.MORNING.minusSeconds(1), Scenarios.MORNING);
    JsonNode trade = get("/v2/stocks/trades/latest?symbols=AAPL").at("/trades/AAPL");
    assertThat(trade.path("p").isNumber()).isTrue();
    assertThat(trade.path("i").isIntegralNumber()).isTrue();
    assertThat(Instant.parse(trade.path("t").asText())).isBeforeOrEqualTo(Scenarios.MORNING);
    JsonNode bar = get("/v2/stocks/bars/latest?symbols=AAPL").at("/bars/AAPL");
    assertThat(bar.path("t").asText()).isEqualTo("2026-02-11T14:59:00Z");
  }

  @Test
  @DisplayName("a single symbol is named beside its data; one without data is not found")
  void answersSingles() throws Exception {
    JsonNode latest = get("/v2/stocks/AAPL/quotes/latest");
    assertThat(latest.path("symbol").asText()).isEqualTo("AAPL");
    assertThat(latest.at("/quote/bp").isNumber()).isTrue();
    assertThat(get("/v2/stocks/AAPL/trades/latest").at("/trade/p").isNumber()).isTrue();
    assertThat(get("/v2/stocks/AAPL/bars/latest").at("/bar/vw").isNumber()).isTrue();
    assertThat(client.get("/v2/stocks/NONE/quotes/latest").status()).isEqualTo(404);
    JsonNode bars = get("/v2/stocks/AAPL/bars?timeframe=1Day");
    assertThat(bars.path("symbol").asText()).isEqualTo("AAPL");
    assertThat(bars.path("bars").get(0).path("t").asText()).isEqualTo("2026-02-11T05:00:00Z");
    assertThat(bars.path("next_page_token").isNull()).isTrue();
    assertThat(get("/v2/stocks/NONE/trades").path("trades").isArray()).isTrue();
  }

  @Test
  @DisplayName("stock snapshots are a bare map with the bars of this day and the day before")
  void answersSnapshots() throws Exception {
    JsonNode snapshots = get("/v2/stocks/snapshots?symbols=AAPL,NONE");
    assertThat(snapshots).hasSize(1);
    JsonNode apple = snapshots.path("AAPL");
    assertThat(apple.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "latestTrade", "latestQuote", "minuteBar", "dailyBar", "prevDailyBar");
    assertThat(apple.at("/prevDailyBar/t").asText()).isEqualTo("2026-02-10T05:00:00Z");
    assertThat(get("/v2/stocks/AAPL/snapshot").path("symbol").asText()).isEqualTo("AAPL");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("pages go on where the last one ended, without gaps or repetitions")
  @ValueSource(strings = {"quotes", "trades", "bars"})
  void pages(String kind) throws Exception {
    String query = "/v2/stocks/%s?symbols=AAPL,MSFT&timeframe=1Min&%s".formatted(kind, PREMARKET);
    JsonNode whole = get(query + "&limit=10000");
    assertThat(whole.path("next_page_token").isNull()).isTrue();
    List<String> all = times(whole, kind);
    List<String> paged = new ArrayList<>();
    String token = "";
    int pages = 0;
    do {
      JsonNode page = get(query + "&limit=" + Math.max(7, all.size() / 5) + token);
      paged.addAll(times(page, kind));
      token =
          page.path("next_page_token").isNull()
              ? ""
              : "&page_token=" + page.path("next_page_token").asText();
      pages++;
    } while (!token.isEmpty());
    assertThat(paged).isEqualTo(all).doesNotHaveDuplicates();
    assertThat(pages).isGreaterThanOrEqualTo(5);
    JsonNode backwards = get(query + "&limit=10000&sort=desc");
    assertThat(times(backwards, kind)).containsExactlyInAnyOrderElementsOf(all);
    JsonNode apples = backwards.path(kind).path("AAPL");
    assertThat(apples.get(0).path("t").asText())
        .isGreaterThan(apples.get(apples.size() - 1).path("t").asText());
  }

  private static List<String> times(JsonNode page, String kind) {
    return page.path(kind)
        .propertyStream()
        .flatMap(
            symbol ->
                symbol.getValue().valueStream().map(it -> symbol.getKey() + it.path("t").asText()))
        .toList();
  }

  @Test
  @DisplayName("bars of five minutes are the trades of those minutes")
  void aggregates() throws Exception {
    JsonNode bars = get("/v2/stocks/AAPL/bars?timeframe=5Min&" + PREMARKET).path("bars");
    assertThat(bars).hasSize(6);
    JsonNode trades =
        get("/v2/stocks/AAPL/trades?start=2026-02-11T14:35:00Z&end=2026-02-11T14:39:59.999999999Z")
            .path("trades");
    JsonNode bar = bars.get(1);
    assertThat(bar.path("t").asText()).isEqualTo("2026-02-11T14:35:00Z");
    assertThat(bar.path("n").asInt()).isEqualTo(trades.size());
    assertThat(bar.path("o")).isEqualTo(trades.get(0).path("p"));
    assertThat(bar.path("c")).isEqualTo(trades.get(trades.size() - 1).path("p"));
    assertThat(bar.path("h").doubleValue())
        .isEqualTo(
            trades.valueStream().mapToDouble(it -> it.path("p").doubleValue()).max().orElse(0));
  }

  @ParameterizedTest(name = "{0}: {1} bars, the first at {2}")
  @DisplayName("bars of any timeframe begin where Alpaca's do")
  @CsvSource({
    "1Min, 30, 2026-02-11T14:30:00Z",
    "15T, 2, 2026-02-11T14:30:00Z",
    "1Hour, 1, 2026-02-11T14:00:00Z",
    "1Day, 1, 2026-02-11T05:00:00Z",
    "1Week, 1, 2026-02-09T05:00:00Z",
    "1Month, 1, 2026-02-01T05:00:00Z"
  })
  void aligns(String timeframe, int count, String first) throws Exception {
    String start = timeframe.matches("1(Day|Week|Month)") ? first : "2026-02-11T14:00:00Z";
    JsonNode bars =
        get("/v2/stocks/AAPL/bars?timeframe=%s&start=%s".formatted(timeframe, start)).path("bars");
    assertThat(bars.get(0).path("t").asText()).isEqualTo(first);
    assertThat(
            bars.valueStream().filter(it -> it.path("t").asText().compareTo("2026-02-11T15") < 0))
        .hasSize(count);
  }

  @Test
  @DisplayName("an option's quote has a text for its condition and no tape")
  void answersOptions() throws Exception {
    String symbols = String.join(",", options.subList(0, 100));
    JsonNode quotes = get("/v1beta1/options/quotes/latest?feed=indicative&symbols=" + symbols);
    assertThat(quotes.path("quotes")).hasSize(100);
    JsonNode quote = quotes.path("quotes").path(options.getFirst());
    assertThat(quote.path("c").isTextual()).isTrue();
    assertThat(quote.has("z")).isFalse();
    JsonNode trade =
        get("/v1beta1/options/trades/latest?symbols=" + options.getFirst())
            .path("trades")
            .path(options.getFirst());
    assertThat(trade.path("c").isTextual()).isTrue();
    assertThat(
            get("/v1beta1/options/bars?timeframe=1Day&symbols=" + options.getFirst())
                .path("bars")
                .path(options.getFirst()))
        .hasSize(1);
    assertThat(get("/v1beta1/options/trades?symbols=" + options.getFirst()).has("next_page_token"))
        .isTrue();
  }

  @Test
  @DisplayName("a chain is filtered and paged, with greeks in camel case")
  void answersChains() throws Exception {
    List<String> apples =
        options.stream()
            .filter(it -> it.startsWith("AAPL"))
            .filter(it -> it.contains("C"))
            .toList();
    List<String> found = new ArrayList<>();
    String token = "";
    do {
      JsonNode page = get("/v1beta1/options/snapshots/AAPL?type=call&limit=3" + token);
      page.path("snapshots").fieldNames().forEachRemaining(found::add);
      JsonNode snapshot = page.path("snapshots").path(found.getLast());
      assertThat(snapshot.at("/latestQuote/ap").isNumber()).isTrue();
      assertThat(snapshot.at("/greeks/delta").doubleValue()).isBetween(0.0, 1.0);
      assertThat(snapshot.path("impliedVolatility").isNumber()).isTrue();
      JsonNode next = page.path("next_page_token");
      token = next.isNull() ? "" : "&page_token=" + next.asText();
    } while (!token.isEmpty());
    assertThat(found).isEqualTo(apples);
    assertThat(
            get("/v1beta1/options/snapshots/AAPL?strike_price_gte=250&expiration_date_lte=2026-03-20")
                .path("snapshots")
                .fieldNames())
        .toIterable()
        .isNotEmpty()
        .allMatch(it -> Integer.parseInt(it.substring(13)) >= 250_000);
    assertThat(get("/v1beta1/options/snapshots?symbols=" + apples.getFirst()).path("snapshots"))
        .hasSize(1);
  }

  @Test
  @DisplayName("more than 100 options are refused")
  void limitsOptions() throws Exception {
    String many =
        IntStream.rangeClosed(1, 101)
            .mapToObj("AAPL260320C%08d"::formatted)
            .collect(Collectors.joining(","));
    for (String path : List.of("quotes/latest", "trades/latest", "snapshots")) {
      Client.Reply reply = client.get("/v1beta1/options/" + path + "?symbols=" + many);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body().path("message").asText()).contains("too many symbols");
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @DisplayName("what cannot be understood is refused by name")
  @CsvSource({
    "stocks/quotes/latest?symbols=AAPL&feed=opra, invalid feed: opra",
    "stocks/quotes?symbols=AAPL&feed=overnight, invalid feed: overnight",
    "stocks/quotes/latest, symbols is required",
    "stocks/bars?symbols=AAPL, timeframe is required",
    "stocks/bars?symbols=AAPL&timeframe=60Min, invalid timeframe: 60Min",
    "stocks/trades?symbols=AAPL&limit=0, invalid limit: 0",
    "stocks/trades?symbols=AAPL&start=yesterday, invalid start: yesterday",
    "stocks/trades?symbols=AAPL&sort=up, invalid sort",
    "stocks/trades?symbols=AAPL&page_token=*, invalid page_token",
    "stocks/trades?symbols=AAPL&start=2026-02-11T15:00:00Z&end=2026-02-10T15:00:00Z, before start"
  })
  void refuses(String path, String message) throws Exception {
    Client.Reply reply = client.get("/v2/" + path);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("message").asText()).contains(message);
  }
}
