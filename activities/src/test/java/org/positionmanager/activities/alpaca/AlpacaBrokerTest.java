package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.broker.AccountFunds;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.CancelResult;
import org.positionmanager.activities.broker.HoldingValue;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderPricing;
import org.positionmanager.workflows.broker.Refusal;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

class AlpacaBrokerTest {
  private static final PositionId POSITION =
      PositionId.parse("tiny/NOW260220P00110000/7f1c0000-0000-4000-8000-000000000001");
  private static final ClientOrderId ID = ClientOrderId.of(POSITION, 1, 1);
  private static final ExitOrder EXIT =
      new ExitOrder(POSITION, ID, Direction.LONG, Quantity.of(2), new OrderPricing.Market());

  private final StubAlpaca alpaca = new StubAlpaca();
  private final Broker broker = alpaca.connect().broker();

  @AfterEach
  void stop() {
    alpaca.close();
  }

  private static String order(String clientId, String status) {
    return """
    {"id":"o-1","client_order_id":"%s","symbol":"NOW260220P00110000","side":"sell",
     "status":"%s","qty":"2","filled_qty":"0","filled_avg_price":null,
     "submitted_at":"2026-02-10T15:00:00.123456789Z","updated_at":"2026-02-10T15:00:00Z"}
    """
        .formatted(clientId, status);
  }

  private SubmitOutcome submitAnswered(int status, String body) {
    alpaca.on("POST /v2/orders", status, body);
    return broker.submit(EXIT);
  }

  private void assertRefused(Refusal.Kind kind, int status, String body) {
    assertThat(submitAnswered(status, body))
        .isInstanceOfSatisfying(
            SubmitOutcome.Refused.class,
            refused -> assertThat(refused.refusal().kind()).isEqualTo(kind));
  }

  @Test
  @DisplayName("incident 3: an exit names the contract, never its underlying's ticker")
  void exitNamesTheContract() {
    submitAnswered(200, order(ID.toString(), "accepted"));
    assertThat(alpaca.requests.getFirst()).contains("\"symbol\":\"NOW260220P00110000\"");
  }

  @Test
  @DisplayName("incident 4: every exit states that it closes, with quantities as exact strings")
  void exitStatesItsIntent() {
    assertThat(submitAnswered(200, order(ID.toString(), "accepted")))
        .isInstanceOf(SubmitOutcome.Accepted.class);
    assertThat(alpaca.requests.getFirst())
        .contains("\"position_intent\":\"sell_to_close\"", "\"qty\":\"2\"", ID.toString());
  }

  @Test
  @DisplayName("incident 5: the same id again finds the first order instead of making a second")
  void duplicateIsLookedUp() {
    alpaca.on("GET /v2/orders:by_client_order_id", 200, order(ID.toString(), "filled"));
    assertThat(
            submitAnswered(
                422, "{\"code\":40010001,\"message\":\"client_order_id must be unique\"}"))
        .isInstanceOf(SubmitOutcome.Accepted.class);
  }

  @Test
  void duplicateWhoseLookUpFailsIsUnknown() {
    alpaca.on("GET /v2/orders:by_client_order_id", 500, "{}");
    assertThat(
            submitAnswered(
                422, "{\"code\":40010001,\"message\":\"client_order_id must be unique\"}"))
        .isInstanceOf(SubmitOutcome.Unknown.class);
  }

  @Test
  void quantityHeldByOrdersIsToldApartFromNothingHeld() {
    assertRefused(
        Refusal.Kind.HELD_BY_ORDERS,
        403,
        "{\"code\":40310000,\"message\":\"insufficient qty available for order\","
            + "\"existing_qty\":\"2\",\"held_for_orders\":\"2\",\"related_orders\":[\"x\"]}");
    assertRefused(
        Refusal.Kind.NOT_HELD,
        422,
        "{\"code\":42210000,\"message\":\"position intent mismatch, inferred: sell_to_open\"}");
    assertRefused(
        Refusal.Kind.NOT_HELD,
        403,
        "{\"code\":40310000,\"message\":\"insufficient options buying power for cash-secured put\"}");
  }

  @Test
  void otherRefusalsAreToldByStatusAndCode() {
    assertRefused(
        Refusal.Kind.MARKET_CLOSED,
        422,
        "{\"code\":42210000,\"message\":\"options market orders are only allowed during market"
            + " hours\"}");
    assertRefused(
        Refusal.Kind.NEEDS_A_PERSON,
        403,
        "{\"code\":40310000,\"message\":\"potential wash trade detected\"}");
    assertRefused(Refusal.Kind.NEEDS_A_PERSON, 401, "{\"message\":\"unauthorized\"}");
  }

  @Test
  void rateLimitRefusesOnlyForNow() {
    assertRefused(Refusal.Kind.RATE_LIMITED, 429, "{\"message\":\"too many requests.\"}");
  }

  @Test
  void whateverLeavesTheEffectOpenIsUnknown() {
    assertThat(submitAnswered(500, "{\"code\":50010000,\"message\":\"internal\"}"))
        .isInstanceOf(SubmitOutcome.Unknown.class);
    assertThat(submitAnswered(504, "<html>Gateway Time-out</html>"))
        .isInstanceOf(SubmitOutcome.Unknown.class);
    assertThat(submitAnswered(200, "")).isInstanceOf(SubmitOutcome.Unknown.class);
    assertThat(submitAnswered(200, "{\"odd\":1}")).isInstanceOf(SubmitOutcome.Unknown.class);
  }

  @Test
  void aConnectionCutAfterTheRequestSendsTheOrderOnce() throws Exception {
    try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
      AtomicInteger seen = new AtomicInteger();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  while (true) {
                    try (java.net.Socket one = socket.accept()) {
                      seen.incrementAndGet();
                      one.getInputStream().read(new byte[8192]);
                    }
                  }
                } catch (IOException e) {
                  // The test is over.
                }
              });
      Broker cut =
          StubAlpaca.connect(URI.create("http://127.0.0.1:" + socket.getLocalPort())).broker();
      assertThat(cut.submit(EXIT)).isInstanceOf(SubmitOutcome.Unknown.class);
      assertThat(seen).hasValue(1);
    }
  }

  @Test
  void serviceUnavailableWithRetryAfterZeroSendsTheOrderOnce() {
    alpaca.on(
        "POST /v2/orders", any -> new StubAlpaca.Reply(503, "{}", Map.of("Retry-After", "0")));
    assertThat(broker.submit(EXIT)).isInstanceOf(SubmitOutcome.Unknown.class);
    assertThat(alpaca.requests).hasSize(1);
  }

  @Test
  void onlyTheBrokersOwnNotFoundIsAnEmptyAnswer() {
    alpaca.on(
        "GET /v2/orders:by_client_order_id",
        404,
        "{\"code\":40410000,\"message\":\"order not found for x\"}");
    assertThat(broker.orderByClientId(ID)).isEmpty();
    alpaca.on("GET /v2/orders:by_client_order_id", 404, "<html>no such page</html>");
    assertThatThrownBy(() -> broker.orderByClientId(ID)).isInstanceOf(BrokerException.class);
  }

  @Test
  @DisplayName("incident 21: a failed read of holdings throws and is never an empty list")
  void failedReadIsNotNothing() {
    alpaca.on("GET /v2/positions", 500, "[]");
    assertThatThrownBy(broker::holdings).isInstanceOf(BrokerException.class);
    alpaca.on("GET /v2/positions", 200, "");
    assertThatThrownBy(broker::holdings).isInstanceOf(BrokerException.class);
    alpaca.on("GET /v2/positions", 200, "[]");
    assertThat(broker.holdings()).isEmpty();
  }

  @Test
  void decimalsStayExact() {
    alpaca.on(
        "GET /v2/positions",
        200,
        "[{\"symbol\":\"BMY\",\"side\":\"long\",\"qty\":\"0.100000001\","
            + "\"avg_entry_price\":\"57.123456789\"}]");
    Holding held = broker.holdings().getFirst();
    assertThat(held.quantity()).hasToString("0.100000001");
    assertThat(held.averageEntry()).hasToString("57.123456789");
  }

  @Test
  void aLateCancelIsNoFailure() {
    alpaca.on("DELETE /v2/orders/o-1", 422, "{\"code\":42210000,\"message\":\"filled\"}");
    assertThat(broker.cancel(new BrokerOrderId("o-1"))).isInstanceOf(CancelResult.TooLate.class);
  }

  @Test
  @DisplayName("incident 14: quotes are asked by contract and carry their own time")
  void quotesByContract() {
    alpaca.on(
        "GET /v1beta1/options/quotes/latest",
        200,
        "{\"quotes\":{\"NOW260220P00110000\":{\"bp\":4.1,\"ap\":4.3,"
            + "\"t\":\"2026-02-10T15:00:00Z\"}}}");
    Instrument contract = POSITION.instrument();
    Quote quote = alpaca.connect().marketData().quotes(Set.of(contract)).get(contract);
    assertThat(quote.mid()).hasToString("4.2");
    assertThat(quote.age(Instant.parse("2026-02-10T15:05:00Z"))).isEqualTo(Duration.ofMinutes(5));
    assertThat(alpaca.requests.getFirst()).contains("symbols=NOW260220P00110000");
  }

  @Test
  void secretsPrintNowhere() {
    alpaca.on("GET /v2/positions", 401, "{\"message\":\"unauthorized\"}");
    AlpacaSettings settings =
        AlpacaSettings.paper(new AccountName("tiny"), "key-id", new ApiSecret("top-secret"));
    assertThat(settings.toString()).doesNotContain("top-secret", "key-id");
    assertThatThrownBy(broker::holdings)
        .isInstanceOfSatisfying(
            BrokerException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(BrokerException.Kind.UNAUTHORIZED);
              assertThat(e.getMessage()).doesNotContain("top-secret", "key-id");
            });
  }

  @Test
  void fundsAreReadToTheCentAndWhatIsLeftOutIsNoZero() {
    String funds =
        """
        {"account_number":"PA1","status":"ACTIVE","equity":"1000.50","last_equity":"990",
         "cash":"10","buying_power":"20","long_market_value":"1500.5",
         "short_market_value":"-510"}""";
    alpaca.on("GET /v2/account", 200, funds);
    assertThat(broker.funds())
        .isEqualTo(
            new AccountFunds(
                Money.parse("1000.5"),
                Money.parse("990"),
                Money.parse("10"),
                Money.parse("20"),
                Money.parse("1500.5"),
                Money.parse("-510")));
    for (String field :
        List.of(
            "\"equity\"",
            "last_equity",
            "\"cash\"",
            "buying_power",
            "long_market_value",
            "short_market_value")) {
      alpaca.on(
          "GET /v2/account",
          200,
          funds.replace(
              field, field.startsWith("\"") ? field.replaceFirst("\"", "\"x_") : "x_" + field));
      assertThatThrownBy(broker::funds)
          .as("without %s", field)
          .isInstanceOfSatisfying(
              BrokerException.class,
              it -> assertThat(it.kind()).isEqualTo(BrokerException.Kind.UNREADABLE));
    }
  }

  @Test
  void aHoldingWithoutAPriceHasNone() {
    alpaca.on(
        "GET /v2/positions",
        200,
        """
        [{"symbol":"WMT","qty":"5","side":"long","avg_entry_price":"120","current_price":"118.5",
          "unrealized_pl":"-7.5"},
         {"symbol":"NOW260220P00110000","qty":"2","side":"long","avg_entry_price":"4.8",
          "current_price":null,"unrealized_pl":null}]""");
    assertThat(broker.values())
        .containsExactly(
            new HoldingValue(
                Instrument.parse("WMT"),
                Optional.of(Price.parse("118.5")),
                Optional.of(Money.parse("-7.5"))),
            new HoldingValue(
                Instrument.parse("NOW260220P00110000"), Optional.empty(), Optional.empty()));
  }
}
