package org.positionmanager.simulator.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** One endpoint of market data, for instance {@code /v2/iex}, with all its connections. */
public final class DataStream {
  /** Closed without a word (RFC 6455, 7.4.1); orderly ends have lower codes. */
  private static final int BROKEN_OFF = 1006;

  private final Feed feed;
  private final Users users;
  private final Limits limits;
  private final StreamFaults faults;
  private final Timer timer;
  private final Map<String, Connection> connections = new ConcurrentHashMap<>();
  private final Encoded encoded = new Encoded();
  private final Map<String, Connection> byAccount = new ConcurrentHashMap<>();

  public DataStream(Feed feed, Users users, Limits limits, StreamFaults faults, Timer timer) {
    this.feed = feed;
    this.users = users;
    this.limits = limits;
    this.faults = faults;
    this.timer = timer;
  }

  public Feed feed() {
    return feed;
  }

  /** Takes connections under the feed's path. */
  public void configure(WsConfig ws) {
    ws.onConnect(client -> connect(client));
    ws.onMessage(
        client -> with(client, it -> it.receive(Wire.readText(client.message()), !feed.options())));
    ws.onBinaryMessage(client -> with(client, it -> it.receive(it.wire.read(client.data()), true)));
    ws.onClose(client -> end(client.sessionId(), client.status()));
    ws.onError(client -> end(client.sessionId(), BROKEN_OFF));
  }

  private interface Action {
    void on(Connection connection);
  }

  private void with(WsContext client, Action action) {
    Connection connection = connections.get(client.sessionId());
    if (connection != null) {
      action.on(connection);
    }
  }

  private void connect(WsContext client) {
    boolean packed =
        feed.options()
            || Wire.isMsgpackAsked(client.header("Content-Type"), client.header("Accept"));
    Connection connection =
        new Connection(
            client.sessionId(),
            new Link(client.session, limits.mostWaiting()),
            packed ? Wire.MSGPACK : Wire.JSON_TEXT);
    connections.put(client.sessionId(), connection);
    connection.success("connected");
    String key = client.header("APCA-API-KEY-ID");
    String secret = client.header("APCA-API-SECRET-KEY");
    if (key != null && secret != null) {
      connection.authenticate(key, secret);
    }
    timer.after(limits.authWithin(), connection::mustBeAuthenticated);
  }

  private void end(String sessionId, int status) {
    Connection gone = connections.get(sessionId);
    boolean lingers = status >= BROKEN_OFF && limits.lingers().isPositive();
    if (gone != null && lingers && byAccount.containsValue(gone)) {
      gone.lingers = true;
      connections.remove(sessionId);
      timer.after(limits.lingers(), () -> byAccount.values().remove(gone));
    } else {
      remove(sessionId);
    }
  }

  private void remove(String sessionId) {
    Connection gone = connections.remove(sessionId);
    if (gone != null) {
      byAccount.values().remove(gone);
    }
  }

  /** One that is closing, of which the server has not heard the end, makes room. */
  private static Connection livelier(Connection present, Connection next) {
    return present.lingers || present.link.isOpen() ? present : next;
  }

  /** Symbols that somebody follows; {@code *} where somebody follows all. */
  public Set<String> followed(Channel channel) {
    Set<String> all = new TreeSet<>();
    connections.values().forEach(it -> all.addAll(it.subscription.symbols(channel)));
    return all;
  }

  /** How many clients are authenticated. */
  public int connections() {
    return (int) byAccount.values().stream().filter(it -> !it.lingers).count();
  }

  /** Hands messages to those who follow their symbols. */
  public void publish(List<Message> messages) {
    if (connections.isEmpty()) {
      return;
    }
    List<Optional<Channel>> channels =
        messages.stream().map(it -> Channel.ofType(it.field("T"))).toList();
    connections.values().forEach(it -> it.publish(messages, channels));
  }

  private final class Connection {
    private final String id;
    private final Link link;
    private final Wire wire;
    private volatile boolean lingers;
    private volatile Subscription subscription = Subscription.none(feed);
    private volatile Optional<StreamFaults.Passage> passage = Optional.empty();

    Connection(String id, Link link, Wire wire) {
      this.id = id;
      this.link = link;
      this.wire = wire;
    }

    private void success(String words) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("T", "success");
      fields.put("msg", words);
      send(List.of(new Message(fields)));
    }

    private void send(List<Message> messages) {
      if (!link.send(encoded.list(wire, messages))) {
        refuseAndClose(StreamError.SLOW_CLIENT);
        // it may never read what is under way
        timer.after(limits.authWithin(), link::cut);
      }
    }

    private void refuse(StreamError error) {
      send(List.of(error.message()));
    }

    private void refuseAndClose(StreamError error) {
      remove(id);
      link.close(wire.list(List.of(error.message())));
    }

    private synchronized void mustBeAuthenticated() {
      if (passage.isEmpty() && connections.containsKey(id)) {
        refuseAndClose(StreamError.AUTH_TIMEOUT);
      }
    }

    private synchronized void receive(Optional<JsonNode> request, boolean rightForm) {
      if (!rightForm) {
        refuse(StreamError.MSGPACK_ONLY);
        return;
      }
      String action = request.map(it -> it.path("action").asText()).orElse("");
      switch (action) {
        case "auth" -> {
          JsonNode fields = request.orElseThrow();
          if (passage.isPresent()) {
            refuse(StreamError.ALREADY_AUTHENTICATED);
          } else if (!fields.path("key").isTextual() || !fields.path("secret").isTextual()) {
            refuse(StreamError.INVALID_SYNTAX);
          } else {
            authenticate(fields.path("key").asText(), fields.path("secret").asText());
          }
        }
        case "subscribe" -> change(request.orElseThrow(), true);
        case "unsubscribe" -> change(request.orElseThrow(), false);
        default -> refuse(StreamError.INVALID_SYNTAX);
      }
    }

    private synchronized void authenticate(String key, String secret) {
      Optional<String> account = users.account(key, secret);
      if (account.isEmpty()) {
        refuse(StreamError.AUTH_FAILED);
      } else if (!users.isEnabled(account.get())) {
        refuseAndClose(StreamError.NOT_ENABLED);
      } else if (feed.paid() && !users.hasPaidFeeds(account.get())) {
        refuseAndClose(StreamError.INSUFFICIENT_SUBSCRIPTION);
      } else if (byAccount.merge(account.get(), this, DataStream::livelier) != this) {
        refuseAndClose(StreamError.CONNECTION_LIMIT);
      } else {
        passage = Optional.of(faults.new Passage(account.get(), feed.path(), timer, this::send));
        success("authenticated");
      }
    }

    private void change(JsonNode request, boolean add) {
      if (passage.isEmpty()) {
        refuse(StreamError.NOT_AUTHENTICATED);
        return;
      }
      try {
        Subscription next = subscription.after(request, add);
        // confirmed before the first message that it brings
        send(List.of(next.confirmation()));
        subscription = next;
      } catch (Subscription.RefusedException refused) {
        refuse(refused.error());
      }
    }

    private void publish(List<Message> messages, List<Optional<Channel>> channels) {
      Subscription follows = subscription;
      List<Message> wanted = new ArrayList<>();
      for (int i = 0; i < messages.size(); i++) {
        Object symbol = messages.get(i).field("S");
        if (channels.get(i).filter(it -> follows.follows(it, (String) symbol)).isPresent()) {
          wanted.add(messages.get(i));
        }
      }
      if (!wanted.isEmpty()) {
        passage.ifPresent(it -> it.pass(wanted));
      }
    }
  }
}
