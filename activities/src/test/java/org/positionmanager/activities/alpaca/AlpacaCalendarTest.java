package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeClock;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.TradingSession;

/** Against the real calendar of winter 2026: 26 November is a holiday, the 27th closes at 13:00. */
class AlpacaCalendarTest {
  private static final Set<LocalDate> HOLIDAYS =
      Set.of(LocalDate.of(2026, 11, 26), LocalDate.of(2026, 12, 25), LocalDate.of(2026, 9, 7));
  private static final Map<LocalDate, String> EARLY_CLOSES =
      Map.of(LocalDate.of(2026, 11, 27), "13:00", LocalDate.of(2026, 12, 24), "13:00");

  private final StubAlpaca alpaca = new StubAlpaca();
  private final AtomicLong nanos = new AtomicLong(-7);
  private Instant now = Instant.parse("2026-11-24T16:00:00Z");
  private final ExchangeClock clock =
      new ExchangeClock() {
        @Override
        public Instant now() {
          return now;
        }

        @Override
        public double speed() {
          return 60;
        }
      };
  private final AlpacaCalendar calendar =
      new AlpacaCalendar(alpaca.http(nanos::get), clock, nanos::get);

  @BeforeEach
  void exchange() {
    alpaca.on(
        "GET /v2/calendar",
        asked ->
            new StubAlpaca.Reply(
                200,
                days(
                    LocalDate.parse(asked.queryParam("start")),
                    LocalDate.parse(asked.queryParam("end")))));
  }

  @AfterEach
  void stop() {
    alpaca.close();
  }

  private static String days(LocalDate from, LocalDate to) {
    List<String> days = new ArrayList<>();
    for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
      boolean isWeekend = date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
      if (!isWeekend && !HOLIDAYS.contains(date)) {
        days.add(
            """
            {"date":"%s","open":"09:30","close":"%s","session_open":"0400",
             "session_close":"2000","settlement_date":"%s"}
            """
                .formatted(date, EARLY_CLOSES.getOrDefault(date, "16:00"), date.plusDays(1)));
      }
    }
    return days.toString();
  }

  private MarketMoment at(String instant) {
    now = Instant.parse(instant);
    return calendar.moment();
  }

  private TradingSession on(String date) {
    return calendar.sessionOn(LocalDate.parse(date)).orElseThrow();
  }

  private void assertSession(String date, String open, String close) {
    assertThat(on(date))
        .isEqualTo(
            new TradingSession(LocalDate.parse(date), Instant.parse(open), Instant.parse(close)));
  }

  @Test
  void newYorksTimeIsFiveHoursBehindInWinterAndFourInSummer() {
    assertSession("2026-10-30", "2026-10-30T13:30:00Z", "2026-10-30T20:00:00Z");
    assertSession("2026-11-02", "2026-11-02T14:30:00Z", "2026-11-02T21:00:00Z");
  }

  @Test
  void theDayAfterThanksgivingClosesAtOne() {
    assertSession("2026-11-27", "2026-11-27T14:30:00Z", "2026-11-27T18:00:00Z");
    assertThat(at("2026-11-27T17:59:59Z").isOpen()).isTrue();
    assertThat(at("2026-11-27T18:00:00Z").isOpen()).isFalse();
  }

  @Test
  void aHolidayHasNoSessionAndTheNextOneIsTheDayAfter() {
    assertThat(calendar.sessionOn(LocalDate.parse("2026-11-26"))).isEmpty();
    MarketMoment holiday = at("2026-11-26T16:00:00Z");
    assertThat(holiday.isOpen()).isFalse();
    assertThat(holiday.next()).isEqualTo(on("2026-11-27"));
  }

  @Test
  void theOpenBelongsToTheSessionAndTheCloseDoesNot() {
    MarketMoment before = at("2026-11-24T14:29:59.999999999Z");
    assertThat(before.current()).isEmpty();
    assertThat(before.next()).isEqualTo(on("2026-11-24"));
    MarketMoment open = at("2026-11-24T14:30:00Z");
    assertThat(open.current()).contains(on("2026-11-24"));
    assertThat(open.next()).isEqualTo(on("2026-11-25"));
    assertThat(at("2026-11-24T20:59:59.999999999Z").isOpen()).isTrue();
    assertThat(at("2026-11-24T21:00:00Z").isOpen()).isFalse();
  }

  @Test
  void whatIsTomorrowInUniversalTimeIsStillTodayInNewYork() {
    assertThat(at("2026-11-25T03:00:00Z").next()).isEqualTo(on("2026-11-25"));
    assertThat(at("2026-11-28T02:00:00Z").next()).isEqualTo(on("2026-11-30"));
  }

  @Test
  void theNextSessionIsFoundBeyondTheEndOfTheMonth() {
    assertThat(at("2026-10-30T21:00:00Z").next()).isEqualTo(on("2026-11-02"));
  }

  @Test
  void bothDatesOfARangeBelongToItAcrossMonths() {
    assertThat(calendar.sessions(LocalDate.parse("2026-11-25"), LocalDate.parse("2026-12-01")))
        .extracting(session -> session.date().toString())
        .containsExactly("2026-11-25", "2026-11-27", "2026-11-30", "2026-12-01");
  }

  @Test
  void theMomentCarriesTheSpeedOfTheExchangesDay() {
    assertThat(calendar.moment().realTimeUntil(now.plusSeconds(60)))
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aMonthIsReadOnceInSixHours() {
    on("2026-11-24");
    nanos.addAndGet(Duration.ofHours(6).toNanos() - 1);
    on("2026-11-27");
    assertThat(alpaca.requests)
        .singleElement()
        .asString()
        .contains("start=2026-11-01", "end=2026-11-30");
    nanos.addAndGet(1);
    on("2026-11-24");
    assertThat(alpaca.requests).hasSize(2);
  }

  @Test
  void aKnownMonthOutlivesAFailedRefreshWhichIsTriedAgainOnlyAfterAMinute() {
    on("2026-11-24");
    alpaca.on("GET /v2/calendar", 500, "{}");
    nanos.addAndGet(Duration.ofHours(6).toNanos());
    assertThat(on("2026-11-24").date()).isEqualTo("2026-11-24");
    nanos.addAndGet(Duration.ofMinutes(1).toNanos() - 1);
    on("2026-11-24");
    assertThat(alpaca.requests).hasSize(2);
    nanos.addAndGet(1);
    on("2026-11-24");
    assertThat(alpaca.requests).hasSize(3);
  }

  @Test
  @Timeout(20)
  void manyWhoAskAtOnceShareOneRead() throws InterruptedException {
    RateBudget held = new RateBudget(1000, nanos::get);
    held.blockFor(Duration.ofSeconds(1), Urgency.EXIT);
    AlpacaHttp http =
        new AlpacaHttp(alpaca.settings(), held, new ConnectionBreaks(), new SimpleMeterRegistry());
    AlpacaCalendar shared = new AlpacaCalendar(http, clock, nanos::get);
    LocalDate day = LocalDate.parse("2026-11-24");
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      callers.add(Thread.ofVirtual().start(() -> shared.sessions(day, day)));
    }
    Set<Thread.State> waiting = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);
    await().until(() -> callers.stream().allMatch(one -> waiting.contains(one.getState())));
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(alpaca.requests).hasSize(1);
  }

  @Test
  void aMonthThatWasNeverReadIsAFailureAndNotAMonthWithoutSessions() {
    alpaca.on("GET /v2/calendar", 500, "[]");
    assertThatThrownBy(calendar::moment).isInstanceOf(BrokerException.class);
    alpaca.on("GET /v2/calendar", 200, "{\"message\":\"?\"}");
    assertThatThrownBy(calendar::moment).isInstanceOf(BrokerException.class);
    alpaca.on("GET /v2/calendar", 200, "[{\"date\":\"2026-11-24\",\"open\":\"9\"}]");
    assertThatThrownBy(calendar::moment).isInstanceOf(BrokerException.class);
  }

  @Test
  void aCalendarWithoutASessionInTwoWeeksIsNotBelieved() {
    alpaca.on("GET /v2/calendar", 200, "[]");
    assertThatThrownBy(calendar::moment)
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("14 days");
  }
}
