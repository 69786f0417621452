package org.positionmanager.simulator;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import java.util.function.Function;
import org.positionmanager.simulator.market.Tape;

/** Where market data is asked for. */
final class DataRoutes {
  private DataRoutes() {}

  /**
   * Adds them.
   *
   * @param served makes a handler for authenticated clients
   */
  static void add(
      RoutesConfig routes,
      Exchange exchange,
      Tape tape,
      StreamSettings plans,
      Indicative indicative,
      Function<SimulatorServer.Route, Handler> served) {
    DataRest latest = new DataRest(exchange, tape, plans);
    routes.get("/v2/stocks/quotes/latest", served.apply(latest::latestQuotes));
    routes.get("/v2/stocks/trades/latest", served.apply(latest::latestTrades));
    routes.get("/v2/stocks/bars/latest", served.apply(latest::latestBars));
    routes.get("/v2/stocks/snapshots", served.apply(latest::snapshots));
    routes.get("/v2/stocks/{symbol}/quotes/latest", served.apply(latest::latestQuote));
    routes.get("/v2/stocks/{symbol}/trades/latest", served.apply(latest::latestTrade));
    routes.get("/v2/stocks/{symbol}/bars/latest", served.apply(latest::latestBar));
    routes.get("/v2/stocks/{symbol}/snapshot", served.apply(latest::snapshot));
    MarketMeta meta = new MarketMeta();
    routes.get("/v2/stocks/meta/exchanges", served.apply(meta::exchanges));
    routes.get("/v2/stocks/meta/conditions/{ticktype}", served.apply(meta::conditions));
    routes.get("/v1beta1/options/meta/exchanges", served.apply(meta::optionExchanges));
    routes.get("/v1beta1/options/meta/conditions/{ticktype}", served.apply(meta::optionConditions));
    HistoryRest history = new HistoryRest(exchange, tape);
    routes.get("/v2/stocks/quotes", served.apply(history::quotes));
    routes.get("/v2/stocks/trades", served.apply(history::trades));
    routes.get("/v2/stocks/bars", served.apply(history::bars));
    routes.get("/v2/stocks/{symbol}/quotes", served.apply(history::quotes));
    routes.get("/v2/stocks/{symbol}/trades", served.apply(history::trades));
    routes.get("/v2/stocks/{symbol}/bars", served.apply(history::bars));
    OptionDataRest options = new OptionDataRest(exchange, tape, latest, plans, indicative);
    routes.get("/v1beta1/options/quotes/latest", served.apply(options::latestQuotes));
    routes.get("/v1beta1/options/trades/latest", served.apply(options::latestTrades));
    routes.get("/v1beta1/options/snapshots", served.apply(options::snapshots));
    routes.get("/v1beta1/options/snapshots/{underlying}", served.apply(options::chain));
    routes.get("/v1beta1/options/bars", served.apply(history::optionBars));
    routes.get("/v1beta1/options/trades", served.apply(history::optionTrades));
  }
}
