package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Alpaca's own clients, as published, against the simulator; of each answer they get it is asked
 * whether Alpaca's specification allows it.
 */
class UnmodifiedClientsTest {
  private static final Path HERE = Path.of("target", "clients").toAbsolutePath();
  private static final Path SCRIPTS = Path.of("src", "test", "clients").toAbsolutePath();
  private static final Duration DONE_WITHIN = Duration.ofMinutes(2);

  @TempDir private Path empty;
  private final PublishedClients clients = new PublishedClients(HERE);
  private SimulatorServer server;
  private CheckingProxy proxy;
  private String ready;

  @BeforeEach
  void start() throws IOException {
    Scenario scenario =
        StandardMarket.at(Instant.now(), AccountsFile.standard(), MarketHours.ALWAYS_OPEN, 1);
    server = SimulatorServer.start(scenario, "127.0.0.1", 0);
    proxy = new CheckingProxy(server.url());
    ObjectMapper json = new ObjectMapper();
    ObjectNode addresses =
        (ObjectNode) json.readTree(new Readiness("127.0.0.1", server.port(), scenario).json());
    // streams stay: they are no part of the specification
    ready = addresses.put("trading", proxy.url()).put("data", proxy.url()).toString();
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.close();
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("alpaca-py trades in every way, reads market data and hears its streams")
  @ValueSource(strings = {"smoke.py", "trading.py"})
  void servesPython(String script) throws Exception {
    assertPasses(clients.python().toString(), SCRIPTS.resolve(script).toString(), ready);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("@alpacahq/alpaca-trade-api trades, reads market data and hears its streams")
  @ValueSource(strings = {"smoke.mjs", "trading.mjs"})
  void servesNode(String script) throws Exception {
    assertPasses("node", SCRIPTS.resolve(script).toString(), ready, clients.node().toString());
  }

  @Test
  @DisplayName("why one cannot be installed is said in one line, and fails where it is required")
  void skipsOrFails() throws Exception {
    // nothing can be installed under a file
    Path file = Files.createFile(empty.resolve("file"));
    PublishedClients none =
        new PublishedClients(
            file,
            line -> {
              throw new IllegalStateException(line);
            });
    assertThatThrownBy(none::node)
        .hasMessageStartingWith(PublishedClients.ALPACA_JS + " is not tried: ")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> PublishedClients.otherwise(true).accept("not there"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("PUBLISHED_CLIENTS=required");
  }

  @Test
  @DisplayName("what an installation that was broken off left does not count as installed")
  void removesWhatIsHalfMade() throws Exception {
    Path folder = empty.resolve("node");
    Path left = Files.createDirectories(folder.resolve("node_modules")).resolve("half-made");
    Files.createFile(left);
    assertThat(PublishedClients.isInstalled(folder, PublishedClients.ALPACA_JS)).isFalse();
    assertThat(left).doesNotExist();
    Files.createDirectories(folder);
    PublishedClients.done(folder, PublishedClients.ALPACA_JS, folder);
    assertThat(PublishedClients.isInstalled(folder, PublishedClients.ALPACA_JS)).isTrue();
  }

  private void assertPasses(String... command) throws Exception {
    PublishedClients.Outcome outcome = PublishedClients.run(DONE_WITHIN, List.of(command));
    assertThat(outcome.said()).contains("smoke passed");
    assertThat(outcome.code()).as(outcome.said()).isZero();
    assertThat(proxy.violations()).isEmpty();
    assertThat(proxy.passed()).contains("POST /v2/orders");
  }
}
