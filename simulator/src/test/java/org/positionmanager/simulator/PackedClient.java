package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/** A WebSocket client of OkHttp that speaks MessagePack. */
final class PackedClient implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final OkHttpClient http = new OkHttpClient();
  private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
  private final WebSocket socket;

  PackedClient(SimulatorServer server, String path) {
    socket =
        http.newWebSocket(
            new Request.Builder()
                .url(server.url() + path)
                .header("Content-Type", "application/msgpack")
                .build(),
            new WebSocketListener() {
              @Override
              public void onMessage(WebSocket from, ByteString bytes) {
                received.add(bytes);
              }

              @Override
              public void onMessage(WebSocket from, String text) {
                received.add(text);
              }

              @Override
              public void onFailure(WebSocket from, Throwable failure, Response response) {
                received.add(failure.toString());
              }
            });
  }

  void sendText(String text) {
    socket.send(text);
  }

  void send(Map<String, ?> message) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packMapHeader(message.size());
      for (Map.Entry<String, ?> field : message.entrySet()) {
        packer.packString(field.getKey());
        if (field.getValue() instanceof List<?> list) {
          packer.packArrayHeader(list.size());
          for (Object element : list) {
            packer.packString(element.toString());
          }
        } else {
          packer.packString(field.getValue().toString());
        }
      }
      socket.send(ByteString.of(packer.toByteArray()));
    }
  }

  /** The elements of the next message. */
  List<Map<Value, Value>> next() throws Exception {
    Object next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(next).as("a binary message").isInstanceOf(ByteString.class);
    List<Map<Value, Value>> elements = new ArrayList<>();
    Value list = MessagePack.newDefaultUnpacker(((ByteString) next).toByteArray()).unpackValue();
    list.asArrayValue().forEach(element -> elements.add(element.asMapValue().map()));
    return elements;
  }

  /** The first element of a type. */
  Map<Value, Value> next(String type) throws Exception {
    while (true) {
      for (Map<Value, Value> element : next()) {
        if (element.get(key("T")).asStringValue().asString().equals(type)) {
          return element;
        }
      }
    }
  }

  static Value key(String name) {
    return ValueFactory.newString(name);
  }

  @Override
  public void close() {
    socket.close(1000, null);
    http.dispatcher().executorService().shutdown();
  }
}
