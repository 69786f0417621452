package org.positionmanager.activities.alpaca;

import io.micrometer.core.instrument.MeterRegistry;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.activities.broker.ExchangeClock;
import org.positionmanager.activities.broker.MarketData;

/** One account at Alpaca: all its ports over one client and one rate budget. */
public record AlpacaConnection(
    Broker broker, MarketData marketData, ExchangeCalendar calendar, ExchangeClock clock) {
  public static AlpacaConnection open(AlpacaSettings settings, MeterRegistry meters) {
    RateBudget budget = new RateBudget(settings.requestsPerMinute(), System::nanoTime);
    AlpacaHttp http = new AlpacaHttp(settings, budget, meters);
    ExchangeClock clock = new AlpacaClock(http, System::nanoTime);
    return new AlpacaConnection(
        new AlpacaBroker(settings.account(), http),
        new AlpacaMarketData(http, settings),
        new AlpacaCalendar(http, clock, System::nanoTime),
        clock);
  }
}
