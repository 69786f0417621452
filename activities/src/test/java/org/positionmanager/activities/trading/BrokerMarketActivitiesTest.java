package org.positionmanager.activities.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.alpaca.AlpacaConnection;
import org.positionmanager.activities.alpaca.StubAlpaca;
import org.positionmanager.activities.watch.LiveSights;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.rules.Extra;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What is seen of a position on Tuesday, 24 November 2026; 26 is a holiday, 27 a half day. */
@Timeout(30)
class BrokerMarketActivitiesTest {
  private static final String EXECUTION = "/7f1c0000-0000-4000-8000-000000000001";
  private static final PositionId SHARES = PositionId.parse("tiny/BMY" + EXECUTION);
  private static final PositionId PUT = PositionId.parse("tiny/NOW261127P00110000" + EXECUTION);
  private static final Instant ELEVEN = Instant.parse("2026-11-24T16:00:00Z");

  private final StubAlpaca alpaca = new StubAlpaca();
  private final Known live = new Known();
  private final List<PositionId> reviewed = new ArrayList<>();
  private final BrokerMarketActivities market = market();

  /** A watch of this process. */
  private static final class Known implements LiveSights {
    private Optional<Quote> quote = Optional.empty();
    private Optional<Holding> holding = Optional.empty();

    @Override
    public Optional<Quote> quote(Instrument instrument) {
      return quote.filter(it -> instrument.equals(SHARES.instrument()));
    }

    @Override
    public Optional<Holding> steady(Instrument instrument, Direction direction) {
      return holding.filter(it -> it.instrument().equals(instrument));
    }
  }

  private BrokerMarketActivities market() {
    AlpacaConnection connection = alpaca.connect();
    return new BrokerMarketActivities(
        new AccountReads(connection.broker(), connection.marketData()),
        connection.calendar(),
        position -> Optional.empty(),
        live,
        reviewed::add);
  }

  @BeforeEach
  void exchange() {
    alpaca
        .on("GET /v2/clock", 200, "{\"timestamp\":\"2026-11-24T11:00:00-05:00\"}")
        .on(
            "GET /v2/calendar",
            asked ->
                new StubAlpaca.Reply(
                    200,
                    days(
                        LocalDate.parse(asked.queryParam("start")),
                        LocalDate.parse(asked.queryParam("end")))))
        .on(
            "GET /v2/positions",
            200,
            """
            [{"symbol":"BMY","side":"long","qty":"3","qty_available":"1","avg_entry_price":"57.1"},
             {"symbol":"NOW261127P00110000","side":"short","qty":"-2","avg_entry_price":"4.8"}]
            """)
        .on("GET /v2/stocks/quotes/latest", 200, quotes("BMY", "58.1", "58.3"))
        .on("GET /v1beta1/options/quotes/latest", 200, quotes("NOW261127P00110000", "0", "0.05"));
  }

  @AfterEach
  void stop() {
    alpaca.close();
  }

  private static String quotes(String symbol, String bid, String ask) {
    return "{\"quotes\":{\"%s\":{\"bp\":%s,\"ap\":%s,\"t\":\"2026-11-24T15:59:59.5Z\"}}}"
        .formatted(symbol, bid, ask);
  }

  private static String days(LocalDate from, LocalDate to) {
    List<String> days = new ArrayList<>();
    for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
      boolean isWeekend = date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
      if (!isWeekend && !date.equals(LocalDate.of(2026, 11, 26)) && date.getYear() < 2030) {
        String close = date.equals(LocalDate.of(2026, 11, 27)) ? "13:00" : "16:00";
        days.add("{\"date\":\"%s\",\"open\":\"09:30\",\"close\":\"%s\"}".formatted(date, close));
      }
    }
    return days.toString();
  }

  private ApplicationFailure failure(PositionId position) {
    List<ApplicationFailure> failures = new ArrayList<>();
    assertThatThrownBy(() -> market.checkPosition(position, Direction.LONG, List.of()))
        .isInstanceOfSatisfying(ApplicationFailure.class, failures::add);
    return failures.getFirst();
  }

  private Optional<Instant> expiry(String contract) {
    return market
        .checkPosition(PositionId.parse("tiny/" + contract + EXECUTION), Direction.LONG, List.of())
        .expiresAt();
  }

  @Test
  void anObservationOfSharesIsQuoteHoldingAndMomentWithoutAnExpiry() {
    Observation seen = market.checkPosition(SHARES, Direction.LONG, List.of());
    assertThat(seen.quote().orElseThrow().mid()).isEqualTo(Price.parse("58.2"));
    assertThat(seen.quote().orElseThrow().at()).isEqualTo(ELEVEN.minusMillis(500));
    assertThat(seen.holding())
        .contains(
            new Holding(
                SHARES.instrument(),
                Direction.LONG,
                Quantity.of(3),
                Quantity.of(1),
                Price.parse("57.1")));
    assertThat(seen.moment().isOpen()).isTrue();
    assertThat(seen.moment().now()).isBetween(ELEVEN, ELEVEN.plusSeconds(30));
    assertThat(seen.expiresAt()).isEmpty();
  }

  @Test
  void aPlanCanAskForTheLatestTradeTheUnderlyingAndTheEquity() {
    alpaca.on(
        "GET /v1beta1/options/trades/latest",
        200,
        """
        {"trades":{"%s":{"t":"2026-11-23T16:00:00Z","p":1.25,"s":1,"x":"C","c":"I"}}}"""
            .formatted(PUT.instrument()));
    alpaca.on("GET /v2/stocks/quotes/latest", 200, quotes("NOW", "108.9", "109.1"));
    alpaca.on(
        "GET /v2/account",
        200,
        """
        {"account_number":"PA1","status":"ACTIVE","equity":"1000.50","last_equity":"990","cash":"10","buying_power":"20",
         "long_market_value":"990.50","short_market_value":"0"}""");
    Observation seen =
        market.checkPosition(
            PUT, Direction.SHORT, List.of(Extra.LAST_TRADE, Extra.UNDERLYING, Extra.EQUITY));
    assertThat(seen.lastTrade())
        .contains(new Trade(Price.parse("1.25"), Instant.parse("2026-11-23T16:00:00Z")));
    assertThat(seen.underlying().orElseThrow().mid()).isEqualTo(Price.parse("109"));
    assertThat(seen.equity()).contains(Money.of(new BigDecimal("1000.50")));
  }

  @Test
  void whatAPlanAsksForAndCannotBeReadIsAbsentAndTheRestIsStillSeen() {
    alpaca.on("GET /v1beta1/options/trades/latest", 500, "[]");
    alpaca.on("GET /v2/account", 500, "[]");
    Observation seen =
        market.checkPosition(PUT, Direction.SHORT, List.of(Extra.LAST_TRADE, Extra.EQUITY));
    assertThat(seen.lastTrade()).isEmpty();
    assertThat(seen.equity()).isEmpty();
    assertThat(seen.quote()).isPresent();
    assertThat(seen.holding()).isPresent();
  }

  @Test
  void aWorkflowThatAsksForNothingMoreIsAnsweredAsBefore() {
    Observation seen = market.checkPosition(SHARES, Direction.LONG, null);
    assertThat(seen.quote()).isPresent();
    assertThat(seen.lastTrade()).isEmpty();
  }

  @Test
  void whatTheWatchKnowsAnywayIsNotReadAgain() {
    Price price = Price.parse("58");
    live.quote = Optional.of(new Quote(price, price, ELEVEN));
    live.holding =
        Optional.of(
            new Holding(
                SHARES.instrument(), Direction.LONG, Quantity.of(2), Quantity.of(2), price));
    Observation seen = market.checkPosition(SHARES, Direction.LONG, List.of(Extra.WATCH));
    assertThat(seen.quote()).isEqualTo(live.quote);
    assertThat(seen.holding()).isEqualTo(live.holding);
    assertThat(alpaca.requests)
        .noneMatch(line -> line.contains("/v2/positions") || line.contains("/quotes/latest"));
  }

  @Test
  @DisplayName("while quotes are unusable a review reads its own, whatever the watch has")
  void aReviewThatAsksForItReadsItsOwnQuote() {
    Price price = Price.parse("58");
    live.quote = Optional.of(new Quote(price, price, ELEVEN.minusSeconds(30)));
    Observation seen =
        market.checkPosition(SHARES, Direction.LONG, List.of(Extra.WATCH, Extra.READ_QUOTE));
    assertThat(seen.quote().orElseThrow().mid()).isEqualTo(Price.parse("58.2"));
    live.quote = Optional.of(new Quote(price, price, ELEVEN));
    assertThat(
            market
                .checkPosition(SHARES, Direction.LONG, List.of(Extra.WATCH, Extra.READ_QUOTE))
                .quote())
        .as("the newer of the two")
        .isEqualTo(live.quote);
  }

  @Test
  void theLatestTradeOfTheUnderlyingIsReadWhereItIsAskedFor() {
    alpaca.on(
        "GET /v2/stocks/trades/latest",
        200,
        """
        {"trades":{"NOW":{"t":"2026-11-23T16:00:00Z","p":109.25,"s":1,"x":"V","c":["@"]}}}""");
    assertThat(
            market
                .checkPosition(PUT, Direction.SHORT, List.of(Extra.UNDERLYING_TRADE))
                .underlyingTrade())
        .contains(new Trade(Price.parse("109.25"), Instant.parse("2026-11-23T16:00:00Z")));
    assertThat(market.checkPosition(PUT, Direction.SHORT, List.of()).underlyingTrade()).isEmpty();
  }

  @Test
  void whatTheWatchDoesNotKnowForSureIsRead() {
    Observation seen = market.checkPosition(SHARES, Direction.LONG, List.of(Extra.WATCH));
    assertThat(seen.quote().orElseThrow().mid()).isEqualTo(Price.parse("58.2"));
    assertThat(seen.holding().orElseThrow().quantity()).isEqualTo(Quantity.of(3));
  }

  @Test
  void aPositionThatNoWatchProtectsIsReadForItself() {
    Price price = Price.parse("58");
    live.quote = Optional.of(new Quote(price, price, ELEVEN));
    Observation seen = market.checkPosition(SHARES, Direction.LONG, List.of());
    assertThat(seen.quote().orElseThrow().mid()).isEqualTo(Price.parse("58.2"));
  }

  @Test
  void aHoldingTheOtherWayIsNotThePositions() {
    assertThat(market.checkPosition(SHARES, Direction.SHORT, List.of()).holding()).isEmpty();
    assertThat(market.checkPosition(PUT, Direction.LONG, List.of()).holding()).isEmpty();
    assertThat(
            market
                .checkPosition(PUT, Direction.SHORT, List.of())
                .holding()
                .orElseThrow()
                .quantity())
        .isEqualTo(Quantity.of(2));
  }

  @Test
  void aContractThatNobodyBidsForIsWorthNothingButAStockThatNobodyBidsForIsUnknown() {
    assertThat(
            market
                .checkPosition(PUT, Direction.SHORT, List.of())
                .quote()
                .orElseThrow()
                .bid()
                .isZero())
        .isTrue();
    alpaca.on("GET /v2/stocks/quotes/latest", 200, quotes("BMY", "0", "58.3"));
    assertThat(market.checkPosition(SHARES, Direction.LONG, List.of()).quote()).isEmpty();
  }

  @Test
  void anInstrumentWithoutAQuoteIsUnknownAndTheRestIsStillSeen() {
    alpaca.on("GET /v2/stocks/quotes/latest", 200, "{\"quotes\":{}}");
    Observation seen = market.checkPosition(SHARES, Direction.LONG, List.of());
    assertThat(seen.quote()).isEmpty();
    assertThat(seen.holding()).isPresent();
  }

  @Test
  void aContractExpiresAtTheCloseOfItsLastSession() {
    assertThat(expiry("NOW261218P00110000")).contains(Instant.parse("2026-12-18T21:00:00Z"));
    assertThat(expiry("NOW261127P00110000")).contains(Instant.parse("2026-11-27T18:00:00Z"));
    assertThat(expiry("NOW261126P00110000")).contains(Instant.parse("2026-11-25T21:00:00Z"));
    assertThat(expiry("NOW261128P00110000")).contains(Instant.parse("2026-11-27T18:00:00Z"));
  }

  @Test
  void theExpiryOfAContractInSummerIsInSummerTime() {
    assertThat(expiry("NOW270618P00110000")).contains(Instant.parse("2027-06-18T20:00:00Z"));
  }

  @Test
  void whatCannotBeReadIsAFailedActivityAndNeverAnEmptyObservation() {
    for (String path :
        List.of("/v2/positions", "/v2/stocks/quotes/latest", "/v2/clock", "/v2/calendar")) {
      alpaca.on("GET " + path, 500, "[]");
      assertThatThrownBy(() -> market().checkPosition(SHARES, Direction.LONG, List.of()))
          .as(path)
          .isInstanceOfSatisfying(
              ApplicationFailure.class, e -> assertThat(e.getType()).isEqualTo("UNAVAILABLE"));
      exchange();
    }
  }

  @Test
  void aRateLimitIsNoAlarmAndSaysWhenToComeBack() {
    alpaca.on(
        "GET /v2/positions", any -> new StubAlpaca.Reply(429, "{}", Map.of("Retry-After", "9")));
    ApplicationFailure failure = failure(SHARES);
    assertThat(failure.getType()).isEqualTo("RATE_LIMITED");
    assertThat(failure.getCategory()).isEqualTo(ApplicationErrorCategory.BENIGN);
    assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void refusedCredentialsAreTriedAgainSlowly() {
    alpaca.on("GET /v2/positions", 401, "{\"message\":\"unauthorized.\"}");
    ApplicationFailure failure = failure(SHARES);
    assertThat(failure.getType()).isEqualTo("UNAUTHORIZED");
    assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void manyPositionsAtOnceShareTheirRequests() throws InterruptedException {
    CountDownLatch firstReadMayEnd = new CountDownLatch(1);
    alpaca.on(
        "GET /v2/stocks/quotes/latest",
        any -> {
          try {
            firstReadMayEnd.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return new StubAlpaca.Reply(200, quotes("BMY", "58.1", "58.3"));
        });
    List<Observation> seen = new CopyOnWriteArrayList<>();
    List<Thread> positions = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      positions.add(
          Thread.ofVirtual()
              .start(() -> seen.add(market.checkPosition(SHARES, Direction.LONG, List.of()))));
    }
    await().until(() -> alpaca.requests.size() == 1);
    Set<Thread.State> waiting = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);
    await().until(() -> positions.stream().allMatch(one -> waiting.contains(one.getState())));
    firstReadMayEnd.countDown();
    for (Thread position : positions) {
      position.join();
    }
    assertThat(seen).hasSize(30).allMatch(one -> one.quote().isPresent());
    assertThat(alpaca.requests.stream().filter(one -> one.contains("quotes")).toList()).hasSize(2);
  }
}
