package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every answer about the market has the fields and types of Alpaca's OpenAPI specification. */
class DataSpecificationTest {
  private static final String MORNING = "start=2026-02-11T14:30:00Z&limit=50";

  private static Optional<Specification> specification = Optional.empty();
  private static SimulatorServer server;

  @BeforeAll
  static void start() throws Exception {
    specification = Specification.find("data_openapi.yaml");
    Scenario standard =
        StandardMarket.at(
            Scenarios.MORNING, List.of(Scenarios.account("large", 1_000)), MarketHours.NYSE, 1);
    server =
        SimulatorServer.start(
            new Scenario(Scenarios.MORNING, 0, 1, standard.accounts(), standard.prices()),
            "127.0.0.1",
            0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Before each test: skipped as a class they would not be counted, and nobody would know. */
  @BeforeEach
  void needsSpecification() {
    Loud.needs(specification.isPresent(), Specification.absence("market data is not checked"));
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("answers conform, under the path that the specification writes")
  @CsvSource({
    "/v2/stocks/quotes/latest, symbols=AAPL%2CNONE",
    "/v2/stocks/trades/latest, symbols=AAPL%2CMSFT",
    "/v2/stocks/bars/latest, symbols=AAPL%2CMSFT",
    "/v2/stocks/snapshots, symbols=AAPL%2CMSFT",
    "/v2/stocks/{symbol}/quotes/latest, feed=iex",
    "/v2/stocks/{symbol}/trades/latest, feed=sip",
    "/v2/stocks/{symbol}/bars/latest, feed=delayed_sip",
    "/v2/stocks/{symbol}/snapshot, feed=iex",
    "/v2/stocks/quotes, symbols=AAPL&" + MORNING,
    "/v2/stocks/trades, symbols=AAPL&" + MORNING,
    "/v2/stocks/bars, symbols=AAPL&timeframe=1Min&" + MORNING,
    "/v2/stocks/{symbol}/quotes, " + MORNING,
    "/v2/stocks/{symbol}/trades, " + MORNING,
    "/v2/stocks/{symbol}/bars, timeframe=1Day",
    "/v1beta1/options/quotes/latest, symbols={option}",
    "/v1beta1/options/trades/latest, symbols={option}",
    "/v1beta1/options/snapshots, symbols={option}",
    "/v1beta1/options/snapshots/{underlying_symbol}, limit=5&type=put",
    "/v1beta1/options/bars, symbols={option}&timeframe=5Min&" + MORNING,
    "/v1beta1/options/trades, symbols={option}&" + MORNING,
  })
  void conforms(String path, String query) throws Exception {
    Client client = new Client(server.url(), "large");
    String option =
        client
            .get("/v1beta1/options/snapshots/AAPL?limit=1")
            .body()
            .path("snapshots")
            .fieldNames()
            .next();
    Client.Reply reply =
        client.get(
            path.replace("{symbol}", "AAPL").replace("{underlying_symbol}", "AAPL")
                + "?"
                + query.replace("{option}", option));
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    assertThat(reply.body().findValues("t")).as("has data").isNotEmpty();
    // as it is specified, or the client would have said so
    assertThat(specification.orElseThrow().knowsBody("get", path, 200)).as(path).isTrue();
  }

  @ParameterizedTest(name = "{0}{1}")
  @DisplayName("letters are explained, those that this exchange gives among them")
  @CsvSource({
    "/v2/stocks/meta/exchanges, '', V",
    "/v2/stocks/meta/conditions/{ticktype}, trade?tape=A, @",
    "/v2/stocks/meta/conditions/{ticktype}, quote?tape=C, R",
    "/v1beta1/options/meta/exchanges, '', C",
    "/v1beta1/options/meta/conditions/{ticktype}, trade, I",
    "/v1beta1/options/meta/conditions/{ticktype}, quote, A",
  })
  void explains(String path, String asked, String letter) throws Exception {
    Client client = new Client(server.url(), "large");
    Client.Reply reply = client.get(path.replace("{ticktype}", asked));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().path(letter).isTextual()).isTrue();
    assertThat(specification.orElseThrow().knowsBody("get", path, 200)).as(path).isTrue();
  }

  @Test
  @DisplayName("letters of no tape or of other ticks are refused")
  void explainsNothingElse() throws Exception {
    Client client = new Client(server.url(), "large");
    assertThat(client.get("/v2/stocks/meta/conditions/trade").status()).isEqualTo(400);
    assertThat(client.get("/v2/stocks/meta/conditions/trade?tape=X").status()).isEqualTo(400);
    assertThat(client.get("/v1beta1/options/meta/conditions/bar").status()).isEqualTo(400);
  }
}
