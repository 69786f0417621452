package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Of two exits one is at the market and the other held, until its price is reached. */
class HeldExitsTest extends Steered {
  private static final String EXITS =
      "'take_profit':{'limit_price':'640'},'stop_loss':{'stop_price':'600'}";

  @BeforeEach
  void begin() throws Exception {
    price("DE", "622", "622.10");
  }

  private JsonNode bracket(String more) throws Exception {
    return taken(large, "DE", "buy", "4", "'order_class':'bracket'," + EXITS + more);
  }

  private String status(JsonNode order) throws Exception {
    return see(order).path("status").asText();
  }

  private List<String> open(String query) throws Exception {
    return large.get("/v2/orders?status=open" + query).body().findValuesAsText("type");
  }

  @Test
  @DisplayName("once a bracket's entry is filled the profit is new and the stop held")
  void theStopIsHeld() throws Exception {
    JsonNode entry = bracket("");
    JsonNode profit = entry.path("legs").get(0);
    JsonNode loss = entry.path("legs").get(1);
    assertThat(status(profit)).isEqualTo("new");
    assertThat(status(loss)).isEqualTo("held");
    assertThat(large.get("/v2/positions/DE").body().path("qty_available").asText()).isEqualTo("0");
  }

  @Test
  @DisplayName("an OCO's stop is held as well")
  void theStopOfAnOcoIsHeld() throws Exception {
    taken(large, "DE", "buy", "4", "");
    JsonNode profit =
        taken(large, "DE", "sell", "4", "'type':'limit','order_class':'oco'," + EXITS);
    assertThat(status(profit)).isEqualTo("new");
    assertThat(status(profit.path("legs").get(0))).isEqualTo("held");
    price("DE", "599", "599.10");
    assertThat(see(profit.path("legs").get(0)).path("filled_avg_price").asText()).isEqualTo("599");
    assertThat(status(profit)).isEqualTo("canceled");
  }

  @Test
  @DisplayName("the only exit of an OTO is at the market by itself")
  void anOnlyExitIsNotHeld() throws Exception {
    JsonNode entry =
        taken(large, "DE", "buy", "4", "'order_class':'oto','stop_loss':{'stop_price':'600'}");
    assertThat(status(entry.path("legs").get(0))).isEqualTo("new");
  }

  @Test
  @DisplayName("a stop limit that is reached takes the place of the profit and waits at its limit")
  void theStopTakesThePlaceOfTheProfit() throws Exception {
    JsonNode entry =
        taken(
            large,
            "DE",
            "buy",
            "4",
            "'order_class':'bracket','take_profit':{'limit_price':'640'},"
                + "'stop_loss':{'stop_price':'600','limit_price':'599'}");
    price("DE", "590", "590.10");
    JsonNode loss = entry.path("legs").get(1);
    assertThat(status(loss)).isEqualTo("new");
    assertThat(status(entry.path("legs").get(0))).isEqualTo("canceled");
    assertThat(large.get("/v2/positions/DE").body().path("qty_available").asText()).isEqualTo("0");
    price("DE", "599.50", "599.60");
    assertThat(see(loss).path("filled_avg_price").asText()).isEqualTo("599.5");
  }

  @Test
  @DisplayName("the end of either exit by a cancel or a fill is the end of the other")
  void oneEndsTheOther() throws Exception {
    for (int exit : new int[] {0, 1}) {
      JsonNode legs = bracket("").path("legs");
      assertThat(large.delete("/v2/orders/" + legs.get(exit).path("id").asText()).status())
          .isEqualTo(204);
      assertThat(status(legs.get(0))).isEqualTo("canceled");
      assertThat(status(legs.get(1))).isEqualTo("canceled");
    }
    JsonNode legs = bracket("").path("legs");
    price("DE", "641", "641.10");
    assertThat(status(legs.get(0))).isEqualTo("filled");
    assertThat(status(legs.get(1))).isEqualTo("canceled");
  }

  @Test
  @DisplayName("a stop that is held is replaced at once and stays held")
  void aHeldStopIsReplaced() throws Exception {
    JsonNode legs = bracket("").path("legs");
    JsonNode next =
        large.patch("/v2/orders/" + legs.get(1).path("id").asText(), "{'stop_price':'610'}").body();
    assertThat(status(next)).isEqualTo("held");
    price("DE", "609", "609.10");
    assertThat(see(next).path("filled_avg_price").asText()).isEqualTo("609");
    assertThat(status(legs.get(0))).isEqualTo("canceled");
  }

  @Test
  @DisplayName("a stop goes to the market alone where the other exit ran out of time")
  void aStopIsLeftAlone() throws Exception {
    JsonNode legs = bracket(",'time_in_force':'gtc'").path("legs");
    large.patch("/v2/orders/" + legs.get(0).path("id").asText(), "{'time_in_force':'day'}");
    timeIs("2026-02-12T15:00:00Z");
    assertThat(status(legs.get(1))).isEqualTo("new");
    price("DE", "599", "599.10");
    assertThat(status(legs.get(1))).isEqualTo("filled");
  }

  @Test
  @DisplayName("an entry that fills before its replacement does keeps its exits")
  void aReplacementThatComesTooLateEndsNoExit() throws Exception {
    set("large", "'replaceWindowMillis':5000");
    JsonNode entry =
        taken(large, "DE", "buy", "4", limit("610") + ",'order_class':'bracket'," + EXITS);
    JsonNode next =
        large.patch("/v2/orders/" + entry.path("id").asText(), "{'limit_price':'605'}").body();
    price("DE", "609", "609.10");
    assertThat(status(entry)).isEqualTo("filled");
    assertThat(status(next)).isEqualTo("rejected");
    assertThat(status(entry.path("legs").get(0))).isEqualTo("new");
    assertThat(status(entry.path("legs").get(1))).isEqualTo("held");
  }

  @Test
  @DisplayName("open exits are listed nested too, where what they belong to is not listed itself")
  void nestingHidesNoOpenExit() throws Exception {
    bracket("");
    assertThat(open("")).containsExactly("stop", "limit");
    assertThat(open("&nested=true")).containsExactly("stop", "limit");
    JsonNode all = large.get("/v2/orders?status=all&nested=true").body();
    assertThat(all).hasSize(1);
    assertThat(all.get(0).path("legs")).hasSize(2);
  }
}
