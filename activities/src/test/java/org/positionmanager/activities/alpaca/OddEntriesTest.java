package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.Fill;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderView;

/**
 * Things in an account that no position can be about, such as what a merger leaves behind: they do
 * not keep the account's positions from their exits.
 */
class OddEntriesTest {
  private static final Instant START = Instant.parse("2026-02-10T15:00:00Z");

  private final StubAlpaca alpaca = new StubAlpaca();
  private final Broker broker = alpaca.connect().broker();

  @AfterEach
  void stop() {
    alpaca.close();
  }

  private static String order(String id, String fields) {
    return """
    {"id":"%s","client_order_id":"c","side":"sell","status":"new","qty":"1","filled_qty":"0",
     "submitted_at":"2026-02-10T15:00:00Z",%s}
    """
        .formatted(id, fields);
  }

  private static String holding(String symbol) {
    return "{\"symbol\":\"%s\",\"side\":\"long\",\"qty\":\"1\",\"avg_entry_price\":\"1\"}"
        .formatted(symbol);
  }

  @ParameterizedTest
  @ValueSource(strings = {"003CVR016", "abc", "ACRONYMTOOLONG", "A B"})
  void whatIsNoStockOrContractIsLeftOutOfHoldingsOrdersAndFills(String symbol) {
    alpaca
        .on("GET /v2/positions", 200, "[" + holding(symbol) + "," + holding("BMY") + "]")
        .on(
            "GET /v2/orders",
            200,
            "["
                + order("o-1", "\"symbol\":\"" + symbol + "\"")
                + ","
                + order("o-2", "\"symbol\":\"BMY\"")
                + "]")
        .on(
            "GET /v2/account/activities",
            200,
            "[" + fill("1", symbol) + "," + fill("2", "BMY") + "]");
    assertThat(broker.holdings())
        .extracting(Holding::instrument)
        .extracting(Object::toString)
        .containsExactly("BMY");
    assertThat(broker.openOrders()).extracting(order -> order.id().value()).containsExactly("o-2");
    assertThat(broker.fillsAfter(START)).extracting(Fill::id).containsExactly("2");
  }

  private static String fill(String id, String symbol) {
    return """
    {"id":"%s","order_id":"o","symbol":"%s","side":"sell","qty":"1","price":"1",
     "transaction_time":"2026-02-10T15:00:01Z"}
    """
        .formatted(id, symbol);
  }

  @Test
  void anEntryWithoutAnySymbolIsStillUnreadable() {
    alpaca.on("GET /v2/positions", 200, "[" + holding("") + "]");
    assertThatThrownBy(broker::holdings).isInstanceOf(BrokerException.class);
    alpaca.on("GET /v2/orders", 200, "[" + order("o-1", "\"symbol\":\"\"") + "]");
    assertThatThrownBy(broker::openOrders).isInstanceOf(BrokerException.class);
  }

  @Test
  void aHoldingWithoutAQuantityIsStillUnreadable() {
    alpaca.on("GET /v2/positions", 200, "[{\"symbol\":\"BMY\",\"avg_entry_price\":\"1\"}]");
    assertThatThrownBy(broker::holdings).isInstanceOf(BrokerException.class);
  }

  @Test
  void aMultiLegOrderCountsByItsLegsWhetherTheyAreInItOrBesideIt() {
    String put = "\"symbol\":\"NOW260220P00110000\"";
    String call = "\"symbol\":\"NOW260220C00110000\"";
    alpaca.on(
        "GET /v2/orders",
        200,
        "["
            + order(
                "parent",
                "\"symbol\":\"\",\"order_class\":\"mleg\",\"legs\":["
                    + order("leg-1", put)
                    + ","
                    + order("leg-2", call)
                    + "]")
            + "]");
    assertThat(broker.openOrders())
        .extracting(order -> order.id().value())
        .containsExactly("leg-1", "leg-2");
    alpaca.on(
        "GET /v2/orders",
        200,
        "["
            + order("parent", "\"symbol\":\"\",\"order_class\":\"mleg\",\"legs\":null")
            + ","
            + order("leg-1", put)
            + "]");
    assertThat(broker.openOrders())
        .extracting(order -> order.id().value())
        .containsExactly("leg-1");
  }

  @Test
  void aWholePageOfWhatIsLeftOutIsFollowedByTheNext() {
    String odd =
        IntStream.range(0, 500)
            .mapToObj(i -> order("o-" + i, "\"symbol\":\"003CVR016\""))
            .collect(Collectors.joining(",", "[", "]"));
    alpaca.on(
        "GET /v2/orders",
        asked ->
            asked.queryParam("after") == null
                ? new StubAlpaca.Reply(200, odd)
                : new StubAlpaca.Reply(200, "[" + order("last", "\"symbol\":\"BMY\"") + "]"));
    assertThat(broker.openOrders())
        .extracting(OrderView::id)
        .extracting(Object::toString)
        .containsExactly("last");
  }
}
