package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused because of its numbers, its prices or the other orders. */
class OrderChecksTest extends Steered {
  private static final String HUGE = "1e99999999";
  private static final String TINY = "1e-99999999";

  @ParameterizedTest(name = "{0}")
  @DisplayName("a number of a hundred million digits is refused before anything is counted with it")
  @ValueSource(
      strings = {
        "'qty':'HUGE'",
        "'qty':'TINY'",
        "'qty':null,'notional':'HUGE'",
        "'type':'limit','limit_price':'HUGE'",
        "'type':'stop','stop_price':'TINY'",
        "'type':'trailing_stop','trail_price':'HUGE'",
        "'type':'trailing_stop','trail_percent':'TINY'",
        "'order_class':'oto','take_profit':{'limit_price':'HUGE'}",
        "'order_class':'oto','stop_loss':{'stop_price':'TINY'}",
        "'qty':'1e-2147483647'"
      })
  @Timeout(20)
  void refusesHugeNumbers(String more) throws Exception {
    long before = System.nanoTime();
    assertRefused(
        order(large, "DE", "buy", "1", more.replace("HUGE", HUGE).replace("TINY", TINY)),
        422,
        40010001,
        "must be a number");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  @DisplayName("so is one that is asked for, replaced with or set by hand")
  @Timeout(20)
  void refusesHugeNumbersElsewhere() throws Exception {
    taken(large, "DE", "buy", "1", "");
    String open = taken(large, "DE", "buy", "1", limit("1")).path("id").asText();
    assertRefused(
        large.patch("/v2/orders/" + open, "{'qty':'" + HUGE + "'}"), 422, 40010001, "number");
    assertRefused(large.delete("/v2/positions/DE?qty=" + HUGE), 422, 40010001, "qty");
    assertRefused(large.get("/v2/orders?limit=" + HUGE), 422, 40010001, "limit");
    assertRefused(
        large.get("/v2/options/contracts?strike_price_gte=" + HUGE), 422, 40010001, "strike");
    assertRefused(
        large.get("/v1beta1/options/snapshots/DE?strike_price_gte=" + HUGE),
        400,
        40010001,
        "strike");
    for (String[] call :
        new String[][] {
          {"/admin/quotes", "{'symbol':'DE','bid':'HUGE','ask':'2'}"},
          {"/admin/splits", "{'symbol':'DE','new':'HUGE','old':'1'}"},
          {"/admin/fills", "{'account':'large','orderId':'ID','qty':'TINY','price':'1'}"},
          {"/admin/accounts/large/assignments", "{'symbol':'DE','qty':'HUGE'}"},
          {"/admin/clock", "{'advanceSeconds':9000000000000}"},
          {"/admin/clock", "{'speed':'HUGE'}"}
        }) {
      String body = call[1].replace("HUGE", HUGE).replace("TINY", TINY).replace("ID", open);
      assertThat(large.post(call[0], body).status()).as(call[0] + " " + body).isEqualTo(400);
    }
    assertThat(large.get("/v2/clock").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("an order without type or time_in_force is refused")
  void needsTypeAndTime() throws Exception {
    String order = "{'symbol':'DE','side':'buy','qty':'1',%s}";
    assertRefused(
        large.post("/v2/orders", order.formatted("'time_in_force':'day'")),
        422,
        40010001,
        "type is required");
    assertRefused(
        large.post("/v2/orders", order.formatted("'type':'market'")),
        422,
        40010001,
        "time_in_force is required");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("a trail of nothing, of less, or of the whole price is refused")
  @ValueSource(
      strings = {
        "'trail_price':'-5'",
        "'trail_price':'0'",
        "'trail_percent':'0'",
        "'trail_percent':'-1'",
        "'trail_percent':'100'",
        "'trail_percent':'300'",
        "'trail_price':'700'"
      })
  void refusesTrails(String trail) throws Exception {
    price("DE", "622", "622.10");
    taken(large, "DE", "buy", "2", "");
    Client.Reply reply = order(large, "DE", "sell", "1", "'type':'trailing_stop'," + trail);
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(422);
    assertThat(reply.body().path("message").asText()).startsWith("trail_p");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("nor does a replacement get such a trail")
  @ValueSource(strings = {"0", "-1", "700"})
  void refusesTrailsOfReplacements(String trail) throws Exception {
    price("DE", "622", "622.10");
    taken(large, "DE", "buy", "2", "");
    JsonNode order = taken(large, "DE", "sell", "1", "'type':'trailing_stop','trail_price':'5'");
    Client.Reply reply =
        large.patch("/v2/orders/" + order.path("id").asText(), "{'trail':'" + trail + "'}");
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(422);
    assertThat(see(order).path("status").asText()).isEqualTo("new");
  }

  @Test
  @DisplayName("a protective stop forbids orders of the other side, however far its price is")
  void aRestingStopCountsAsAWashTrade() throws Exception {
    taken(large, "DE", "buy", "10", "");
    String stop =
        taken(large, "DE", "sell", "10", "'type':'stop','stop_price':'100'").path("id").asText();
    for (String more : new String[] {"", limit("50"), "'type':'stop','stop_price':'900'"}) {
      Client.Reply refused = order(large, "DE", "buy", "1", more);
      assertRefused(refused, 403, 40310000, "potential wash trade detected. use complex orders");
      assertThat(refused.body().path("reject_reason").asText())
          .isEqualTo("opposite side market/stop order exists");
      assertThat(refused.body().path("existing_order_id").asText()).isEqualTo(stop);
    }
    assertThat(
            order(
                    large,
                    "DE",
                    "buy",
                    "1",
                    "'order_class':'bracket','take_profit':{'limit_price':'900'},"
                        + "'stop_loss':{'stop_price':'100'}")
                .status())
        .as("complex orders are exempt")
        .isEqualTo(200);
  }

  @Test
  @DisplayName("a stop is refused while an entry of the other side is open, a stop limit is not")
  void aNewStopIsRefusedBesideAnOppositeLimit() throws Exception {
    taken(large, "DE", "buy", "10", "");
    taken(large, "DE", "buy", "1", limit("500"));
    Client.Reply refused = order(large, "DE", "sell", "5", "'type':'stop','stop_price':'510'");
    assertRefused(refused, 403, 40310000, "potential wash trade detected");
    assertThat(refused.body().path("reject_reason").asText())
        .isEqualTo("opposite side limit order exists. use complex/limit/stop_limit orders");
    taken(large, "DE", "sell", "5", "'type':'stop_limit','stop_price':'510','limit_price':'505'");
  }

  @Test
  @DisplayName("exits lie on both sides of the price that is bought at, a cent away at least")
  void exitsAreCheckedAgainstABasePrice() throws Exception {
    price("DE", "622", "622.10");
    String bracket =
        "'order_class':'bracket','take_profit':{'limit_price':'%s'},'stop_loss':{'stop_price':'%s'}";
    Client.Reply profit =
        order(large, "DE", "buy", "1", limit("390") + "," + bracket.formatted("390", "300"));
    assertRefused(profit, 422, 42210000, "take_profit.limit_price must be >= base_price + 0.01");
    assertThat(profit.body().path("base_price").asText()).isEqualTo("390");
    Client.Reply loss = order(large, "DE", "buy", "1", bracket.formatted("700", "622.05"));
    assertRefused(loss, 422, 42210000, "stop_loss.stop_price must be <= base_price - 0.01");
    assertThat(loss.body().path("base_price").asText()).isEqualTo("622.05");
    assertRefused(
        order(large, "DE", "sell", "1", bracket.formatted("630", "640")),
        422,
        42210000,
        "take_profit.limit_price must be <= base_price - 0.01");
    assertRefused(
        order(large, "DE", "buy", "1", "'order_class':'oto','take_profit':{'limit_price':'600'}"),
        422,
        42210000,
        "take_profit.limit_price");
    taken(large, "DE", "buy", "1", limit("390") + "," + bracket.formatted("390.01", "389.99"));
  }

  @Test
  @DisplayName("the entry of a bracket is a market or a limit order")
  void bracketsBeginAtTheMarketOrALimit() throws Exception {
    assertRefused(
        order(
            large,
            "DE",
            "buy",
            "1",
            "'type':'stop_limit','stop_price':'630','limit_price':'631','order_class':'bracket',"
                + "'take_profit':{'limit_price':'700'},'stop_loss':{'stop_price':'600'}"),
        422,
        40010001,
        "bracket orders must be market or limit orders");
  }

  @Test
  @DisplayName("a limit order for extended hours may be good till cancelled")
  void extendedHoursByDayOrUntilCancelled() throws Exception {
    JsonNode order =
        taken(
            large, "DE", "buy", "1", limit("600") + ",'time_in_force':'gtc','extended_hours':true");
    timeIs("2026-02-12T02:00:00Z");
    assertThat(see(order).path("status").asText()).as("after the evening").isEqualTo("new");
    assertRefused(
        order(
            large, "DE", "buy", "1", limit("600") + ",'time_in_force':'ioc','extended_hours':true"),
        422,
        42210000,
        "");
  }
}
