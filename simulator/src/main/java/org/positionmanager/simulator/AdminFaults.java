package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Sets faults, and tells what they struck. */
final class AdminFaults {
  private static final int USUAL_DELAY_MILLIS = 1_000;
  private static final int LONGEST_DELAY_MILLIS = 120_000;

  private final Faults faults;

  AdminFaults(Faults faults) {
    this.faults = faults;
  }

  Object add(Context request) {
    JsonNode body = request.bodyAsClass(JsonNode.class);
    String name = body.path("kind").asText().toUpperCase(Locale.ROOT).replace('-', '_');
    if (List.of(Faults.Kind.values()).stream().noneMatch(it -> it.name().equals(name))) {
      throw new Rejection(400, 0, "kind is unknown; use one of " + List.of(Faults.Kind.values()));
    }
    Faults.Kind kind = Faults.Kind.valueOf(name);
    // positions lag for as long as they are said to, other faults strike once unless told otherwise
    int usualTimes = kind == Faults.Kind.POSITIONS_LAG ? Integer.MAX_VALUE : 1;
    long millis = body.path("millis").asLong(USUAL_DELAY_MILLIS);
    if (millis < 0 || millis > LONGEST_DELAY_MILLIS) {
      throw new Rejection(400, 0, "millis must be between 0 and " + LONGEST_DELAY_MILLIS);
    }
    return faults
        .add(
            new Faults.Order(
                body.path("account").asText(""),
                body.path("method").asText(""),
                path(body.path("path").asText(".*")),
                kind,
                body.path("status").asInt(500),
                body.path("times").asInt(usualTimes),
                millis,
                body.path("probability").asDouble(1),
                body.path("field").asText("status")))
        .view();
  }

  private static Pattern path(String path) {
    try {
      return Pattern.compile(path);
    } catch (PatternSyntaxException e) {
      throw new Rejection(400, 0, "path is no regular expression: " + e.getDescription());
    }
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
