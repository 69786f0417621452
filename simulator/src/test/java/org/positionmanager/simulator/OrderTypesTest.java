package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When orders fill: triggers, sizes, auctions and hours. */
class OrderTypesTest extends Steered {
  private String status(JsonNode order) throws Exception {
    return see(order).path("status").asText();
  }

  @Test
  @DisplayName("a sell stop fills at the market once the bid touches it")
  void stops() throws Exception {
    price("DE", "622", "622.10");
    taken(large, "DE", "buy", "10", "");
    JsonNode stop = taken(large, "DE", "sell", "10", "'type':'stop','stop_price':'610'");
    price("DE", "611", "611.10");
    assertThat(status(stop)).isEqualTo("new");
    price("DE", "605", "605.10");
    assertThat(see(stop).path("filled_avg_price").asText()).isEqualTo("605");
  }

  @Test
  @DisplayName("a buy stop fills at most 2.5% above its stop, however far the market jumps")
  void collarsBuyStops() throws Exception {
    price("DE", "622", "622.10");
    JsonNode stop = taken(large, "DE", "buy", "1", "'type':'stop','stop_price':'630'");
    price("DE", "700", "700.10");
    assertThat(status(stop)).isEqualTo("new");
    price("DE", "640", "640.10");
    assertThat(see(stop).path("filled_avg_price").asText()).isEqualTo("640.1");
  }

  @Test
  @DisplayName("a stop limit waits at its limit after it was touched")
  void stopLimits() throws Exception {
    price("DE", "622", "622.10");
    taken(large, "DE", "buy", "1", "");
    JsonNode order =
        taken(
            large, "DE", "sell", "1", "'type':'stop_limit','stop_price':'610','limit_price':'608'");
    price("DE", "600", "600.10");
    assertThat(status(order)).isEqualTo("new");
    price("DE", "609", "609.10");
    assertThat(status(order)).isEqualTo("filled");
  }

  @Test
  @DisplayName("a trailing stop follows the high and sells at its distance below")
  void trails() throws Exception {
    price("DE", "600", "600.10");
    taken(large, "DE", "buy", "1", "");
    JsonNode order = taken(large, "DE", "sell", "1", "'type':'trailing_stop','trail_price':'10'");
    price("DE", "650", "650.10");
    price("DE", "645", "645.10");
    assertThat(see(order).path("hwm").asText()).isEqualTo("650");
    assertThat(see(order).path("stop_price").asText()).isEqualTo("640");
    price("DE", "639", "639.10");
    assertThat(status(order)).isEqualTo("filled");
  }

  @Test
  @DisplayName("a trailing stop does not follow prices outside regular hours")
  void trailsInRegularHoursOnly() throws Exception {
    price("DE", "600", "600.10");
    taken(large, "DE", "buy", "1", "");
    JsonNode order =
        taken(
            large,
            "DE",
            "sell",
            "1",
            "'type':'trailing_stop','trail_price':'10','time_in_force':'gtc'");
    timeIs("2026-02-11T22:00:00Z");
    price("DE", "700", "700.10");
    assertThat(see(order).path("hwm").asText()).isEqualTo("600");
  }

  @Test
  @DisplayName("fok is filled in whole or not at all, ioc in part and the rest cancelled")
  void immediately() throws Exception {
    set("large", "'largestFill':1");
    assertThat(taken(large, "DE", "buy", "5", "'time_in_force':'fok'").path("filled_qty").asText())
        .isEqualTo("0");
    JsonNode part = taken(large, "DE", "buy", "5", "'time_in_force':'ioc'");
    assertThat(part.path("status").asText()).isEqualTo("canceled");
    assertThat(part.path("filled_qty").asText()).isEqualTo("1");
  }

  @Test
  @DisplayName("where the market takes little at once, an order fills in parts over time")
  void fillsInPartsOverTime() throws Exception {
    set("large", "'largestFill':2");
    JsonNode order = taken(large, "DE", "buy", "6", "");
    assertThat(order.path("status").asText()).isEqualTo("partially_filled");
    pass(600);
    assertThat(status(order)).isEqualTo("filled");
    assertThat(large.get("/v2/account/activities/FILL").body().size()).isBetween(3, 6);
  }

  @Test
  @DisplayName("an order of the opening auction fills at the open, one of the closing at the close")
  void auctions() throws Exception {
    timeIs("2026-02-12T13:00:00Z");
    JsonNode opening = taken(large, "DE", "buy", "1", "'time_in_force':'opg'");
    JsonNode missed = taken(large, "DE", "buy", "1", limit("1") + ",'time_in_force':'opg'");
    JsonNode closing = taken(large, "WMT", "buy", "1", "'time_in_force':'cls'");
    timeIs("2026-02-12T15:00:00Z");
    assertThat(see(opening).path("filled_at").asText()).isEqualTo("2026-02-12T14:30:00Z");
    assertThat(status(missed)).isEqualTo("canceled");
    assertThat(status(closing)).isEqualTo("new");
    timeIs("2026-02-12T22:00:00Z");
    assertThat(see(closing).path("filled_at").asText()).startsWith("2026-02-12T20:59:59");
  }

  @Test
  @DisplayName("a limit order for extended hours fills in the evening and expires at eight")
  void extendedHours() throws Exception {
    timeIs("2026-02-11T22:00:00Z");
    price("DE", "622", "622.10");
    String extended = ",'extended_hours':'True'";
    assertThat(taken(large, "DE", "buy", "1", limit("630") + extended).path("status").asText())
        .isEqualTo("filled");
    JsonNode waits = taken(large, "DE", "buy", "1", limit("600") + extended);
    assertThat(waits.path("extended_hours").asBoolean()).isTrue();
    assertThat(waits.path("expires_at").asText()).isEqualTo("2026-02-12T01:00:00Z");
    timeIs("2026-02-12T01:00:00Z");
    assertThat(status(waits)).isEqualTo("expired");
  }

  @Test
  @DisplayName("a day order expires at one in the afternoon on a short day, gtc stays")
  void earlyClose() throws Exception {
    timeIs("2026-11-27T15:00:00Z");
    JsonNode day = taken(large, "DE", "buy", "1", limit("1"));
    JsonNode gtc = taken(large, "DE", "buy", "1", limit("1") + ",'time_in_force':'gtc'");
    timeIs("2026-11-27T18:00:00Z");
    assertThat(see(day).path("expired_at").asText()).isEqualTo("2026-11-27T18:00:00Z");
    assertThat(status(gtc)).isEqualTo("new");
    timeIs("2027-03-02T15:00:00Z");
    assertThat(status(gtc)).isEqualTo("expired");
  }

  @Test
  @DisplayName("a notional buys fractions, to nine decimals, and has no quantity of its own")
  void notional() throws Exception {
    price("DE", "599", "600");
    JsonNode order =
        large
            .post(
                "/v2/orders",
                "{'symbol':'DE','side':'buy','notional':100,'type':'market','time_in_force':'day'}")
            .body();
    assertThat(order.path("qty").isNull()).isTrue();
    assertThat(order.path("notional").asText()).isEqualTo("100");
    assertThat(order.path("filled_qty").asText()).isEqualTo("0.166666666");
    assertThat(order.path("status").asText()).isEqualTo("filled");
  }

  @Test
  @DisplayName("an order that waits overnight fills however seldom the exchange is asked")
  void fillsUnasked() throws Exception {
    large.post("/admin/quotes", "{'symbol':'DE','unpin':true}");
    JsonNode order = taken(large, "DE", "buy", "1", limit("615") + ",'time_in_force':'gtc'");
    timeIs("2026-02-18T15:00:00Z");
    assertThat(status(order)).isEqualTo("filled");
    assertThat(see(order).path("filled_at").asText()).isLessThan("2026-02-18");
  }
}
