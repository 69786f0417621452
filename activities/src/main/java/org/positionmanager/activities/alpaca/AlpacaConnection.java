package org.positionmanager.activities.alpaca;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.activities.broker.ExchangeClock;
import org.positionmanager.activities.broker.MarketData;
import org.positionmanager.activities.broker.MinuteBars;
import org.positionmanager.activities.broker.PriceHistory;
import org.positionmanager.workflows.identity.AccountName;

/**
 * One account at Alpaca: all its ports over one client and one rate budget. Clock and calendar read
 * once in a while what exits wait for too, so they always go before ordinary reads.
 */
public record AlpacaConnection(
    Broker broker,
    MarketData marketData,
    PriceHistory history,
    MinuteBars minuteBars,
    ExchangeCalendar calendar,
    ExchangeClock clock,
    RateBudget budget,
    ConnectionBreaks breaks) {
  public static AlpacaConnection open(AlpacaSettings settings, MeterRegistry meters) {
    LongSupplier nanoClock = System::nanoTime;
    return open(
        settings, new RateBudget(settings.requestsPerMinute(), nanoClock), meters, nanoClock);
  }

  static AlpacaConnection open(
      AlpacaSettings settings, RateBudget budget, MeterRegistry meters, LongSupplier nanoClock) {
    ConnectionBreaks breaks = new ConnectionBreaks();
    AlpacaHttp http = new AlpacaHttp(settings, budget, breaks, meters);
    ExchangeClock clock = new AlpacaClock(http.forExits(), nanoClock);
    return new AlpacaConnection(
        new AlpacaBroker(settings.account(), http),
        new AlpacaMarketData(http, settings, nanoClock),
        new AlpacaPriceHistory(http, settings),
        new AlpacaMinuteBars(http, settings),
        new AlpacaCalendar(http.forExits(), clock, nanoClock),
        clock,
        budget,
        breaks);
  }

  /**
   * Shows what is left of the account's requests, NaN where there is no limit. For the connection
   * that is kept, since a registry keeps to the first.
   */
  public void measure(AccountName account, MeterRegistry meters) {
    Gauge.builder("broker.requests.left", budget, AlpacaConnection::left)
        .description("Requests that the account's rate budget has left in this minute")
        .tag("account", account.value())
        .register(meters);
  }

  private static double left(RateBudget budget) {
    OptionalInt left = budget.left();
    return left.isPresent() ? left.getAsInt() : Double.NaN;
  }
}
