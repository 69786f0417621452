package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How orders hang together: exits, cancels and replacements that race a fill, lists. */
class OrderLifeTest extends Steered {
  private String status(JsonNode order) throws Exception {
    return see(order).path("status").asText();
  }

  private List<String> statuses(String query) throws Exception {
    return large.get("/v2/orders?" + query).body().findValuesAsText("status");
  }

  @Test
  @DisplayName("what is available of a short is negative, less what orders hold that buy it back")
  void tellsWhatIsAvailableOfAShort() throws Exception {
    taken(large, "DE", "sell", "5", "");
    taken(large, "DE", "buy", "2", limit("500"));
    JsonNode position = large.get("/v2/positions/DE").body();
    assertThat(position.path("qty").asText()).isEqualTo("-5");
    assertThat(position.path("qty_available").asText()).isEqualTo("-3");
  }

  @Test
  @DisplayName("bracket legs are held until the whole entry is filled, and nested on request")
  void bracketLegsWait() throws Exception {
    holdFills(true);
    JsonNode entry =
        taken(
            large,
            "DE",
            "buy",
            "10",
            "'order_class':'bracket','take_profit':{'limit_price':640},"
                + "'stop_loss':{'stop_price':600.0,'limit_price':'599'}");
    assertThat(entry.path("legs").findValuesAsText("status")).containsExactly("held", "held");
    assertThat(entry.path("legs").findValuesAsText("type")).containsExactly("limit", "stop_limit");
    assertThat(large.get("/v2/orders?nested=True").body()).hasSize(1);
    assertThat(large.get("/v2/orders").body()).hasSize(3);
    String fill = "{'account':'large','orderId':'%s','qty':'5','price':'620'}";
    large.post("/admin/fills", fill.formatted(entry.path("id").asText()));
    assertThat(statuses("symbols=DE")).containsOnly("held", "held", "partially_filled");
    large.post("/admin/fills", fill.formatted(entry.path("id").asText()));
    holdFills(false);
    assertThat(statuses("symbols=DE")).containsExactly("held", "new");
  }

  @Test
  @DisplayName("legs for more than is left, because part of the entry was sold, are rejected")
  void rejectsLegsWithoutShares() throws Exception {
    holdFills(true);
    String entry =
        taken(
                large,
                "DE",
                "buy",
                "10",
                "'order_class':'bracket','take_profit':{'limit_price':'640'},"
                    + "'stop_loss':{'stop_price':'600'}")
            .path("id")
            .asText();
    String fill = "{'account':'large','orderId':'%s','qty':'5','price':'620'}";
    large.post("/admin/fills", fill.formatted(entry));
    String sale = taken(large, "DE", "sell", "5", "").path("id").asText();
    large.post("/admin/fills", fill.formatted(sale));
    large.post("/admin/fills", fill.formatted(entry));
    assertThat(statuses("status=all")).containsExactly("filled", "rejected", "rejected", "filled");
    assertThat(large.get("/v2/positions/DE").body().path("qty_available").asText()).isEqualTo("5");
  }

  @Test
  @DisplayName("an entry that is cancelled takes its legs with it")
  void cancelsLegs() throws Exception {
    JsonNode entry =
        taken(
            large,
            "DE",
            "buy",
            "1",
            limit("500") + ",'order_class':'oto','stop_loss':{'stop_price':'400'}");
    large.delete("/v2/orders/" + entry.path("id").asText());
    assertThat(statuses("status=all")).containsExactly("canceled", "canceled");
  }

  @Test
  @DisplayName("of an OCO one exit's part leaves the other less, and its end ends the other")
  void oneCancelsOther() throws Exception {
    price("DE", "622", "622.10");
    taken(large, "DE", "buy", "10", "");
    JsonNode profit =
        taken(
            large,
            "DE",
            "sell",
            "10",
            "'type':'limit','order_class':'oco','take_profit':{'limit_price':'640'},"
                + "'stop_loss':{'stop_price':'600'}");
    JsonNode loss = profit.path("legs").get(0);
    assertThat(large.get("/v2/positions/DE").body().path("qty_available").asText()).isEqualTo("0");
    large.post(
        "/admin/fills",
        "{'account':'large','orderId':'%s','qty':'4','price':'640'}"
            .formatted(profit.path("id").asText()));
    assertThat(see(loss).path("qty").asText()).isEqualTo("6");
    price("DE", "590", "590.10");
    assertThat(see(loss).path("filled_qty").asText()).isEqualTo("6");
    assertThat(status(profit)).isEqualTo("canceled");
    assertThat(large.get("/v2/positions").body()).isEmpty();
  }

  @Test
  @DisplayName("a cancel is a request: until its window is over a fill still wins")
  void fillsWhileCancelIsPending() throws Exception {
    set("large", "'cancelWindowMillis':5000");
    JsonNode won = taken(large, "DE", "buy", "1", limit("500"));
    assertThat(large.delete("/v2/orders/" + won.path("id").asText()).status()).isEqualTo(204);
    assertThat(status(won)).isEqualTo("pending_cancel");
    price("DE", "499", "499.50");
    assertThat(status(won)).isEqualTo("filled");
    JsonNode lost = taken(large, "DE", "buy", "1", limit("400"));
    large.delete("/v2/orders/" + lost.path("id").asText());
    pass(5);
    assertThat(status(lost)).isEqualTo("canceled");
  }

  @Test
  @DisplayName("a replacement has a new id, and both orders tell of each other")
  void replaces() throws Exception {
    JsonNode old = taken(large, "DE", "buy", "2", limit("500"));
    JsonNode next =
        large
            .patch("/v2/orders/" + old.path("id").asText(), "{'limit_price':510,'qty':'3'}")
            .body();
    assertThat(next.path("id").asText()).isNotEqualTo(old.path("id").asText());
    assertThat(next.path("replaces").asText()).isEqualTo(old.path("id").asText());
    assertThat(next.path("limit_price").asText()).isEqualTo("510");
    assertThat(next.path("qty").asText()).isEqualTo("3");
    assertThat(see(old).path("replaced_by").asText()).isEqualTo(next.path("id").asText());
    assertThat(status(old)).isEqualTo("replaced");
    assertThat(statuses("status=open")).containsExactly("new");
  }

  @Test
  @DisplayName("a fill that comes before the replacement does rejects the replacement")
  void fillsWhileReplacementIsPending() throws Exception {
    set("large", "'replaceWindowMillis':5000");
    JsonNode old = taken(large, "DE", "buy", "2", limit("500"));
    JsonNode next =
        large.patch("/v2/orders/" + old.path("id").asText(), "{'limit_price':'400'}").body();
    assertThat(status(old)).isEqualTo("pending_replace");
    assertThat(next.path("status").asText()).isEqualTo("pending_new");
    price("DE", "499", "499.50");
    assertThat(status(old)).isEqualTo("filled");
    assertThat(status(next)).isEqualTo("rejected");
  }

  @Test
  @DisplayName("an exit that is being replaced goes with its replacement once the stop is reached")
  void endsAReplacementThatIsPending() throws Exception {
    taken(large, "DE", "buy", "6", "");
    set("large", "'replaceWindowMillis':5000");
    JsonNode profit =
        taken(
            large,
            "DE",
            "sell",
            "6",
            "'type':'limit','order_class':'oco','take_profit':{'limit_price':'640'},"
                + "'stop_loss':{'stop_price':'610'}");
    JsonNode next =
        large.patch("/v2/orders/" + profit.path("id").asText(), "{'limit_price':'650'}").body();
    set("large", "'largestFill':1");
    price("DE", "605", "605.50");
    assertThat(large.get("/v2/positions/DE").body().path("qty").asText()).isEqualTo("5");
    assertThat(status(profit)).isEqualTo("canceled");
    assertThat(status(next)).isEqualTo("rejected");
    assertThat(large.get("/v2/positions/DE").body().path("qty_available").asText()).isEqualTo("0");
  }

  @Test
  @DisplayName("an exit that fills in part while it is being replaced holds only what is left")
  void aReplacementIsForLessAsTheOldOneFills() throws Exception {
    taken(large, "DE", "buy", "4", "");
    set("large", "'replaceWindowMillis':5000,'largestFill':1");
    JsonNode old = taken(large, "DE", "sell", "4", "'type':'stop','stop_price':'610'");
    JsonNode next =
        large.patch("/v2/orders/" + old.path("id").asText(), "{'stop_price':'609'}").body();
    price("DE", "605", "605.50");
    assertThat(see(old).path("filled_qty").asText()).isEqualTo("1");
    assertThat(see(next).path("qty").asText()).isEqualTo("3");
    assertThat(large.get("/v2/positions/DE").body().path("qty").asText()).isEqualTo("3");
    assertThat(large.get("/v2/positions/DE").body().path("qty_available").asText()).isEqualTo("0");
    pass(5);
    assertThat(status(old)).isEqualTo("replaced");
    assertThat(see(next).path("qty").asText()).isEqualTo("3");
  }

  @Test
  @DisplayName("a replacement for less than the old order fills meanwhile is rejected")
  void aReplacementThatIsOvertakenIsRejected() throws Exception {
    taken(large, "DE", "buy", "4", "");
    set("large", "'replaceWindowMillis':5000,'largestFill':1");
    JsonNode old = taken(large, "DE", "sell", "4", "'type':'stop','stop_price':'610'");
    JsonNode next = large.patch("/v2/orders/" + old.path("id").asText(), "{'qty':'1'}").body();
    price("DE", "605", "605.50");
    assertThat(see(old).path("filled_qty").asText()).isEqualTo("1");
    assertThat(status(next)).isEqualTo("rejected");
    pass(5);
    assertThat(status(old)).isEqualTo("partially_filled");
  }

  @Test
  @DisplayName("orders are found by side, symbol, time and their neighbours")
  void filters() throws Exception {
    JsonNode first = taken(large, "DE", "buy", "1", "");
    pass(60);
    JsonNode second = taken(large, "WMT", "buy", "1", "");
    pass(60);
    taken(large, "DE", "sell", "1", "");
    String all = "/v2/orders?status=all";
    assertThat(large.get(all + "&side=sell").body()).hasSize(1);
    assertThat(large.get(all + "&symbols=DE,NOW").body()).hasSize(2);
    assertThat(large.get(all + "&after=2026-02-11T15:00:30Z&until=2026-02-11T15:01:30Z").body())
        .hasSize(1);
    assertThat(large.get(all + "&after=2026-02-11").body()).hasSize(3);
    assertThat(large.get(all + "&limit=1&direction=asc").body().get(0).path("id"))
        .isEqualTo(first.path("id"));
    assertThat(large.get(all + "&before_order_id=" + second.path("id").asText()).body()).hasSize(1);
    assertThat(large.get(all + "&asset_class=us_option").body()).isEmpty();
    assertThat(large.get("/v2/orders?status=odd").status()).isEqualTo(422);
  }

  @Test
  @DisplayName("cancelling all answers for each order, closing all for each position")
  void allAtOnce() throws Exception {
    taken(large, "DE", "buy", "2", "");
    taken(large, "WMT", "buy", "3", "");
    taken(large, "DE", "sell", "2", limit("900"));
    Client.Reply partly = large.delete("/v2/positions");
    assertThat(partly.status()).isEqualTo(207);
    assertThat(partly.body().findValuesAsText("status")).contains("403", "200");
    Client.Reply canceled = large.delete("/v2/orders");
    assertThat(canceled.status()).isEqualTo(207);
    assertThat(canceled.body().get(0).path("status").asInt()).isEqualTo(200);
    taken(large, "DE", "sell", "2", limit("900"));
    assertThat(large.delete("/v2/positions?cancel_orders=True").status()).isEqualTo(207);
    assertThat(large.get("/v2/positions").body()).isEmpty();
  }

  @Test
  @DisplayName("part of a position is closed by quantity or percentage, by symbol or id")
  void closesInPart() throws Exception {
    taken(large, "DE", "buy", "10", "");
    assertThat(large.delete("/v2/positions/DE?percentage=25").body().path("qty").asText())
        .isEqualTo("2");
    String id = large.get("/v2/positions/DE").body().path("asset_id").asText();
    assertThat(large.delete("/v2/positions/" + id + "?qty=3").body().path("qty").asText())
        .isEqualTo("3");
    assertThat(large.get("/v2/positions/" + id).body().path("qty").asText()).isEqualTo("5");
    assertThat(large.delete("/v2/positions/DE?qty=1&percentage=1").status()).isEqualTo(422);
  }
}
