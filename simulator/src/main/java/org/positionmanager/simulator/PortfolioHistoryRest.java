package org.positionmanager.simulator;

import io.javalin.http.Context;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.simulator.market.Span;

/** Alpaca's portfolio history: equity and profit over time, in numbers. */
final class PortfolioHistoryRest {
  private static final Map<String, Duration> FRAMES =
      Map.of(
          "1Min", Duration.ofMinutes(1),
          "5Min", Duration.ofMinutes(5),
          "15Min", Duration.ofMinutes(15),
          "1H", Duration.ofHours(1));
  private static final int DAYS_OF_MINUTES = 7;
  private static final int DAYS_OF_QUARTERS = 30;

  private final Exchange exchange;

  PortfolioHistoryRest(Exchange exchange) {
    this.exchange = exchange;
  }

  /** One point: the beginning of a window and the equity at its end. */
  private record Point(Instant from, BigDecimal equity) {}

  Object history(Account account, Context request) {
    Params params = new Params(request);
    if (params.text("start").isPresent()
        && params.text("end").isPresent()
        && params.text("period").isPresent()) {
      throw new Rejection(
          422, 40010001, "only two of start, end and period can be specified at the same time");
    }
    Instant now = exchange.clock().now();
    Instant end = params.moment("end").filter(now::isAfter).orElse(now);
    Instant start = start(params, end);
    long days = Duration.between(start, end).toDays();
    String frame = params.text("timeframe").orElse(usualFrame(days));
    if (!frame.equals("1D") && !FRAMES.containsKey(frame)) {
      throw Params.invalid("timeframe", frame);
    }
    if (!frame.equals("1D") && days > DAYS_OF_QUARTERS + 1) {
      throw new Rejection(422, 42210000, "timeframe must be 1D for more than 30 days");
    }
    boolean resets =
        params.choice("pnl_reset", "no_reset", "per_day").filter("no_reset"::equals).isEmpty();
    Reporting reporting = reporting(params);
    checkCashflowTypes(params);
    synchronized (exchange) {
      exchange.match();
      List<Point> points = points(account, frame, start, end, reporting);
      return view(account, frame, points, resets && !frame.equals("1D"));
    }
  }

  /** Which hours of a day short windows are told of. */
  private enum Reporting {
    MARKET_HOURS,
    EXTENDED_HOURS,
    CONTINUOUS
  }

  private static Reporting reporting(Params params) {
    return params
        .choice("intraday_reporting", "market_hours", "extended_hours", "continuous")
        .map(it -> Reporting.valueOf(it.toUpperCase(Locale.ROOT)))
        .orElse(params.flag("extended_hours") ? Reporting.EXTENDED_HOURS : Reporting.MARKET_HOURS);
  }

  /** Nothing flows in or out here; what does not exist anywhere is refused. */
  private static void checkCashflowTypes(Params params) {
    for (String type : params.list("cashflow_types")) {
      if (!List.of("ALL", "NONE").contains(type) && !ActivitiesRest.TYPES.contains(type)) {
        throw Params.invalid("cashflow_types", type);
      }
    }
  }

  /** When short windows of a day begin and end; empty where none is told of. */
  private Optional<Span> told(LocalDate day, Reporting reporting) {
    if (reporting == Reporting.CONTINUOUS) {
      Instant midnight = day.atStartOfDay(NyseCalendar.ZONE).toInstant();
      return Optional.of(
          new Span(midnight, day.plusDays(1).atStartOfDay(NyseCalendar.ZONE).toInstant()));
    }
    return exchange
        .clock()
        .hours()
        .on(day)
        .map(
            session ->
                reporting == Reporting.MARKET_HOURS
                    ? new Span(session.open(), session.close())
                    : extended(session));
  }

  private static Span extended(NyseCalendar.Session session) {
    Instant morning = TradingHours.extendedOpen(session.date());
    return new Span(
        morning.isBefore(session.open()) ? morning : session.open(),
        TradingHours.extendedClose(session));
  }

  private static String usualFrame(long days) {
    return days < DAYS_OF_MINUTES ? "1Min" : days < DAYS_OF_QUARTERS ? "15Min" : "1D";
  }

  private static Instant start(Params params, Instant end) {
    Optional<Instant> start = params.moment("start");
    if (start.isPresent()) {
      return start.get();
    }
    String period = params.text("period").orElse("1M").replace('A', 'Y');
    try {
      LocalDate first = TradingHours.date(end).minus(Period.parse("P" + period));
      return first.plusDays(1).atStartOfDay(NyseCalendar.ZONE).toInstant();
    } catch (DateTimeException e) {
      throw Params.invalid("period", period);
    }
  }

  private List<Point> points(
      Account account, String frame, Instant start, Instant end, Reporting reporting) {
    List<Point> points = new ArrayList<>();
    LocalDate last = TradingHours.date(end);
    for (LocalDate day = TradingHours.date(start); !day.isAfter(last); day = day.plusDays(1)) {
      if (frame.equals("1D")) {
        Instant midnight = day.atStartOfDay(NyseCalendar.ZONE).toInstant();
        exchange
            .clock()
            .hours()
            .on(day)
            .ifPresent(it -> points.add(new Point(midnight, closing(account, it, end))));
        continue;
      }
      Span told = told(day, reporting).orElse(new Span(start, start));
      Duration step = FRAMES.get(frame);
      for (Instant at = told.from(); at.isBefore(told.to()); at = at.plus(step)) {
        if (!at.isBefore(start) && !at.isAfter(end)) {
          Instant to = at.plus(step).isAfter(end) ? end : at.plus(step);
          points.add(new Point(at, equity(account, to.minusMillis(1))));
        }
      }
    }
    return points;
  }

  private BigDecimal closing(Account account, NyseCalendar.Session session, Instant end) {
    Happening.SessionClosed close = exchange.books().closes().get(session.date());
    if (close != null) {
      return close.equities().get(account.name);
    }
    return equity(account, session.close().isBefore(end) ? session.close() : end);
  }

  private BigDecimal equity(Account account, Instant moment) {
    BigDecimal total = account.cashAt(moment);
    for (Map.Entry<String, Account.Holding> held : account.holdingsAt(moment).entrySet()) {
      BigDecimal price =
          exchange
              .quotes()
              .at(held.getKey(), moment)
              .map(Funds::mid)
              .orElse(held.getValue().averageEntry());
      total =
          total.add(
              held.getValue()
                  .quantity()
                  .multiply(price)
                  .multiply(BigDecimal.valueOf(Symbols.multiplier(held.getKey()))));
    }
    return total;
  }

  /**
   * What clients see.
   *
   * @param resets whether profits count from the close before each day, not before the first
   */
  private Map<String, Object> view(
      Account account, String frame, List<Point> points, boolean resets) {
    BigDecimal base = points.isEmpty() ? account.openingCash : before(account, points.getFirst());
    List<BigDecimal> bases =
        points.stream().map(it -> resets ? before(account, it) : base).toList();
    List<BigDecimal> profits = new ArrayList<>();
    List<BigDecimal> shares = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      BigDecimal profit = points.get(i).equity().subtract(bases.get(i));
      profits.add(cents(profit));
      shares.add(share(profit, bases.get(i)));
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("timestamp", points.stream().map(point -> point.from().getEpochSecond()).toList());
    view.put("equity", points.stream().map(point -> cents(point.equity())).toList());
    view.put("profit_loss", profits);
    view.put("profit_loss_pct", shares);
    view.put("base_value", cents(base));
    if (!points.isEmpty()) {
      view.put(
          "base_value_asof",
          TradingHours.date(
                  new TradingHours(exchange.clock().hours())
                      .previousClose(TradingHours.date(points.getFirst().from())))
              .toString());
    }
    view.put("timeframe", frame);
    view.put("cashflow", Map.of());
    return view;
  }

  /** Equity at the close before a point's day. */
  private BigDecimal before(Account account, Point point) {
    return new AccountViews(exchange).lastEquity(account, TradingHours.date(point.from()));
  }

  private static BigDecimal share(BigDecimal profit, BigDecimal base) {
    return base.signum() == 0
        ? BigDecimal.ZERO
        : profit.divide(base, MathContext.DECIMAL64).setScale(6, RoundingMode.HALF_UP);
  }

  private static BigDecimal cents(BigDecimal dollars) {
    return dollars.setScale(2, RoundingMode.HALF_UP);
  }
}
