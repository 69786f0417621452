package org.positionmanager.simulator;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Alpaca's account, clock and calendar. */
final class TradingRest {
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter SESSION_HOUR = DateTimeFormatter.ofPattern("HHmm");

  private static final String PACE_HEADER = "X-Simulated-Pace";
  private static final String NEXT_PACE_HEADER = "X-Simulated-Next-Pace";

  private static final int USUAL_DAYS = 31;
  private static final int LONGEST_YEARS = 60;
  private static final int LONGEST_SETTLEMENT_DAYS = 7;

  private final Exchange exchange;

  TradingRest(Exchange exchange) {
    this.exchange = exchange;
  }

  Object account(Account account, Context request) {
    synchronized (exchange) {
      exchange.match();
      return new AccountViews(exchange).view(account);
    }
  }

  Object clock(Account account, Context request) {
    Instant now = exchange.clock().now();
    MarketHours hours = exchange.clock().hours();
    Optional<NyseCalendar.Session> current = hours.at(now);
    NyseCalendar.Session next = hours.next(now);
    tellPace(request);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("timestamp", Views.time(now));
    view.put("is_open", current.isPresent());
    view.put("next_open", Views.time(next.open()));
    view.put("next_close", Views.time(current.orElse(next).close()));
    return view;
  }

  /** Alpaca knows no such header: a client that does can tell simulated days from real ones. */
  private void tellPace(Context request) {
    if (exchange.clock().isSimulated()) {
      request.header(PACE_HEADER, Double.toString(exchange.clock().speed()));
      exchange
          .clock()
          .nextPace()
          .ifPresent(
              next -> request.header(NEXT_PACE_HEADER, next.open() + " from " + next.from()));
    }
  }

  /** Sessions by trading or settlement date; without dates those of a month around now. */
  Object calendar(Account account, Context request) {
    Params params = new Params(request);
    LocalDate today = TradingHours.date(exchange.clock().now());
    LocalDate start = params.date("start").orElse(today.minusDays(USUAL_DAYS));
    LocalDate end = params.date("end").orElse(today.plusDays(USUAL_DAYS));
    boolean bySettlement =
        params.text("date_type").filter("SETTLEMENT"::equalsIgnoreCase).isPresent();
    if (end.isBefore(start)) {
      return List.of();
    }
    if (start.plusYears(LONGEST_YEARS).isBefore(end)) {
      throw Params.invalid("end", end.toString());
    }
    return start
        .minusDays(bySettlement ? LONGEST_SETTLEMENT_DAYS : 0)
        .datesUntil(end.plusDays(1))
        .flatMap(date -> exchange.clock().hours().on(date).stream())
        .filter(
            session ->
                !bySettlement
                    || !settlement(session).isBefore(start) && !settlement(session).isAfter(end))
        .map(this::view)
        .toList();
  }

  private Map<String, Object> view(NyseCalendar.Session session) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("date", session.date().toString());
    view.put("open", hour(session.open()));
    view.put("close", hour(session.close()));
    view.put("session_open", "0400");
    view.put(
        "session_close",
        LocalTime.from(TradingHours.extendedClose(session).atZone(NyseCalendar.ZONE))
            .format(SESSION_HOUR));
    view.put("settlement_date", settlement(session).toString());
    return view;
  }

  /** The next trading day: T+1. */
  private LocalDate settlement(NyseCalendar.Session session) {
    return exchange.clock().hours().next(session.close().minusMillis(1)).date();
  }

  private static String hour(Instant moment) {
    return LocalTime.from(moment.atZone(NyseCalendar.ZONE)).format(HOUR);
  }
}
