package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an account's owner may ask of the broker. */
class ConfigurationsTest extends Steered {
  private static final String PATH = "/v2/account/configurations";

  private JsonNode change(String fields) throws Exception {
    Client.Reply reply = large.patch(PATH, "{" + fields + "}");
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    assertThat(large.get(PATH).body()).isEqualTo(reply.body());
    return reply.body();
  }

  @Test
  @DisplayName("an owner who suspends trading has orders refused until it is lifted")
  void suspends() throws Exception {
    assertThat(change("'suspend_trade':true").path("suspend_trade").asBoolean()).isTrue();
    assertThat(large.get("/v2/account").body().path("trade_suspended_by_user").asBoolean())
        .isTrue();
    assertRefused(
        order(large, "DE", "buy", "1", ""), 403, 40310000, "new orders are rejected by user");
    change("'suspend_trade':false");
    taken(large, "DE", "buy", "1", "");
  }

  @Test
  @DisplayName(
      "shorting, fractions, options and margin are what the broker grants and the owner wants")
  void limits() throws Exception {
    change("'no_shorting':true,'fractional_trading':false,'max_options_trading_level':1");
    assertRefused(order(large, "DE", "sell", "1", ""), 403, 40310000, "not allowed to short");
    assertRefused(order(large, "DE", "buy", "0.5", ""), 403, 40310000, "fractional trading");
    assertRefused(
        order(large, Scenarios.PUT, "buy", "1", ""), 403, 40310000, "long option contracts");
    JsonNode account = large.get("/v2/account").body();
    assertThat(account.path("options_approved_level").asInt()).isEqualTo(2);
    assertThat(account.path("options_trading_level").asInt()).isEqualTo(1);
    set("large", "'multiplier':4");
    assertThat(large.get("/v2/account").body().path("multiplier").asText()).isEqualTo("4");
    change("'max_margin_multiplier':'2'");
    assertThat(large.get("/v2/account").body().path("multiplier").asText()).isEqualTo("2");
    change("'no_shorting':false");
    taken(large, "DE", "sell", "1", "");
  }

  @Test
  @DisplayName("what is no configuration is refused and changes nothing")
  void refuses() throws Exception {
    JsonNode before = large.get(PATH).body();
    for (String wrong :
        new String[] {
          "'max_margin_multiplier':'3'",
          "'max_options_trading_level':7",
          "'trade_confirm_email':'some'",
          "'suspend_trade':'perhaps'"
        }) {
      assertRefused(large.patch(PATH, "{" + wrong + "}"), 422, 40010001, "");
    }
    assertRefused(large.patch(PATH, "x"), 400, 40010000, "format is invalid");
    assertThat(large.get(PATH).body()).isEqualTo(before);
  }
}
