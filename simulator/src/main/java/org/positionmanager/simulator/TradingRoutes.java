package org.positionmanager.simulator;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import java.util.function.Function;

/** Which of Alpaca's trading addresses is answered where. */
final class TradingRoutes {
  private TradingRoutes() {}

  /**
   * Registers them all.
   *
   * @param served makes a handler that knows the account
   */
  static void register(
      RoutesConfig routes, Exchange exchange, Function<SimulatorServer.Route, Handler> served) {
    TradingRest trading = new TradingRest(exchange);
    routes.get("/v2/account", served.apply(trading::account));
    ConfigurationsRest configurations = new ConfigurationsRest(exchange);
    routes.get("/v2/account/configurations", served.apply(configurations::configurations));
    routes.patch("/v2/account/configurations", served.apply(configurations::change));
    routes.get("/v2/clock", served.apply(trading::clock));
    routes.get("/v2/calendar", served.apply(trading::calendar));
    OrdersRest orders = new OrdersRest(exchange);
    routes.post("/v2/orders", served.apply(orders::place));
    routes.get("/v2/orders", served.apply(orders::orders));
    routes.delete("/v2/orders", served.apply(orders::cancelAll));
    routes.get("/v2/orders:by_client_order_id", served.apply(orders::orderByClientId));
    routes.get("/v2/orders/{id}", served.apply(orders::order));
    routes.patch("/v2/orders/{id}", served.apply(orders::replace));
    routes.delete("/v2/orders/{id}", served.apply(orders::cancel));
    PositionsRest positions = new PositionsRest(exchange, orders);
    routes.get("/v2/positions", served.apply(positions::positions));
    routes.delete("/v2/positions", served.apply(positions::closeAll));
    routes.get("/v2/positions/{symbol}", served.apply(positions::position));
    routes.delete("/v2/positions/{symbol}", served.apply(positions::close));
    routes.post("/v2/positions/{symbol}/exercise", served.apply(positions::exercise));
    routes.post("/v2/positions/{symbol}/do-not-exercise", served.apply(positions::declineExercise));
    AssetsRest assets = new AssetsRest(exchange);
    routes.get("/v2/assets", served.apply(assets::assets));
    routes.get("/v2/assets/{symbol}", served.apply(assets::asset));
    routes.get("/v2/options/contracts", served.apply(assets::contracts));
    routes.get("/v2/options/contracts/{symbol}", served.apply(assets::contract));
    ActivitiesRest activities = new ActivitiesRest(exchange);
    routes.get("/v2/account/activities", served.apply(activities::activities));
    routes.get("/v2/account/activities/{type}", served.apply(activities::activities));
    routes.get(
        "/v2/account/portfolio/history", served.apply(new PortfolioHistoryRest(exchange)::history));
  }
}
