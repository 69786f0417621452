package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.broker.AccountActivity;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.Fill;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Side;

/** Lists that do not fit on one page: orders by time, activities by token. */
class AlpacaPagingTest {
  private static final Instant START = Instant.parse("2026-02-10T15:00:00Z");

  private final StubAlpaca alpaca = new StubAlpaca();
  private final Broker broker = alpaca.connect().broker();

  @AfterEach
  void stop() {
    alpaca.close();
  }

  private static String fill(int number) {
    return """
    {"activity_type":"FILL","id":"20260210::%04d","order_id":"o-%d","symbol":"BMY",
     "side":"sell_short","qty":"1","price":"57.1","type":"fill",
     "transaction_time":"2026-02-10T15:00:00.5Z"}
    """
        .formatted(number, number);
  }

  /** An account with so many fills, in pages of 100 behind the token. */
  private void fills(int count) {
    alpaca.on(
        "GET /v2/account/activities",
        asked -> {
          String token = asked.queryParam("page_token");
          int from =
              token == null ? 0 : Integer.parseInt(token.substring("20260210::".length())) + 1;
          return new StubAlpaca.Reply(
              200,
              IntStream.range(from, Math.min(count, from + 100))
                  .mapToObj(AlpacaPagingTest::fill)
                  .toList()
                  .toString());
        });
  }

  private static String order(int number, Instant submitted) {
    return """
    {"id":"o-%d","client_order_id":"c-%d","symbol":"BMY","side":"buy","status":"new","qty":"1",
     "filled_qty":"0","submitted_at":"%s"}
    """
        .formatted(number, number, submitted);
  }

  /** An account whose orders came one a given time after the other, in pages of 500. */
  private void orders(int count, Duration apart) {
    alpaca.on(
        "GET /v2/orders",
        asked -> {
          String after = asked.queryParam("after");
          List<String> page = new ArrayList<>();
          for (int i = 0; i < count && page.size() < 500; i++) {
            Instant submitted = START.plus(apart.multipliedBy(i));
            if (after == null || submitted.isAfter(Instant.parse(after))) {
              page.add(order(i, submitted));
            }
          }
          return new StubAlpaca.Reply(200, page.toString());
        });
  }

  @Test
  void fillsAreReadPageByPageUntilOneIsNotFull() {
    fills(250);
    List<Fill> found = broker.fillsAfter(START);
    assertThat(found).extracting(Fill::id).doesNotHaveDuplicates().hasSize(250);
    assertThat(found.getFirst().side()).isEqualTo(Side.SELL);
    assertThat(alpaca.requests).hasSize(3);
    assertThat(alpaca.requests.getFirst())
        .contains("activity_types=FILL", "direction=asc", "page_size=100", "after=2026-02-10T15")
        .doesNotContain("page_token");
    assertThat(alpaca.requests.get(1)).contains("page_token=20260210::0099", "after=2026-02-10T15");
  }

  @Test
  void aLastPageThatIsExactlyFullIsFollowedByAnEmptyOne() {
    fills(100);
    assertThat(broker.fillsAfter(START)).hasSize(100);
    assertThat(alpaca.requests).hasSize(2);
  }

  @Test
  void pagingThatStandsStillIsAFailureAndNotAShortList() {
    String page = IntStream.range(0, 100).mapToObj(AlpacaPagingTest::fill).toList().toString();
    alpaca.on("GET /v2/account/activities", 200, page);
    assertThatThrownBy(() -> broker.fillsAfter(START))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("stands still");
  }

  @Test
  void aSecondPageThatCannotBeReadIsAFailureAndNotAShortList() {
    fills(250);
    String first = IntStream.range(0, 100).mapToObj(AlpacaPagingTest::fill).toList().toString();
    alpaca.on(
        "GET /v2/account/activities",
        asked ->
            asked.queryParam("page_token") == null
                ? new StubAlpaca.Reply(200, first)
                : new StubAlpaca.Reply(500, "[]"));
    assertThatThrownBy(() -> broker.fillsAfter(START)).isInstanceOf(BrokerException.class);
  }

  @Test
  void activitiesOtherThanFillsAreAskedByTypeAndKeepTheirSign() {
    alpaca.on(
        "GET /v2/account/activities",
        200,
        """
        [{"id":"1::a","activity_type":"OPEXP","symbol":"NOW260220P00110000","qty":"-2",
          "date":"2026-02-20","status":"executed"},
         {"id":"2::b","activity_type":"OPTRD","symbol":"NOW","qty":"100","price":"110",
          "date":"2026-02-20T00:00:00Z"}]
        """);
    List<AccountActivity> found = broker.activitiesAfter(Set.of("OPEXP"), START);
    assertThat(alpaca.requests.getFirst()).contains("activity_types=OPEXP");
    assertThat(found.getFirst().quantity()).hasToString("-2");
    assertThat(found.getFirst().instrument()).contains(Instrument.parse("NOW260220P00110000"));
    assertThat(found).extracting(AccountActivity::date).containsOnly(LocalDate.parse("2026-02-20"));
  }

  @Test
  void whatWasPaidInAndOutHasItsAmountUnlessItWasCanceled() {
    alpaca.on(
        "GET /v2/account/activities",
        200,
        """
        [{"id":"1::a","activity_type":"CSD","net_amount":"1500.25","date":"2026-02-20",
          "status":"executed"},
         {"id":"2::b","activity_type":"CSW","net_amount":"-20","date":"2026-02-20",
          "status":"executed"},
         {"id":"3::c","activity_type":"CSW","net_amount":"-30","date":"2026-02-20",
          "status":"canceled"},
         {"id":"4::d","activity_type":"JNLS","symbol":"WMT","qty":"3","date":"2026-02-20"}]
        """);
    assertThat(broker.activitiesAfter(Set.of("CSD", "CSW", "JNLS"), START))
        .extracting(AccountActivity::amount)
        .containsExactly(
            Optional.of(Money.parse("1500.25")),
            Optional.of(Money.parse("-20")),
            Optional.of(Money.ZERO),
            Optional.empty());
  }

  @Test
  void openOrdersBeyondOnePageAreAllFoundOnce() {
    orders(1100, Duration.ofMillis(1));
    assertThat(broker.openOrders()).extracting(OrderView::id).doesNotHaveDuplicates().hasSize(1100);
    assertThat(alpaca.requests).hasSize(3).allSatisfy(one -> assertThat(one).contains("limit=500"));
  }

  @Test
  void ordersOfTheSameMomentAroundTheEndOfAPageAreNotLost() {
    orders(700, Duration.ZERO);
    assertThatThrownBy(broker::openOrders)
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("one moment");
    alpaca.on(
        "GET /v2/orders",
        asked -> {
          List<String> page = new ArrayList<>();
          String after = asked.queryParam("after");
          for (int i = 0; i < 510 && page.size() < 500; i++) {
            Instant submitted = START.plusSeconds(i < 490 ? i : 490);
            if (after == null || submitted.isAfter(Instant.parse(after))) {
              page.add(order(i, submitted));
            }
          }
          return new StubAlpaca.Reply(200, page.toString());
        });
    assertThat(broker.openOrders()).hasSize(510);
  }

  @Test
  void theSearchForAnEntryNamesItsInstrumentAndItsMoment() {
    alpaca.on("GET /v2/orders", 200, "[" + order(1, START) + "]");
    assertThat(broker.ordersSubmittedAfter(START, Optional.of(Instrument.parse("BMY")))).hasSize(1);
    assertThat(alpaca.requests.getFirst())
        .contains("status=all", "symbols=BMY", "after=2026-02-10T15:00:00Z", "direction=asc");
    assertThat(broker.ordersSubmittedAfter(START, Optional.of(Instrument.parse("NOW")))).isEmpty();
  }
}
