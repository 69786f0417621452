package org.positionmanager.simulator.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The trading stream: what becomes of an account's orders, to each of its connections, in order.
 * There is no replay: who was not listening must ask by REST.
 */
public final class TradeUpdates {
  /** Where it listens. */
  public static final String PATH = "/stream";

  private static final String STREAM = "trade_updates";

  private final Users users;
  private final Limits limits;
  private final StreamFaults faults;
  private final Timer timer;
  private final Map<String, Connection> connections = new ConcurrentHashMap<>();

  public TradeUpdates(Users users, Limits limits, StreamFaults faults, Timer timer) {
    this.users = users;
    this.limits = limits;
    this.faults = faults;
    this.timer = timer;
  }

  /** Takes connections. */
  public void configure(WsConfig ws) {
    ws.onConnect(this::connect);
    ws.onMessage(client -> receive(client, Wire.readText(client.message())));
    ws.onBinaryMessage(
        client -> {
          Connection connection = connections.get(client.sessionId());
          if (connection != null) {
            connection.receive(connection.wire.read(client.data()));
          }
        });
    ws.onClose(client -> connections.remove(client.sessionId()));
    ws.onError(client -> connections.remove(client.sessionId()));
  }

  private void connect(WsContext client) {
    Connection connection =
        new Connection(
            client.sessionId(),
            new Link(client.session, limits.mostWaiting()),
            Wire.isMsgpackAsked(client.header("Content-Type"), client.header("Accept"))
                ? Wire.MSGPACK
                : Wire.JSON_BINARY);
    connections.put(client.sessionId(), connection);
    timer.after(limits.authWithin(), connection::mustBeAuthenticated);
  }

  private void receive(WsContext client, Optional<JsonNode> request) {
    Connection connection = connections.get(client.sessionId());
    if (connection != null) {
      connection.receive(request);
    }
  }

  /** Whether anybody listens to an account's orders. */
  public boolean hasListener(String account) {
    return connections.values().stream().anyMatch(it -> it.listensTo(account));
  }

  /** How many clients are authenticated. */
  public int connections() {
    return (int) connections.values().stream().filter(it -> it.account.isPresent()).count();
  }

  /**
   * Tells an account's listeners of an order.
   *
   * @param update event, order, timestamp and so on
   */
  public void publish(String account, Map<String, ?> update) {
    Message message = message(STREAM, update);
    connections.values().stream()
        .filter(it -> it.listensTo(account))
        .forEach(it -> it.passage.ifPresent(way -> way.pass(List.of(message))));
  }

  private static Message message(String stream, Map<String, ?> data) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("stream", stream);
    fields.put("data", data);
    return new Message(fields);
  }

  private final class Connection {
    private final String id;
    private final Link link;
    private final Wire wire;
    private volatile Optional<String> account = Optional.empty();
    private volatile Optional<StreamFaults.Passage> passage = Optional.empty();
    private volatile boolean listening;

    Connection(String id, Link link, Wire wire) {
      this.id = id;
      this.link = link;
      this.wire = wire;
    }

    private boolean listensTo(String name) {
      return listening && account.filter(name::equals).isPresent();
    }

    private void send(Message message) {
      if (!link.send(wire.one(message))) {
        fail("slow client");
        timer.after(limits.authWithin(), link::cut);
      }
    }

    private void fail(String words) {
      connections.remove(id);
      link.close(wire.one(error(words)));
    }

    private static Message error(String words) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("action", "error");
      fields.put("data", Map.of("error_message", words));
      return new Message(fields);
    }

    private synchronized void mustBeAuthenticated() {
      if (account.isEmpty() && connections.containsKey(id)) {
        fail("auth timeout");
      }
    }

    private synchronized void receive(Optional<JsonNode> request) {
      JsonNode data = request.map(it -> it.path("data")).orElse(null);
      switch (request.map(it -> it.path("action").asText()).orElse("")) {
        case "authenticate" -> authenticate(data.path("key_id"), data.path("secret_key"));
        case "auth" ->
            authenticate(request.orElseThrow().path("key"), request.orElseThrow().path("secret"));
        case "listen" -> listen(data.path("streams"));
        default -> send(error("invalid syntax"));
      }
    }

    private void authenticate(JsonNode key, JsonNode secret) {
      Optional<String> found = users.account(key.asText(), secret.asText());
      if (found.isEmpty()) {
        send(authorization("unauthorized", "authenticate"));
        return;
      }
      account = found;
      passage =
          Optional.of(faults.new Passage(found.get(), PATH, timer, all -> all.forEach(this::send)));
      send(authorization("authorized", "authenticate"));
    }

    private static Message authorization(String status, String action) {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("status", status);
      data.put("action", action);
      return message("authorization", data);
    }

    private void listen(JsonNode streams) {
      if (account.isEmpty()) {
        send(authorization("unauthorized", "listen"));
        return;
      }
      if (!streams.isArray()) {
        send(error("invalid syntax"));
        return;
      }
      boolean wanted = streams.valueStream().anyMatch(it -> it.asText().equals(STREAM));
      // acknowledged before the first update
      send(message("listening", Map.of("streams", wanted ? List.of(STREAM) : List.of())));
      listening = wanted;
    }
  }
}
