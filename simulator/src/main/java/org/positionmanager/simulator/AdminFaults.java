package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sets faults, and tells what they struck. */
final class AdminFaults {
  private final Exchange exchange;
  private final Faults faults;

  AdminFaults(Exchange exchange, Faults faults) {
    this.exchange = exchange;
    this.faults = faults;
  }

  Object add(Context request) {
    return faults
        .add(FaultForms.ofRequests(request.bodyAsClass(JsonNode.class), exchange.clock().now()))
        .view();
  }

  Object all(Context request) {
    return faults.all();
  }

  Object one(Context request) {
    return faults.get(id(request)).view();
  }

  Object remove(Context request) {
    faults.remove(id(request));
    return Map.of();
  }

  Object release(Context request) {
    boolean drop =
        !request.body().isBlank()
            && request.bodyAsClass(JsonNode.class).path("drop").asBoolean(false);
    faults.get(id(request)).release(drop);
    return Map.of();
  }

  /** What struck which request, oldest first. */
  Object strikes(Context request) {
    return faults.strikes().stream()
        .map(
            strike -> {
              Map<String, Object> view = new LinkedHashMap<>();
              view.put("fault", strike.fault());
              view.put("kind", strike.kind().name());
              view.put("account", strike.account());
              view.put("method", strike.method());
              view.put("path", strike.path());
              view.put("at", Views.time(strike.at()));
              return view;
            })
        .toList();
  }

  private static int id(Context request) {
    try {
      return Integer.parseInt(request.pathParam("id"));
    } catch (NumberFormatException e) {
      throw new Rejection(404, 0, "no fault " + request.pathParam("id"));
    }
  }
}
