package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.broker.OrderPricing;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Against {@code CreateOrderRequest} of Alpaca's OpenAPI description, v2. */
class OrderRequestsTest {
  private static final String EXECUTION = "7f1c0000-0000-4000-8000-000000000001";
  private static final String STOCK = "BMY";
  private static final String PUT = "NOW260220P00110000";
  private static final OrderPricing MARKET = new OrderPricing.Market();

  /** The fields of a simple order whose values the description fixes, and what it lets them be. */
  private static final Map<String, Set<String>> WORDS =
      Map.of(
          "side", Set.of("buy", "sell"),
          "type", Set.of("market", "limit", "stop", "stop_limit", "trailing_stop"),
          "time_in_force", Set.of("day", "gtc", "opg", "cls", "ioc", "fok"),
          "position_intent",
              Set.of("buy_to_open", "buy_to_close", "sell_to_open", "sell_to_close"));

  private static JsonNode sent(
      String symbol, Direction closes, String quantity, OrderPricing pricing) {
    PositionId position = PositionId.parse("tiny/" + symbol + "/" + EXECUTION);
    JsonNode json =
        AlpacaJson.read(
                OrderRequests.json(
                    new ExitOrder(
                        position,
                        ClientOrderId.of(position, 2, 3),
                        closes,
                        Quantity.parse(quantity),
                        pricing)))
            .orElseThrow();
    WORDS.forEach((field, words) -> assertThat(words).contains(json.path(field).asText()));
    assertThat(json.path("symbol").asText()).isEqualTo(symbol);
    assertThat(json.path("client_order_id").asText())
        .isEqualTo("pm-" + symbol + "-" + EXECUTION + "-2-3")
        .hasSizeLessThanOrEqualTo(128);
    assertThat(json.path("qty").isTextual()).isTrue();
    return json;
  }

  private static OrderPricing limit(String price, boolean extendedHours) {
    return new OrderPricing.Limit(Price.parse(price), extendedHours);
  }

  private static Set<String> fields(JsonNode json) {
    Set<String> names = new TreeSet<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String limitSent(String symbol, Direction closes, String price) {
    JsonNode field = sent(symbol, closes, "1", limit(price, false)).path("limit_price");
    assertThat(field.isTextual()).isTrue();
    return field.asText();
  }

  @Test
  void aMarketOrderCarriesItsSevenFieldsAndNoPrice() {
    JsonNode json = sent(STOCK, Direction.LONG, "2", MARKET);
    assertThat(fields(json))
        .containsExactly(
            "client_order_id", "position_intent", "qty", "side", "symbol", "time_in_force", "type");
    assertThat(json.path("type").asText()).isEqualTo("market");
  }

  @Test
  void aLongPositionIsSoldToCloseAndAShortOneBoughtToClose() {
    for (String symbol : new String[] {STOCK, PUT}) {
      JsonNode sell = sent(symbol, Direction.LONG, "1", MARKET);
      assertThat(sell.path("side").asText()).isEqualTo("sell");
      assertThat(sell.path("position_intent").asText()).isEqualTo("sell_to_close");
      JsonNode buy = sent(symbol, Direction.SHORT, "1", MARKET);
      assertThat(buy.path("side").asText()).isEqualTo("buy");
      assertThat(buy.path("position_intent").asText()).isEqualTo("buy_to_close");
    }
  }

  @Test
  void everyOrderIsForTheDayWhichOptionsAndFractionsDemand() {
    assertThat(sent(PUT, Direction.LONG, "1", MARKET).path("time_in_force").asText())
        .isEqualTo("day");
    assertThat(
            sent(STOCK, Direction.LONG, "0.5", limit("10", false)).path("time_in_force").asText())
        .isEqualTo("day");
  }

  @Test
  void quantitiesAreExactAndNeverInScientificNotation() {
    assertThat(sent(STOCK, Direction.LONG, "0.000000001", MARKET).path("qty").asText())
        .isEqualTo("0.000000001");
    assertThat(sent(STOCK, Direction.LONG, "1000000", MARKET).path("qty").asText())
        .isEqualTo("1000000");
    assertThat(sent(PUT, Direction.LONG, "2.0", MARKET).path("qty").asText()).isEqualTo("2");
  }

  @Test
  void aLimitOrderStatesItsPriceAsAString() {
    JsonNode json = sent(STOCK, Direction.LONG, "2", limit("57.12", false));
    assertThat(json.path("type").asText()).isEqualTo("limit");
    assertThat(json.path("limit_price").asText()).isEqualTo("57.12");
    assertThat(json.has("extended_hours")).isFalse();
  }

  @Test
  void extendedHoursAreAskedForStocksOnlyAndOnlyWithALimitForTheDay() {
    JsonNode stock = sent(STOCK, Direction.LONG, "2", limit("57.12", true));
    assertThat(stock.path("extended_hours").isBoolean()).isTrue();
    assertThat(stock.path("extended_hours").asBoolean()).isTrue();
    assertThat(stock.path("type").asText()).isEqualTo("limit");
    assertThat(sent(PUT, Direction.LONG, "2", limit("4.10", true)).has("extended_hours")).isFalse();
  }

  @Test
  void fromADollarPricesHaveAtMostTwoDecimalsAndBelowAtMostFour() {
    assertThat(limitSent(STOCK, Direction.LONG, "1.00999")).isEqualTo("1");
    assertThat(limitSent(STOCK, Direction.LONG, "0.99999")).isEqualTo("0.9999");
    assertThat(limitSent(STOCK, Direction.SHORT, "0.99991")).isEqualTo("1");
    assertThat(limitSent(PUT, Direction.LONG, "0.0599")).isEqualTo("0.05");
  }

  @Test
  void roundingGivesWayToTheMarketSoThatAnExitIsNeverLessLikelyToFill() {
    assertThat(limitSent(STOCK, Direction.LONG, "57.129")).isEqualTo("57.12");
    assertThat(limitSent(STOCK, Direction.SHORT, "57.121")).isEqualTo("57.13");
    assertThat(limitSent(PUT, Direction.SHORT, "4.101")).isEqualTo("4.11");
  }

  @Test
  void aSellLimitThatWouldRoundToNothingAsksForTheLeastPriceThereIs() {
    assertThat(limitSent(PUT, Direction.LONG, "0.004")).isEqualTo("0.01");
    assertThat(limitSent(STOCK, Direction.LONG, "0.00004")).isEqualTo("0.0001");
  }

  @Test
  void theLongestSymbolStillFitsIntoAClientOrderId() {
    assertThat(
            sent("GOOGL1260220P00110000", Direction.LONG, "1", MARKET)
                .path("client_order_id")
                .asText())
        .hasSizeLessThanOrEqualTo(128);
  }
}
