package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.broker.OrderPricing;
import org.positionmanager.workflows.broker.Refusal;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;

/** What became of a submission, by each answer that Alpaca is known to give, and by none at all. */
@Timeout(30)
class SubmitOutcomesTest {
  private static final PositionId POSITION =
      PositionId.parse("tiny/NOW260220P00110000/7f1c0000-0000-4000-8000-000000000001");
  private static final ClientOrderId ID = ClientOrderId.of(POSITION, 1, 1);
  private static final ExitOrder EXIT =
      new ExitOrder(POSITION, ID, Direction.LONG, Quantity.of(2), new OrderPricing.Market());
  private static final String NONE =
      "{\"code\":40410000,\"message\":\"order not found for " + ID + "\"}";

  private final StubAlpaca alpaca = new StubAlpaca();
  private final Broker broker = alpaca.connect().broker();

  @AfterEach
  void stop() {
    alpaca.close();
  }

  private SubmitOutcome submitAnswered(int status, String body) {
    alpaca.on("POST /v2/orders", status, body);
    return broker.submit(EXIT);
  }

  private static String body(long code, String message) {
    return AlpacaJson.object().put("code", code).put("message", message).toString();
  }

  private static String order(String clientId, String status) {
    return """
    {"id":"o-1","client_order_id":"%s","symbol":"NOW260220P00110000","side":"sell","status":"%s",
     "qty":"2","filled_qty":"0","filled_avg_price":null,"submitted_at":"2026-02-10T15:00:00Z"}
    """
        .formatted(clientId, status);
  }

  private static Refusal refusal(SubmitOutcome outcome) {
    assertThat(outcome).isInstanceOf(SubmitOutcome.Refused.class);
    return ((SubmitOutcome.Refused) outcome).refusal();
  }

  @ParameterizedTest(name = "{0}/{1} {2} is {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403|40310000|potential wash trade detected. use complex orders                   |NEEDS_A_PERSON
          403|0       |cannot open a short sell while a long buy order is open             |NOT_HELD
          422|42210000|position intent mismatch, inferred: sell_to_open, specified: sell_to_close|NOT_HELD
          403|40310000|account not eligible to trade uncovered option contracts            |NOT_HELD
          403|40310000|insufficient options buying power for cash-secured put (required: 11000, available: 5)|NOT_HELD
          422|42210000|options market orders are only allowed during market hours          |MARKET_CLOSED
          422|42210000|contract "NOW260220P00110000" expires soon, unable to open new positions|NEEDS_A_PERSON
          422|42210000|contract "NOW260220P00110000" is expired                            |NEEDS_A_PERSON
          403|40310000|active assignment lock on NOW, cannot close all long options        |NEEDS_A_PERSON
          400|40010000|request body format is invalid                                      |NEEDS_A_PERSON
          429|0       |too many requests.                                                  |RATE_LIMITED
          401|0       |unauthorized.                                                       |NEEDS_A_PERSON
          """)
  void aPlainNoIsARefusalWithItsStatusCodeAndWords(
      int status, long code, String message, Refusal.Kind kind) {
    Refusal refusal = refusal(submitAnswered(status, body(code, message)));
    assertThat(refusal).isEqualTo(new Refusal(kind, status, code, message));
    assertThat(alpaca.requests).hasSize(1);
  }

  @Test
  void quantityHeldByOrdersIsToldByTheFieldsAndNotByTheWords() {
    String held =
        """
        {"code":40310000,"message":"%s","symbol":"NOW260220P00110000","available":"0",
         "existing_qty":"2","held_for_orders":"%s","related_orders":%s}
        """;
    assertThat(refusal(submitAnswered(403, held.formatted("any words", "2", "[\"o-9\"]"))).kind())
        .isEqualTo(Refusal.Kind.HELD_BY_ORDERS);
    assertThat(refusal(submitAnswered(403, held.formatted("any words", "2", "[]"))).kind())
        .isEqualTo(Refusal.Kind.HELD_BY_ORDERS);
    assertThat(refusal(submitAnswered(403, held.formatted("any words", "0", "[\"o-9\"]"))).kind())
        .isEqualTo(Refusal.Kind.HELD_BY_ORDERS);
    assertThat(
            refusal(
                    submitAnswered(
                        403, held.formatted("insufficient qty available for order", "0", "[]")))
                .kind())
        .isEqualTo(Refusal.Kind.NOT_HELD);
  }

  @Test
  void aTakenIdIsTheOrderThatHasIt() {
    alpaca.on("GET /v2/orders:by_client_order_id", 200, order(ID.toString(), "filled"));
    assertThat(submitAnswered(422, body(40010001, "client_order_id must be unique")))
        .isInstanceOf(SubmitOutcome.Accepted.class);
    assertThat(alpaca.requests.getLast()).contains("client_order_id=" + ID);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 429, 500})
  void aTakenIdWhoseOrderCannotBeFoundIsUnknown(int status) {
    alpaca.on("GET /v2/orders:by_client_order_id", status, status == 404 ? NONE : "{}");
    assertThat(submitAnswered(422, body(40010001, "client_order_id must be unique")))
        .isInstanceOf(SubmitOutcome.Unknown.class);
  }

  @Test
  void aTakenIdWhoseLookUpTellsOfAnotherOrderIsUnknown() {
    alpaca.on("GET /v2/orders:by_client_order_id", 200, order("somebody-elses", "filled"));
    assertThat(submitAnswered(422, body(40010001, "client_order_id must be unique")))
        .isInstanceOf(SubmitOutcome.Unknown.class);
  }

  @Test
  void theSameCodeForAnInvalidOrderIsARefusalOnceTheIdIsKnownToBeFree() {
    alpaca.on("GET /v2/orders:by_client_order_id", 404, NONE);
    assertThat(refusal(submitAnswered(422, body(40010001, "qty must be > 0"))).kind())
        .isEqualTo(Refusal.Kind.NEEDS_A_PERSON);
  }

  @ParameterizedTest(name = "HTTP {0}")
  @ValueSource(ints = {301, 302, 307, 408, 500, 502, 503, 504, 520})
  void aFaultOfTheServerOrOfSomethingInBetweenLeavesTheOutcomeUnknownAndTheOrderSentOnce(
      int status) {
    assertThat(submitAnswered(status, body(50010000, "internal server error occurred")))
        .isInstanceOf(SubmitOutcome.Unknown.class);
    assertThat(submitAnswered(status, "<html>an answer from a gateway</html>"))
        .isInstanceOf(SubmitOutcome.Unknown.class);
    assertThat(alpaca.requests).hasSize(2);
  }

  @ParameterizedTest(name = "HTTP {0}")
  @ValueSource(ints = {400, 403, 404, 413})
  void aNoThatIsNotTheBrokersOwnIsUnknown(int status) {
    assertThat(submitAnswered(status, "<html>blocked</html>"))
        .isInstanceOf(SubmitOutcome.Unknown.class);
    assertThat(submitAnswered(status, "")).isInstanceOf(SubmitOutcome.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "ok",
        "<html></html>",
        "{\"id\":\"o-1\"",
        "{\"id\":\"\",\"status\":\"new\"}"
      })
  void aYesThatCannotBeReadIsUnknown(String body) {
    assertThat(submitAnswered(200, body)).isInstanceOf(SubmitOutcome.Unknown.class);
  }

  @Test
  void aYesAboutAnotherOrderIsUnknown() {
    assertThat(submitAnswered(200, order("somebody-elses", "accepted")))
        .isInstanceOf(SubmitOutcome.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new",
        "accepted",
        "pending_new",
        "accepted_for_bidding",
        "held",
        "stopped",
        "suspended",
        "calculated",
        "done_for_day",
        "pending_cancel",
        "pending_replace",
        "a_word_of_tomorrow"
      })
  void anAcceptedOrderInAStatusThatIsNoEndMayStillFill(String status) {
    assertThat(submitAnswered(200, order(ID.toString(), status)))
        .isInstanceOfSatisfying(
            SubmitOutcome.Accepted.class,
            accepted -> {
              assertThat(accepted.order().isTerminal()).isFalse();
              assertThat(accepted.order().brokerStatus()).isEqualTo(status);
            });
  }

  @ParameterizedTest
  @EnumSource(BrokenServer.Fault.class)
  void whateverHappensToTheConnectionAfterThePostIsUnknownAndTheOrderGoesOutOnce(
      BrokenServer.Fault fault) throws IOException {
    try (BrokenServer server = new BrokenServer(fault)) {
      assertThat(impatient(server.uri()).submit(EXIT)).isInstanceOf(SubmitOutcome.Unknown.class);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aBrokerThatCannotBeReachedIsUnknownToo() throws IOException {
    URI nobody;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort());
    }
    assertThat(impatient(nobody).submit(EXIT)).isInstanceOf(SubmitOutcome.Unknown.class);
  }

  private static Broker impatient(URI uri) {
    return AlpacaConnection.open(
            StubAlpaca.settings(uri, Duration.ofMillis(400)), new SimpleMeterRegistry())
        .broker();
  }
}
