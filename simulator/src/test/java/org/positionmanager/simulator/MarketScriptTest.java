package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prices that a scenario's file scripts: paths, gaps, files, halts, crossed and stale quotes. */
class MarketScriptTest {
  private static final Instant START = Instant.parse("2026-02-11T15:00:00Z");

  @TempDir private Path folder;

  private Scenario scenario(String prices, String events) throws Exception {
    Path file = folder.resolve("day.json");
    Files.writeString(
        file,
        """
        {'start': '2026-02-11T15:00:00Z', 'speed': 0, 'seed': 3,
         'accounts': [{'name': 'large', 'accountNumber': 'PA1', 'key': 'key-large',
                       'secret': 'secret-large', 'cash': 100000}],
         'prices': [%s], 'events': [%s]}
        """
            .formatted(prices, events)
            .replace('\'', '"'));
    return new ScenarioChoice(
            java.util.Optional.of(file),
            java.util.Optional.empty(),
            java.util.Optional.empty(),
            java.util.Optional.empty(),
            java.util.Optional.empty())
        .read();
  }

  private Quotes quotes(String prices, String events) throws Exception {
    return PriceScript.of(scenario(prices, events));
  }

  private static Quotes.Quote at(Quotes quotes, String symbol, int seconds) {
    return quotes.at(symbol, START.plusSeconds(seconds)).orElseThrow();
  }

  @Test
  @DisplayName("two points at one moment are a gap")
  void jumps() throws Exception {
    Quotes quotes =
        quotes(
            "{'symbol':'DE','points':[{'at':'PT0S','mid':600},{'at':'PT1H','mid':600},"
                + "{'at':'PT1H','mid':500}]}",
            "");
    assertThat(at(quotes, "DE", 3_599).bid()).isGreaterThan(new BigDecimal("590"));
    assertThat(at(quotes, "DE", 3_601).ask()).isLessThan(new BigDecimal("510"));
  }

  @Test
  @DisplayName("a walk begins at its price, moves each second, and is the same by seed")
  void wanders() throws Exception {
    String walk = "{'symbol':'DE','walk':{'price':600}}";
    Quotes one = quotes(walk, "");
    Quotes two = quotes(walk, "");
    assertThat(at(one, "DE", 0).bid()).isBetween(new BigDecimal("599.8"), new BigDecimal("600"));
    assertThat(at(one, "DE", 77)).isEqualTo(at(two, "DE", 77)).isNotEqualTo(at(one, "DE", 78));
    assertThat(at(one, "DE", 3_600).bid()).isBetween(new BigDecimal("560"), new BigDecimal("640"));
  }

  @Test
  @DisplayName("a call rises and a put falls with their underlying")
  void modelsOptions() throws Exception {
    Quotes quotes =
        quotes(
            "{'symbol':'DE','points':[{'at':'PT0S','mid':600},{'at':'PT1H','mid':650}]},"
                + "{'symbol':'DE260320C00600000','option':{}},"
                + "{'symbol':'DE260320P00600000','option':{'volatility':0.4}}",
            "");
    assertThat(at(quotes, "DE260320C00600000", 3_600).bid())
        .isGreaterThan(at(quotes, "DE260320C00600000", 0).ask().add(BigDecimal.TEN));
    assertThat(at(quotes, "DE260320P00600000", 3_600).ask())
        .isLessThan(at(quotes, "DE260320P00600000", 0).bid());
  }

  @Test
  @DisplayName("quotes of a CSV file hold until the next one")
  void readsQuotes() throws Exception {
    Files.writeString(
        folder.resolve("quotes.csv"),
        """
        timestamp,symbol,bid,ask
        2026-02-11T15:00:00Z,DE,600.10,600.20
        2026-02-11T15:00:00Z,WMT,1,2
        2026-02-11T10:00:30-05:00,DE,601.10,601.05
        """);
    Quotes quotes = quotes("{'symbol':'DE','file':'quotes.csv'}", "");
    assertThat(at(quotes, "DE", 29).ask()).isEqualByComparingTo("600.20");
    Quotes.Quote crossed = at(quotes, "DE", 100);
    assertThat(crossed.bid()).isGreaterThan(crossed.ask());
    assertThat(crossed.at()).isEqualTo(START.plusSeconds(30));
    assertThat(quotes.at("DE", START.minusSeconds(1))).isEmpty();
  }

  @Test
  @DisplayName("a bar of a JSONL file goes from its open over both extremes to its close")
  void readsBars() throws Exception {
    Files.writeString(
        folder.resolve("bars.jsonl"),
        "{\"t\":\"2026-02-11T15:00:00Z\",\"o\":600,\"h\":610,\"l\":595,\"c\":605,\"v\":100}\n"
            + "{\"t\":\"2026-02-11T15:01:00Z\",\"o\":700,\"h\":700,\"l\":700,\"c\":700}\n");
    Quotes quotes = quotes("{'symbol':'DE','file':'bars.jsonl'}", "");
    int[] seconds = {0, 15, 30, 45, 60};
    String[] mids = {"600", "595", "610", "605", "700"};
    for (int i = 0; i < seconds.length; i++) {
      Quotes.Quote quote = at(quotes, "DE", seconds[i]);
      assertThat(quote.bid().add(quote.ask()).divide(BigDecimal.TWO)).isEqualByComparingTo(mids[i]);
    }
  }

  @Test
  @DisplayName(
      "a file's rows are quoted outside regular hours too, and orders for these fill at them")
  void goesOnAfterHours() throws Exception {
    Files.writeString(
        folder.resolve("after.csv"),
        "t,bp,ap\n2026-02-11T15:00:00Z,600,600.10\n2026-02-11T22:00:00Z,550,550.10\n"
            + "2026-02-12T10:00:00Z,540,540.10\n");
    Scenario scenario = scenario("{'symbol':'DE','file':'after.csv'}", "");
    try (SimulatorServer server = SimulatorServer.start(scenario, "127.0.0.1", 0)) {
      Client client = new Client(server.url(), "large");
      client.post("/admin/clock", "{'now':'2026-02-11T21:30:00Z'}");
      String id =
          client
              .post(
                  "/v2/orders",
                  "{'symbol':'DE','side':'buy','qty':'1','type':'limit','limit_price':'555',"
                      + "'time_in_force':'gtc','extended_hours':true}")
              .body()
              .path("id")
              .asText();
      assertThat(client.get("/v2/stocks/DE/quotes/latest").body().at("/quote/bp").asInt())
          .isEqualTo(600);
      client.post("/admin/clock", "{'now':'2026-02-11T22:00:00Z'}");
      assertThat(client.get("/v2/orders/" + id).body().path("filled_avg_price").asText())
          .isEqualTo("550.1");
      client.post("/admin/clock", "{'now':'2026-02-12T10:00:00Z'}");
      assertThat(client.get("/v2/stocks/DE/quotes/latest").body().at("/quote/bp").asInt())
          .isEqualTo(540);
    }
  }

  @Test
  @DisplayName("a file that cannot be used is named with line and field")
  void refusesFiles() throws Exception {
    Files.writeString(folder.resolve("bad.csv"), "t,bp,ap\n2026-02-11T15:00:00Z,ten,11\n");
    assertThatThrownBy(() -> quotes("{'symbol':'DE','file':'bad.csv'}", ""))
        .hasMessageContaining("bad.csv line 2: bid 'ten' cannot be used; give a number");
    assertThatThrownBy(() -> quotes("{'symbol':'DE','file':'none.csv'}", ""))
        .hasMessageContaining("none.csv of DE cannot be read");
    assertThatThrownBy(() -> quotes("{'symbol':'DE260320C00600000','option':{}}", ""))
        .hasMessageContaining("needs prices of DE; add them");
  }

  @Test
  @DisplayName("a scripted halt keeps the quote and fills nothing until it is over")
  void halts() throws Exception {
    Scenario scenario =
        scenario(
            "{'symbol':'DE','walk':{'price':600}}",
            "{'symbol':'DE','at':'PT1M','lasts':'PT5M','halt':true}");
    try (SimulatorServer server = SimulatorServer.start(scenario, "127.0.0.1", 0)) {
      Client client = new Client(server.url(), "large");
      client.post("/admin/clock", "{'advanceSeconds':120}");
      JsonNode before = client.get("/v2/stocks/quotes/latest?symbols=DE").body();
      String id =
          client
              .post(
                  "/v2/orders",
                  "{'symbol':'DE','side':'buy','qty':'1','type':'market','time_in_force':'day'}")
              .body()
              .path("id")
              .asText();
      client.post("/admin/clock", "{'advanceSeconds':120}");
      assertThat(client.get("/v2/stocks/quotes/latest?symbols=DE").body()).isEqualTo(before);
      assertThat(client.get("/v2/orders/" + id).body().path("status").asText())
          .isNotEqualTo("filled");
      assertThat(
              client
                  .get("/v2/stocks/DE/trades?start=2026-02-11T15:01:00Z&end=2026-02-11T15:04:00Z")
                  .body()
                  .path("trades"))
          .isEmpty();
      client.post("/admin/clock", "{'advanceSeconds':121}");
      assertThat(client.get("/v2/orders/" + id).body().path("status").asText()).isEqualTo("filled");
    }
  }

  @Test
  @DisplayName("scripted quotes may be crossed and stale, for as long as the script says")
  void disturbs() throws Exception {
    Quotes quotes =
        quotes(
            "{'symbol':'DE','walk':{'price':600}}",
            "{'symbol':'DE','at':'PT1M','lasts':'PT10S','bid':601,'ask':600,'age':'PT5M'}");
    assertThat(at(quotes, "DE", 65))
        .isEqualTo(
            new Quotes.Quote(
                new BigDecimal("601"), new BigDecimal("600"), START.minusSeconds(240)));
    assertThat(at(quotes, "DE", 70).at()).isBetween(START.plusSeconds(69), START.plusSeconds(70));
  }
}
