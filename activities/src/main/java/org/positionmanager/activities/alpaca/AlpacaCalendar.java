package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import okhttp3.HttpUrl;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.activities.broker.ExchangeClock;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.TradingSession;

/**
 * Sessions by {@code /v2/calendar}, kept by month and read again after six hours; a month already
 * known outlives a failed refresh, which is tried again after a minute. Callers share one read.
 */
final class AlpacaCalendar implements ExchangeCalendar {
  private static final long KEPT = Duration.ofHours(6).toNanos();
  private static final long RETRY = Duration.ofMinutes(1).toNanos();

  private record Month(List<TradingSession> sessions, long readAgainAt) {}

  private final AlpacaHttp http;
  private final ExchangeClock clock;
  private final LongSupplier nanoClock;
  private final Map<YearMonth, Month> months = new ConcurrentHashMap<>();
  private final SharedRead<YearMonth, List<TradingSession>> reads = new SharedRead<>();

  AlpacaCalendar(AlpacaHttp http, ExchangeClock clock, LongSupplier nanoClock) {
    this.http = http;
    this.clock = clock;
    this.nanoClock = nanoClock;
  }

  @Override
  public List<TradingSession> sessions(LocalDate fromInclusive, LocalDate toInclusive) {
    List<TradingSession> found = new ArrayList<>();
    YearMonth last = YearMonth.from(toInclusive);
    for (YearMonth at = YearMonth.from(fromInclusive); !at.isAfter(last); at = at.plusMonths(1)) {
      for (TradingSession session : month(at)) {
        if (!session.date().isBefore(fromInclusive) && !session.date().isAfter(toInclusive)) {
          found.add(session);
        }
      }
    }
    return List.copyOf(found);
  }

  @Override
  public MarketMoment moment() {
    Instant now = clock.now();
    LocalDate today = now.atZone(ExchangeZone.NEW_YORK).toLocalDate();
    List<TradingSession> near = sessions(today, today.plusDays(14));
    Optional<TradingSession> current =
        near.stream().filter(session -> session.contains(now)).findFirst();
    TradingSession next =
        near.stream()
            .filter(session -> session.openInclusive().isAfter(now))
            .findFirst()
            .orElseThrow(
                () ->
                    new BrokerException(
                        BrokerException.Kind.UNREADABLE, "calendar: no session within 14 days"));
    return new MarketMoment(now, current, next, clock.speed());
  }

  private List<TradingSession> month(YearMonth month) {
    Month known = months.get(month);
    if (known != null && (isFresh(known) || reads.isUnderWay(month))) {
      return known.sessions;
    }
    return reads.get(month, () -> refreshed(month));
  }

  private boolean isFresh(Month known) {
    return nanoClock.getAsLong() - known.readAgainAt < 0;
  }

  private List<TradingSession> refreshed(YearMonth month) {
    Month known = months.get(month);
    // Another read may have ended between the caller's look and this one.
    if (known != null && isFresh(known)) {
      return known.sessions;
    }
    try {
      List<TradingSession> read = read(month);
      months.put(month, new Month(read, nanoClock.getAsLong() + KEPT));
      return read;
    } catch (BrokerException e) {
      if (known == null) {
        throw e;
      }
      months.put(month, new Month(known.sessions, nanoClock.getAsLong() + RETRY));
      return known.sessions;
    }
  }

  private List<TradingSession> read(YearMonth month) {
    HttpUrl url =
        http.tradingUrl("calendar")
            .addQueryParameter("start", month.atDay(1).toString())
            .addQueryParameter("end", month.atEndOfMonth().toString())
            .build();
    List<TradingSession> sessions = new ArrayList<>();
    for (JsonNode node : AlpacaJson.array("calendar", http.read("calendar", url))) {
      sessions.add(AlpacaJson.reading("calendar", () -> session(node)));
    }
    return List.copyOf(sessions);
  }

  private static TradingSession session(JsonNode node) {
    LocalDate date = LocalDate.parse(AlpacaJson.text(node, "date"));
    return new TradingSession(
        date,
        date.atTime(LocalTime.parse(AlpacaJson.text(node, "open")))
            .atZone(ExchangeZone.NEW_YORK)
            .toInstant(),
        date.atTime(LocalTime.parse(AlpacaJson.text(node, "close")))
            .atZone(ExchangeZone.NEW_YORK)
            .toInstant());
  }
}
