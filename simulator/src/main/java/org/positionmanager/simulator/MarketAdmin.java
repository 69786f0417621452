package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.positionmanager.simulator.stream.StreamFaults;

/** What tests and people may do to market data and streams; no credentials, loopback. */
final class MarketAdmin {
  private final Exchange exchange;
  private final Streams streams;

  MarketAdmin(Exchange exchange, Streams streams) {
    this.exchange = exchange;
    this.streams = streams;
  }

  /** Halts a symbol, or lets it trade again with {"halted": false}. */
  Object halt(Context request) {
    JsonNode body = request.bodyAsClass(JsonNode.class);
    String symbol = body.path("symbol").asText();
    if (!exchange.quotes().knows(symbol)) {
      throw new Rejection(400, 0, "symbol '" + symbol + "' has no prices; give one that has");
    }
    synchronized (exchange) {
      if (body.path("halted").asBoolean(true)) {
        // what happened before was not halted
        exchange.match();
        exchange.record(new Happening.Halted(symbol, exchange.clock().now()));
      } else {
        exchange.record(new Happening.Resumed(symbol));
        exchange.match();
      }
    }
    return halts(request);
  }

  /** Symbols that a person halted, and since when. */
  Object halts(Context request) {
    Map<String, String> view = new LinkedHashMap<>();
    exchange.quotes().halts().forEach((symbol, since) -> view.put(symbol, Views.time(since)));
    return Map.of("halts", view);
  }

  /** How many connections each stream has that are authenticated. */
  Object streams(Context request) {
    return Map.of("connections", streams.connections());
  }

  /** Sets a fault of streams. */
  Object addFault(Context request) {
    return view(
        streams
            .faults()
            .add(
                FaultForms.ofStreams(request.bodyAsClass(JsonNode.class), exchange.clock().now())));
  }

  /** Faults in force, and every stroke so far. */
  Object faults(Context request) {
    return Map.of(
        "active", streams.faults().active().stream().map(MarketAdmin::view).toList(),
        "log", streams.faults().log().stream().map(MarketAdmin::view).toList());
  }

  /** Ends one. */
  Object removeFault(Context request) {
    String id = request.pathParam("id");
    if (!id.chars().allMatch(Character::isDigit)
        || !streams.faults().remove(Integer.parseInt(id))) {
      throw new Rejection(404, 0, "no stream fault " + id);
    }
    return Map.of();
  }

  private static Map<String, Object> view(StreamFaults.Fault fault) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", fault.id());
    view.put("kind", fault.kind().word());
    fault.account().ifPresent(it -> view.put("account", it));
    fault.stream().ifPresent(it -> view.put("stream", it));
    view.put("share", fault.share());
    view.put("times", fault.times());
    view.put("delayMillis", fault.delay().toMillis());
    fault.field().ifPresent(it -> view.put("field", it));
    return view;
  }

  private static Map<String, Object> view(StreamFaults.Stroke stroke) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("sequence", stroke.sequence());
    view.put("fault", stroke.fault());
    view.put("kind", stroke.kind().word());
    view.put("account", stroke.account());
    view.put("stream", stroke.stream());
    view.put("message", stroke.message());
    return view;
  }
}
