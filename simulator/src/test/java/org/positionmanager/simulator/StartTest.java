package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.positionmanager.simulator.market.OptionContract;
import picocli.CommandLine;

/** What {@code pm simulator} offers without any file, and what it says of bad ones. */
class StartTest {
  private static final List<String> DEMO =
      List.of(
          "AAPL", "AMD", "BAC", "BMY", "CRM", "DE", "F", "INTC", "KO", "META", "MSFT", "NOW",
          "NVDA", "PFE", "QCOM", "SOFI", "T", "TSLA", "WMT", "XOM");

  /** A Saturday. */
  private static final Instant CLOSED = Instant.parse("2026-11-21T15:00:00Z");

  @TempDir private Path folder;

  private static Scenario standard(Instant now) {
    return StandardMarket.at(
        now, List.of(Scenarios.account("large", 121_000)), MarketHours.ALWAYS_OPEN, 1);
  }

  @Test
  @DisplayName("the line of JSON names addresses, accounts with keys, and all symbols")
  void tellsThatItIsReady() throws Exception {
    JsonNode line =
        new ObjectMapper().readTree(new Readiness("127.0.0.1", 8999, standard(CLOSED)).json());
    assertThat(line.path("ready").asBoolean()).isTrue();
    assertThat(line.path("trading").asText()).isEqualTo("http://127.0.0.1:8999");
    assertThat(line.path("data").asText()).isEqualTo("http://127.0.0.1:8999");
    assertThat(line.path("stream").asText()).isEqualTo("ws://127.0.0.1:8999");
    assertThat(line.path("accounts").get(0).path("name").asText()).isEqualTo("large");
    assertThat(line.path("accounts").get(0).path("secret").asText()).isEqualTo("secret-large");
    assertThat(line.path("stock_symbols").valueStream().map(JsonNode::asText))
        .containsExactlyElementsOf(DEMO);
    assertThat(line.path("option_symbols")).hasSizeGreaterThanOrEqualTo(DEMO.size());
  }

  @Test
  @DisplayName("every share has options above 10 cents on both sides, which expire later")
  void quotesOptions() {
    Scenario scenario = standard(CLOSED);
    Quotes quotes = PriceScript.of(scenario);
    for (String share : DEMO) {
      assertThat(quotes.symbols().stream().flatMap(it -> OptionContract.of(it).stream()))
          .filteredOn(contract -> contract.root().equals(share))
          .isNotEmpty()
          .allMatch(contract -> contract.end().isAfter(CLOSED.plusSeconds(14 * 86_400)))
          .anyMatch(
              contract -> {
                Quotes.Quote quote = quotes.at(contract.symbol(), CLOSED).orElseThrow();
                return quote.bid().compareTo(new BigDecimal("0.10")) > 0
                    && quote.ask().compareTo(quote.bid()) > 0;
              });
    }
  }

  @Test
  @DisplayName("a market that is always open fills on a Saturday, and says so")
  void isAlwaysOpen() throws Exception {
    try (SimulatorServer server = SimulatorServer.start(standard(CLOSED), "127.0.0.1", 0)) {
      Client client = new Client(server.url(), "large");
      assertThat(client.get("/v2/clock").body().path("is_open").asBoolean()).isTrue();
      JsonNode order =
          client
              .post(
                  "/v2/orders",
                  "{'symbol':'AAPL','side':'buy','qty':'1','type':'market','time_in_force':'day'}")
              .body();
      assertThat(order.path("status").asText()).isEqualTo("filled");
    }
  }

  @Test
  @DisplayName("a standard market with a data folder has the same keys at the next start")
  void keepsItsKeys() throws Exception {
    Path data = folder.resolve("kept");
    assertThat(choice(data).read()).isEqualTo(choice(data).read());
  }

  @Test
  @DisplayName("accounts cannot be given to a data folder that has its own")
  @ResourceLock(Resources.SYSTEM_ERR)
  void refusesOtherAccounts() throws Exception {
    Path data = folder.resolve("kept");
    choice(data).read();
    assertRefused(
        "has accounts and seed of its own; leave out --accounts",
        "--data",
        data.toString(),
        "--accounts",
        file("[{'name':'a','cash':1}]"));
  }

  private static ScenarioChoice choice(Path data) {
    return new ScenarioChoice(
        Optional.empty(),
        Optional.empty(),
        Optional.of(data),
        Optional.of(MarketHours.ALWAYS_OPEN),
        Optional.empty());
  }

  @Test
  @DisplayName("accounts of a file may leave out their keys, which are then made")
  void readsAccounts() throws Exception {
    Path file = folder.resolve("accounts.json");
    Files.writeString(
        file,
        "[{\"name\":\"a\",\"cash\":\"12.5\"},"
            + "{\"name\":\"b\",\"cash\":7,\"key\":\"k\",\"secret\":\"s\"}]");
    List<Scenario.AccountSeed> accounts = AccountsFile.read(file);
    assertThat(accounts.getFirst().cash()).isEqualByComparingTo("12.5");
    assertThat(accounts.getFirst().key()).hasSize(20);
    assertThat(accounts.getLast().secret()).isEqualTo("s");
  }

  @Test
  @DisplayName(
      "accounts without a file may ask 200 times a minute, those of a file as often as it says")
  void limitsRequests() throws Exception {
    assertThat(AccountsFile.standard())
        .allMatch(it -> it.requestsPerMinute().equals(Optional.of(200)));
    Path file =
        Path.of(file("[{'name':'a','cash':1},{'name':'b','cash':1,'requestsPerMinute':1}]"));
    Scenario scenario =
        StandardMarket.at(CLOSED, AccountsFile.read(file), MarketHours.ALWAYS_OPEN, 1);
    try (SimulatorServer server = SimulatorServer.start(scenario, "127.0.0.1", 0)) {
      Client admin = new Client(server.url(), "nobody");
      assertThat(limit(admin, "a")).isZero();
      assertThat(limit(admin, "b")).isEqualTo(1);
    }
  }

  private static int limit(Client admin, String account) throws Exception {
    return admin
        .get("/admin/accounts/%s/settings".formatted(account))
        .body()
        .path("requestsPerMinute")
        .asInt();
  }

  @Test
  @DisplayName("bad input is answered in one line that names it, with exit code 2")
  @ResourceLock(Resources.SYSTEM_ERR)
  void refusesBadInput() throws Exception {
    assertRefused("--port 'x' is no number", "--port", "x");
    assertRefused("--market 'moon' is unknown; use nyse or always-open", "--market", "moon");
    assertRefused("accounts[0].cash must be a number", "--accounts", file("[{'name':'a'}]"));
    assertRefused(
        "accounts[0].casj is unknown", "--accounts", file("[{'name':'a','cash':1,'casj':2}]"));
    assertRefused(
        "accounts[0].requestsPerMinute must be a whole number",
        "--accounts",
        file("[{'name':'a','cash':1,'requestsPerMinute':'x'}]"));
    assertRefused("line 1 is no JSON", "--accounts", file("[{"));
    assertRefused("cannot be read", "--accounts", folder.resolve("none").toString());
    assertRefused("accounts is missing", "--scenario", file("{'start':'2026-02-11T15:00:00Z'}"));
    assertRefused(
        "prices of DE need at least one point",
        "--scenario",
        file("{'start':'2026-02-11T15:00:00Z','accounts':[],'prices':[{'symbol':'DE'}]}"));
    assertRefused(
        "price must be a number of at most 30 digits",
        "--scenario",
        file(
            "{'start':'2026-02-11T15:00:00Z','accounts':[],"
                + "'prices':[{'symbol':'DE','walk':{'price':1e99999999}}]}"));
    assertRefused(
        "accounts[0].cash must be a number",
        "--accounts",
        file("[{'name':'a','cash':'1e99999999'}]"));
    assertRefused(
        "secret of account a is missing",
        "--scenario",
        file(
            "{'start':'2026-02-11T15:00:00Z','prices':[],"
                + "'accounts':[{'name':'a','key':'k','cash':1}]}"));
  }

  @Test
  @DisplayName("an account of a scenario without a number has one made of its name")
  void numbersAccounts() throws Exception {
    Scenario scenario =
        SimulatorCommand.mapper()
            .readValue(
                Path.of(
                        file(
                            "{'start':'2026-02-11T15:00:00Z','prices':[],"
                                + "'accounts':[{'name':'a','key':'key-a','secret':'secret-a','cash':1}]}"))
                    .toFile(),
                Scenario.class);
    try (SimulatorServer server = SimulatorServer.start(scenario, "127.0.0.1", 0)) {
      JsonNode account = new Client(server.url(), "a").get("/v2/account").body();
      assertThat(account.path("account_number").asText()).isEqualTo("PA3A00001");
    }
  }

  private String file(String text) throws Exception {
    Path file = Files.createTempFile(folder, "input", ".json");
    Files.writeString(file, text.replace('\'', '"'));
    return file.toString();
  }

  private static void assertRefused(String message, String... arguments) {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertThat(new CommandLine(new SimulatorCommand()).execute(arguments)).isEqualTo(2);
    } finally {
      System.setErr(before);
    }
    assertThat(said.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains(message);
  }
}
