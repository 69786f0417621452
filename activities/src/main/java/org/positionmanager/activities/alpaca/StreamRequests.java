package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/** What a client says on Alpaca's streams, as text or as MessagePack. */
final class StreamRequests {
  private StreamRequests() {}

  static String auth(AlpacaSettings settings) {
    return AlpacaJson.object()
        .put("action", "auth")
        .put("key", settings.keyId())
        .put("secret", settings.secret().reveal())
        .toString();
  }

  /** Authenticates in the stream's own form. */
  static void sendAuth(KeptSocket.Line line, boolean packed, AlpacaSettings settings) {
    if (packed) {
      line.send(packedAuth(settings));
    } else {
      line.send(auth(settings));
    }
  }

  /** Asks for a change in the stream's own form. */
  static void sendChange(KeptSocket.Line line, boolean packed, Subscriptions.Request request) {
    if (packed) {
      line.send(packedChange(request));
    } else {
      line.send(change(request));
    }
  }

  static String listen() {
    ObjectNode listen = AlpacaJson.object().put("action", "listen");
    listen.putObject("data").putArray("streams").add("trade_updates");
    return listen.toString();
  }

  private static String change(Subscriptions.Request request) {
    ObjectNode change = AlpacaJson.object().put("action", action(request));
    ArrayNode quotes = change.putArray("quotes");
    request.symbols().forEach(quotes::add);
    return change.toString();
  }

  private static byte[] packedAuth(AlpacaSettings settings) {
    try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
      out.packMapHeader(3).packString("action").packString("auth");
      out.packString("key").packString(settings.keyId());
      out.packString("secret").packString(settings.secret().reveal());
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] packedChange(Subscriptions.Request request) {
    try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
      out.packMapHeader(2).packString("action").packString(action(request));
      List<String> symbols = request.symbols();
      out.packString("quotes").packArrayHeader(symbols.size());
      for (String symbol : symbols) {
        out.packString(symbol);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String action(Subscriptions.Request request) {
    return request.subscribe() ? "subscribe" : "unsubscribe";
  }
}
