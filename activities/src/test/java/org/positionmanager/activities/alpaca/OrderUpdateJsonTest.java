package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.live.OrderEvent;
import org.positionmanager.activities.live.OrderUpdate;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Trade updates as values, whatever the broker calls them. */
class OrderUpdateJsonTest {
  private static final String ORDER =
      "{'id':'o-1','client_order_id':'mine','symbol':'%s','side':'sell','status':'%s',"
          + "'qty':'10','filled_qty':'4','filled_avg_price':'128.25','order_class':'',"
          + "'submitted_at':'2026-02-11T15:00:00Z','updated_at':'2026-02-11T15:00:01Z'}";

  private static JsonNode data(String json) {
    return AlpacaJson.read(json.replace('\'', '"')).orElseThrow();
  }

  private static List<OrderUpdate> read(String event, String order, String more) {
    return OrderUpdateJson.read(data("{'event':'" + event + "','order':" + order + more + "}"), 77);
  }

  private static String order(String symbol, String status) {
    return ORDER.formatted(symbol, status);
  }

  @ParameterizedTest
  @CsvSource({
    "new, NEW, new, WORKING",
    "accepted, ACCEPTED, accepted, WORKING",
    "pending_new, PENDING_NEW, pending_new, WORKING",
    "partial_fill, PARTIAL_FILL, partially_filled, PARTIALLY_FILLED",
    "fill, FILL, filled, FILLED",
    "canceled, CANCELED, canceled, CANCELED",
    "pending_cancel, PENDING_CANCEL, pending_cancel, WORKING",
    "order_cancel_rejected, CANCEL_REJECTED, new, WORKING",
    "expired, EXPIRED, expired, EXPIRED",
    "done_for_day, DONE_FOR_DAY, done_for_day, WORKING",
    "replaced, REPLACED, replaced, REPLACED",
    "pending_replace, PENDING_REPLACE, pending_replace, WORKING",
    "order_replace_rejected, REPLACE_REJECTED, new, WORKING",
    "rejected, REJECTED, rejected, REJECTED",
    "calculated, CALCULATED, calculated, WORKING",
    "stopped, STOPPED, stopped, WORKING",
    "suspended, SUSPENDED, suspended, WORKING",
    "held, HELD, held, WORKING",
    "restated, RESTATED, new, WORKING",
    "trade_bust, TRADE_BUST, new, WORKING",
    "trade_correct, TRADE_CORRECT, filled, FILLED",
    "teleported, OTHER, dreaming, WORKING"
  })
  @DisplayName(
      "every event is read, and one that nobody knows too, as an order that may still fill")
  void everyEvent(String word, OrderEvent event, String status, OrderStatus meaning) {
    OrderUpdate update =
        read(word, order("WMT", status), ",'timestamp':'2026-02-11T15:00:02.5Z'").getFirst();
    assertThat(update.event()).isEqualTo(event);
    assertThat(update.brokerEvent()).isEqualTo(word);
    assertThat(update.order().status()).isEqualTo(meaning);
    assertThat(update.order().brokerStatus()).isEqualTo(status);
    assertThat(update.execution()).isEmpty();
    assertThat(update.at()).isEqualTo(Instant.parse("2026-02-11T15:00:02.5Z"));
    assertThat(update.arrivedAtNanos()).isEqualTo(77);
  }

  @Test
  @DisplayName("the table of events leaves none out")
  void noEventIsLeftOut() throws Exception {
    Set<String> tested =
        Arrays.stream(
                getClass()
                    .getDeclaredMethod(
                        "everyEvent",
                        String.class,
                        OrderEvent.class,
                        String.class,
                        OrderStatus.class)
                    .getAnnotation(CsvSource.class)
                    .value())
            .map(line -> line.split(", ")[1])
            .collect(Collectors.toSet());
    assertThat(tested)
        .isEqualTo(Arrays.stream(OrderEvent.values()).map(Enum::name).collect(Collectors.toSet()));
  }

  @Test
  @DisplayName("a fill carries price, quantity and what is held afterwards, exactly")
  void fills() {
    OrderUpdate update =
        read(
                "partial_fill",
                order("NOW260220P00110000", "partially_filled"),
                ",'price':'128.255','qty':'4','position_qty':'-6','execution_id':'e-1'")
            .getFirst();
    OrderUpdate.Execution execution = update.execution().orElseThrow();
    assertThat(execution.price()).isEqualTo(Price.parse("128.255"));
    assertThat(execution.quantity()).isEqualTo(Quantity.of(4));
    assertThat(execution.positionQuantity()).contains(new BigDecimal("-6"));
    assertThat(update.executionId()).isEqualTo("e-1");
    assertThat(update.at()).as("the order's time where there is none").isNotNull();
  }

  @Test
  @DisplayName("a multi-leg order is one update of each leg, without the package's price")
  void multiLeg() {
    String legs =
        "{'id':'p','symbol':'','order_class':'mleg','status':'filled','legs':["
            + order("NOW260220P00110000", "filled")
            + ","
            + order("NOW260220P00105000", "filled")
            + "]}";
    List<OrderUpdate> updates = read("fill", legs, ",'price':'1.5','qty':'1'");
    assertThat(updates).hasSize(2).allSatisfy(it -> assertThat(it.execution()).isEmpty());
  }

  @Test
  @DisplayName("what is neither a stock nor a contract gives no update")
  void foreignSymbols() {
    assertThat(read("fill", order("1234", "filled"), "")).isEmpty();
  }

  @Test
  @DisplayName("an update that lacks what it must have is unreadable, never half read")
  void unreadable() {
    for (String order :
        List.of("{}", "{'id':'o','symbol':'WMT','side':'up','status':'new'}", "null")) {
      assertThatThrownBy(() -> read("fill", order, ""))
          .as(order)
          .isInstanceOfSatisfying(
              BrokerException.class,
              e -> assertThat(e.kind()).isEqualTo(BrokerException.Kind.UNREADABLE));
    }
    assertThatThrownBy(() -> OrderUpdateJson.read(data("{'order':" + order("WMT", "new") + "}"), 1))
        .isInstanceOf(BrokerException.class);
  }
}
