package org.positionmanager.simulator;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.function.Function;

/** Which admin address is answered where. */
final class AdminRoutes {
  private AdminRoutes() {}

  /**
   * Registers them all.
   *
   * @param open makes a handler that asks for no key
   */
  static void register(
      RoutesConfig routes,
      Exchange exchange,
      Faults faults,
      RequestLog log,
      Function<Function<Context, Object>, Handler> open) {
    AdminRest rest = new AdminRest(exchange, new OrdersRest(exchange));
    routes.get("/admin/state", open.apply(rest::state));
    AdminRequests ofRequests = new AdminRequests(exchange, log);
    routes.get("/admin/requests", open.apply(ofRequests::requests));
    routes.get("/admin/requests/counts", open.apply(ofRequests::counts));
    routes.get("/admin/orders/counts", open.apply(ofRequests::orders));
    routes.get("/admin/clock", open.apply(rest::now));
    routes.post("/admin/clock", open.apply(rest::clock));
    routes.post("/admin/quotes", open.apply(rest::quotes));
    routes.get("/admin/orders", open.apply(rest::orders));
    routes.post("/admin/orders", open.apply(rest::order));
    AdminAccounts accounts = new AdminAccounts(exchange);
    routes.post("/admin/fills", open.apply(accounts::fill));
    routes.post("/admin/splits", open.apply(accounts::split));
    routes.post("/admin/renames", open.apply(accounts::rename));
    routes.get("/admin/accounts/{name}/settings", open.apply(accounts::settings));
    routes.post("/admin/accounts/{name}/settings", open.apply(accounts::configure));
    routes.post("/admin/accounts/{name}/hold-fills", open.apply(accounts::holdFills));
    routes.post("/admin/accounts/{name}/assignments", open.apply(accounts::assign));
    AdminFaults ofFaults = new AdminFaults(exchange, faults);
    routes.get("/admin/faults", open.apply(ofFaults::all));
    routes.post("/admin/faults", open.apply(ofFaults::add));
    routes.get("/admin/faults/strikes", open.apply(ofFaults::strikes));
    routes.get("/admin/faults/{id}", open.apply(ofFaults::one));
    routes.delete("/admin/faults/{id}", open.apply(ofFaults::remove));
    routes.post("/admin/faults/{id}/release", open.apply(ofFaults::release));
  }
}
