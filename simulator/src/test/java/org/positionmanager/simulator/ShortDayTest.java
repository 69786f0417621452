package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.simulator.market.OptionContract;

/** The day after Thanksgiving: what counts from the close counts from 13:00 in New York. */
class ShortDayTest {
  private static final String CALL = "WMT261127C00120000";
  private SimulatorServer server;
  private Client tiny;

  @BeforeEach
  void start() {
    Scenario scenario =
        new Scenario(
            Instant.parse("2026-11-27T15:00:00Z"),
            0,
            7,
            List.of(Scenarios.account("tiny", 1_000)),
            Stream.of("WMT", CALL)
                .map(
                    symbol ->
                        new Scenario.Path(
                            symbol,
                            List.of(
                                new Scenario.Point(
                                    Duration.ZERO,
                                    new BigDecimal(symbol.equals(CALL) ? "8" : "128")))))
                .toList());
    server = SimulatorServer.start(scenario, "127.0.0.1", 0);
    tiny = new Client(server.url(), "tiny");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Client.Reply buy(String symbol, String more) throws Exception {
    return tiny.post(
        "/v2/orders", "{'symbol':'%s','side':'buy','qty':'1',%s}".formatted(symbol, more));
  }

  private void timeIs(String moment) throws Exception {
    assertThat(tiny.post("/admin/clock", "{'now':'" + moment + "'}").status()).isEqualTo(200);
  }

  private static final String MARKET = "'type':'market','time_in_force':'day'";

  @Test
  @DisplayName("an option on its last day is opened until 45 minutes before the close")
  void opensOptionsUntilBeforeTheClose() throws Exception {
    timeIs("2026-11-27T17:14:59Z");
    assertThat(buy(CALL, MARKET).status()).isEqualTo(200);
    timeIs("2026-11-27T17:15:00Z");
    Steered.assertRefused(buy(CALL, MARKET), 422, 42210000, "expires soon");
  }

  @Test
  @DisplayName("what is in the money without funds is sold 45 minutes before the close")
  void liquidates() throws Exception {
    assertThat(buy(CALL, MARKET).status()).isEqualTo(200);
    timeIs("2026-11-27T19:00:00Z");
    assertThat(tiny.get("/v2/positions").body()).isEmpty();
    JsonNode fills = tiny.get("/v2/account/activities/FILL").body();
    assertThat(fills.findValuesAsText("side")).containsExactly("sell", "buy");
    assertThat(fills.get(0).path("transaction_time").asText()).isEqualTo("2026-11-27T17:15:00Z");
    timeIs("2026-11-30T15:00:00Z");
    assertThat(tiny.get("/v2/account/activities/OPEXP").body()).isEmpty();
  }

  @Test
  @DisplayName("an option's last day ends at its close: nothing is left of its time then")
  void timeEndsAtTheClose() {
    OptionContract contract = OptionContract.of(CALL).orElseThrow();
    assertThat(contract.end()).isEqualTo("2026-11-27T18:00:00Z");
    assertThat(OptionContract.of("WMT261125C00120000").orElseThrow().end())
        .isEqualTo("2026-11-25T21:00:00Z");
  }

  @Test
  @DisplayName("orders of the closing auction are taken until ten minutes before it")
  void takesOrdersOfTheClose() throws Exception {
    String closing = "'type':'market','time_in_force':'cls'";
    timeIs("2026-11-27T17:50:00Z");
    assertThat(buy("WMT", closing).status()).isEqualTo(200);
    timeIs("2026-11-27T17:50:01Z");
    Steered.assertRefused(buy("WMT", closing), 422, 42210000, "not accepted at this time");
  }

  @Test
  @DisplayName("extended hours end four hours after the close, as the calendar says")
  void extendedHoursEndEarly() throws Exception {
    JsonNode day = tiny.get("/v2/calendar?start=2026-11-25&end=2026-11-27").body();
    assertThat(day.findValuesAsText("session_close")).containsExactly("2000", "1700");
    String extended =
        "'type':'limit','time_in_force':'%s','extended_hours':true,'limit_price':'%s'";
    timeIs("2026-11-27T20:00:00Z");
    JsonNode waits = buy("WMT", extended.formatted("day", "1")).body();
    assertThat(waits.path("expires_at").asText()).isEqualTo("2026-11-27T22:00:00Z");
    timeIs("2026-11-27T23:30:00Z");
    JsonNode late = buy("WMT", extended.formatted("gtc", "200")).body();
    assertThat(late.path("status").asText()).as(late.toString()).isEqualTo("accepted");
  }
}
