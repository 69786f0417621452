package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;

/** Streams on loopback that answer as Alpaca's do, or worse, and remember what they were told. */
final class StubStreams implements AutoCloseable {
  static final String STOCKS = "/v2/iex";
  static final String OPTIONS = "/v1beta1/indicative";
  static final String TRADING = "/stream";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Each connection that was opened: path and query. */
  final List<String> opened = new CopyOnWriteArrayList<>();

  /** Requests other than authentication, by path. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** How often somebody authenticated, rightly or not. */
  final AtomicInteger authentications = new AtomicInteger();

  /** Symbols that one connection may follow. */
  volatile int limit = Integer.MAX_VALUE;

  /** Never confirmed, though not refused. */
  volatile Set<String> leftOut = Set.of();

  /** Codes and words with which the next authentications are answered, one for each. */
  final List<String> errors = new CopyOnWriteArrayList<>();

  /** Says nothing at all, but answers pings. */
  volatile boolean mute;

  /** What authentication on the trading stream is answered, and what may be listened to. */
  volatile String authorization = "authorized";

  volatile String listening = "trade_updates";

  private final Map<String, WsContext> open = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> follows = new ConcurrentHashMap<>();
  private final Javalin server;

  StubStreams() {
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.routes.ws(STOCKS, ws -> data(ws, false));
                  config.routes.ws(OPTIONS, ws -> data(ws, true));
                  config.routes.ws(TRADING, this::trading);
                })
            .start("127.0.0.1", 0);
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + server.port());
  }

  private void data(WsConfig ws, boolean packed) {
    ws.onConnect(
        client -> {
          connected(client);
          if (!mute) {
            say(client, packed, "[{'T':'success','msg':'connected'}]");
          }
        });
    ws.onMessage(client -> heard(client, packed, JSON.readTree(client.message())));
    ws.onBinaryMessage(client -> heard(client, packed, unpacked(client.data())));
  }

  private static String path(WsContext client) {
    return client.session.getUpgradeRequest().getRequestURI().getPath();
  }

  private void connected(WsContext client) {
    String query = client.queryString();
    opened.add(path(client) + (query == null ? "" : "?" + query));
    open.put(path(client), client);
    follows.put(client.sessionId(), new TreeSet<>());
  }

  private void heard(WsContext client, boolean packed, JsonNode request) {
    if (request.path("action").asText().equals("auth")) {
      authenticated(client, packed, request);
      return;
    }
    requests.add(path(client) + " " + request);
    Set<String> before = follows.get(client.sessionId());
    Set<String> after = new TreeSet<>(before);
    for (JsonNode symbol : request.path("quotes")) {
      if (request.path("action").asText().equals("subscribe")) {
        after.add(symbol.asText());
      } else {
        after.remove(symbol.asText());
      }
    }
    if (after.size() > limit) {
      say(client, packed, "[{'T':'error','code':405,'msg':'symbol limit exceeded'}]");
      return;
    }
    after.removeAll(leftOut);
    follows.put(client.sessionId(), after);
    String quotes = String.join("','", after);
    say(
        client,
        packed,
        "[{'T':'subscription','trades':[],'quotes':["
            + (quotes.isEmpty() ? "" : "'" + quotes + "'")
            + "]}]");
  }

  private void authenticated(WsContext client, boolean packed, JsonNode request) {
    authentications.incrementAndGet();
    if (!errors.isEmpty()) {
      String[] error = errors.removeFirst().split(" ", 2);
      say(client, packed, "[{'T':'error','code':%s,'msg':'%s'}]".formatted(error[0], error[1]));
    } else if (request.path("secret").asText().equals("top-secret")) {
      say(client, packed, "[{'T':'success','msg':'authenticated'}]");
    } else {
      say(client, packed, "[{'T':'error','code':402,'msg':'auth failed'}]");
    }
  }

  private void trading(WsConfig ws) {
    ws.onConnect(this::connected);
    ws.onMessage(
        client -> {
          JsonNode request = JSON.readTree(client.message());
          if (mute) {
            return;
          }
          if (request.path("action").asText().equals("auth")) {
            authentications.incrementAndGet();
            sayBinary(
                client,
                "{'stream':'authorization','data':{'status':'"
                    + authorization
                    + "','action':'authenticate'}}");
          } else {
            requests.add(TRADING + " " + request);
            sayBinary(client, "{'stream':'listening','data':{'streams':['" + listening + "']}}");
          }
        });
  }

  private static void say(WsContext client, boolean packed, String json) {
    String text = json.replace('\'', '"');
    if (packed) {
      client.send(ByteBuffer.wrap(packed(text)));
    } else {
      client.send(text);
    }
  }

  private static void sayBinary(WsContext client, String json) {
    client.send(ByteBuffer.wrap(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  /** Sends a message over the newest connection of a path, in the form of that path. */
  void tell(String path, String json) {
    WsContext client = open.get(path);
    switch (path) {
      case TRADING -> sayBinary(client, json);
      case OPTIONS -> say(client, true, json);
      default -> say(client, false, json);
    }
  }

  void quote(String path, String symbol, String bid, String ask, String at) {
    tell(path, "[{'T':'q','S':'%s','bp':%s,'ap':%s,'t':'%s'}]".formatted(symbol, bid, ask, at));
  }

  /** Ends the newest connection of a path as a network would. */
  void cut(String path) {
    open.get(path).session.disconnect();
  }

  /** Ends it in good order. */
  void hangUp(String path) {
    open.get(path).closeSession(1001, "maintenance");
  }

  /** Connections of a path so far. */
  long opened(String path) {
    return opened.stream().filter(one -> one.startsWith(path)).count();
  }

  /** Requests of a path so far. */
  List<String> requests(String path) {
    return requests.stream()
        .filter(one -> one.startsWith(path))
        .map(one -> one.substring(path.length() + 1))
        .toList();
  }

  private static JsonNode unpacked(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    try (MessageUnpacker in = MessagePack.newDefaultUnpacker(bytes)) {
      return JSON.readTree(in.unpackValue().toJson());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] packed(String json) {
    try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
      pack(out, JSON.readTree(json));
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pack(MessagePacker out, JsonNode node) throws IOException {
    if (node.isObject()) {
      out.packMapHeader(node.size());
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        out.packString(field.getKey());
        pack(out, field.getValue());
      }
    } else if (node.isArray()) {
      out.packArrayHeader(node.size());
      for (JsonNode element : node) {
        pack(out, element);
      }
    } else if (node.isTextual()) {
      out.packString(node.asText());
    } else if (node.isIntegralNumber()) {
      out.packLong(node.asLong());
    } else {
      out.packDouble(node.asDouble());
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
