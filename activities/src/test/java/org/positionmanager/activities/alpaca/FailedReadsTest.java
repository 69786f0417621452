package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.CancelResult;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.instrument.Instrument;

/** A read that fails says how; it never looks like an account that has nothing. */
@Timeout(30)
class FailedReadsTest {
  private static final Instant START = Instant.parse("2026-02-10T15:00:00Z");
  private static final BrokerOrderId ORDER = new BrokerOrderId("o-1");
  private static final String NONE = "{\"code\":40410000,\"message\":\"order not found for o-1\"}";

  /** Every read of the adapter, with the path it asks. */
  enum Read {
    ACCOUNT("/v2/account", connection -> connection.broker().account()),
    FUNDS("/v2/account", connection -> connection.broker().funds()),
    HOLDINGS("/v2/positions", connection -> connection.broker().holdings()),
    VALUES("/v2/positions", connection -> connection.broker().values()),
    OPEN_ORDERS("/v2/orders", connection -> connection.broker().openOrders()),
    ORDERS(
        "/v2/orders",
        connection -> connection.broker().ordersSubmittedAfter(START, Optional.empty())),
    ORDER_BY_CLIENT_ID(
        "/v2/orders:by_client_order_id",
        connection ->
            connection
                .broker()
                .orderByClientId(
                    ClientOrderId.parse("pm-BMY-7f1c0000-0000-4000-8000-000000000001-1-1"))),
    ORDER_BY_ID("/v2/orders/o-1", connection -> connection.broker().order(ORDER)),
    FILLS("/v2/account/activities", connection -> connection.broker().fillsAfter(START)),
    ACTIVITIES(
        "/v2/account/activities",
        connection -> connection.broker().activitiesAfter(Set.of("OPEXP"), START)),
    STOCK_QUOTES(
        "/v2/stocks/quotes/latest",
        connection -> connection.marketData().quotes(Set.of(Instrument.parse("BMY")))),
    OPTION_QUOTES(
        "/v1beta1/options/quotes/latest",
        connection ->
            connection.marketData().quotes(Set.of(Instrument.parse("NOW260220P00110000")))),
    CALENDAR(
        "/v2/calendar",
        connection -> connection.calendar().sessionOn(LocalDate.parse("2026-02-10"))),
    CLOCK("/v2/clock", connection -> connection.clock().now());

    private final String path;
    private final Consumer<AlpacaConnection> read;

    Read(String path, Consumer<AlpacaConnection> read) {
      this.path = path;
      this.read = read;
    }
  }

  private final StubAlpaca alpaca = new StubAlpaca();
  private final AtomicLong nanos = new AtomicLong();

  @AfterEach
  void stop() {
    alpaca.close();
  }

  private BrokerException failure(Read read, int status, String body) {
    alpaca.on("GET " + read.path, status, body);
    return failure(read, alpaca.connect());
  }

  private static BrokerException failure(Read read, AlpacaConnection connection) {
    return catchThrowableOfType(BrokerException.class, () -> read.read.accept(connection));
  }

  @ParameterizedTest(name = "HTTP {0} {1} is {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401|{"message":"unauthorized."}                                     |UNAUTHORIZED
          403|{"code":40310000,"message":"forbidden."}                        |REFUSED
          404|<html>no such page</html>                                       |REFUSED
          404|{"code":40010001,"message":"no such endpoint"}                  |REFUSED
          408|[]                                                              |UNAVAILABLE
          422|{"code":40010001,"message":"bad parameter"}                     |REFUSED
          429|{"message":"too many requests."}                                |RATE_LIMITED
          500|[]                                                              |UNAVAILABLE
          503|{}                                                              |UNAVAILABLE
          504|<html>Gateway Time-out</html>                                   |UNAVAILABLE
          302|[]                                                              |REFUSED
          200|''                                                              |UNREADABLE
          200|null                                                            |UNREADABLE
          200|<html>maintenance</html>                                        |UNREADABLE
          200|{"odd":1}                                                       |UNREADABLE
          200|[{"odd":1}]                                                     |UNREADABLE
          """)
  void everyReadThatFailsThrowsWhatWentWrong(int status, String body, BrokerException.Kind kind) {
    for (Read read : Read.values()) {
      assertThat(failure(read, status, body))
          .as("%s answered %d %s", read, status, body)
          .isNotNull()
          .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = BrokenServer.Fault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "CLOSES_WHAT_IS_KEPT")
  void aConnectionThatBreaksOrHangsMakesTheReadUnavailable(BrokenServer.Fault fault)
      throws IOException {
    for (Read read : Set.of(Read.HOLDINGS, Read.ORDER_BY_CLIENT_ID, Read.STOCK_QUOTES)) {
      try (BrokenServer server = new BrokenServer(fault)) {
        AlpacaSettings impatient = StubAlpaca.settings(server.uri(), Duration.ofMillis(200));
        assertThat(failure(read, AlpacaConnection.open(impatient, new SimpleMeterRegistry())))
            .as(read.name())
            .isNotNull()
            .satisfies(e -> assertThat(e.kind()).isEqualTo(BrokerException.Kind.UNAVAILABLE));
        assertThat(server.requests()).isEqualTo(1);
      }
    }
  }

  @Test
  void onlyTheBrokersOwnNotFoundMeansThatThereIsNoSuchOrder() {
    alpaca.on("GET /v2/orders/o-1", 404, NONE);
    assertThat(alpaca.connect().broker().order(ORDER)).isEmpty();
  }

  @Test
  void aRateLimitSaysHowLongToWaitAndNothingGoesOutUntilThen() {
    RateBudget budget = new RateBudget(200, nanos::get);
    AlpacaConnection connection =
        AlpacaConnection.open(alpaca.settings(), budget, new SimpleMeterRegistry(), nanos::get);
    alpaca.on(
        "GET /v2/positions", any -> new StubAlpaca.Reply(429, "{}", Map.of("Retry-After", "7")));
    assertThat(failure(Read.HOLDINGS, connection).retryAfter()).contains(Duration.ofSeconds(7));
    RateBudget.Place exit = budget.enqueue(Urgency.EXIT);
    nanos.addAndGet(Duration.ofSeconds(7).toNanos() - 1);
    assertThat(budget.tryTake(exit)).isFalse();
    nanos.addAndGet(1);
    assertThat(budget.tryTake(exit)).isTrue();
  }

  @ParameterizedTest(name = "{0}: {1} is {2} seconds")
  @CsvSource({
    "Retry-After, 0, 1",
    "Retry-After, 3600, 60",
    "Retry-After, soon, 5",
    "X-Ratelimit-Reset, 1, 1",
    "X-Ratelimit-Reset, 99999999999, 60",
    "X-Other, 1, 5"
  })
  void theWaitAfterARateLimitIsBetweenOneSecondAndAMinute(
      String header, String value, long seconds) {
    alpaca.on("GET /v2/positions", any -> new StubAlpaca.Reply(429, "{}", Map.of(header, value)));
    assertThat(failure(Read.HOLDINGS, alpaca.connect()).retryAfter())
        .contains(Duration.ofSeconds(seconds));
  }

  @Test
  void aCancelIsRequestedTooLateUnknownToTheBrokerOrAFailure() {
    AlpacaConnection connection = alpaca.connect();
    alpaca.on("DELETE /v2/orders/o-1", 204, "");
    assertThat(connection.broker().cancel(ORDER)).isInstanceOf(CancelResult.Requested.class);
    alpaca.on(
        "DELETE /v2/orders/o-1",
        422,
        "{\"code\":42210000,\"message\":\"order is already in \\\"filled\\\" state\"}");
    assertThat(connection.broker().cancel(ORDER))
        .isEqualTo(new CancelResult.TooLate("order is already in \"filled\" state"));
    alpaca.on("DELETE /v2/orders/o-1", 404, NONE);
    assertThat(connection.broker().cancel(ORDER)).isInstanceOf(CancelResult.NotFound.class);
    for (int status : new int[] {401, 403, 404, 500, 504}) {
      alpaca.on("DELETE /v2/orders/o-1", status, "<html></html>");
      assertThat(
              catchThrowableOfType(BrokerException.class, () -> connection.broker().cancel(ORDER)))
          .as("HTTP %d", status)
          .isNotNull();
    }
  }

  @Test
  void aReadOverAConnectionThatTheBrokerHasClosedMeanwhileIsSentOnceMoreOverANewOne()
      throws Exception {
    try (BrokenServer server = new BrokenServer(BrokenServer.Fault.CLOSES_WHAT_IS_KEPT)) {
      AlpacaConnection connection =
          AlpacaConnection.open(
              StubAlpaca.settings(server.uri(), Duration.ofSeconds(10)), new SimpleMeterRegistry());
      for (int i = 1; i <= 3; i++) {
        assertThat(connection.broker().holdings()).isEmpty();
        server.awaitClosed();
      }
    }
  }
}
