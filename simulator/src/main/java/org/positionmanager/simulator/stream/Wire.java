package org.positionmanager.simulator.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/** How messages travel. */
enum Wire {
  /** JSON in text frames. */
  JSON_TEXT,
  /** JSON in binary frames, as the trading stream of paper accounts sends it. */
  JSON_BINARY,
  /** MessagePack in binary frames. */
  MSGPACK;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A frame's payload: text or bytes. */
  record Frame(Optional<String> text, byte[] bytes, int messages) {}

  /** MessagePack where one of the headers asks for it. */
  static boolean isMsgpackAsked(String contentType, String accept) {
    return isMsgpack(contentType) || isMsgpack(accept);
  }

  private static boolean isMsgpack(String header) {
    return header != null && header.toLowerCase(Locale.ROOT).contains("msgpack");
  }

  /** Several messages as one list, as market data travels. */
  Frame list(List<Message> messages) {
    if (this == MSGPACK) {
      return new Frame(Optional.empty(), packed(messages), messages.size());
    }
    String text = messages.stream().map(Message::json).collect(Collectors.joining(",", "[", "]"));
    return json(text, messages.size());
  }

  /** One message alone, as order updates travel. */
  Frame one(Message message) {
    return this == MSGPACK
        ? new Frame(Optional.empty(), message.msgpack(), 1)
        : json(message.json(), 1);
  }

  private Frame json(String text, int messages) {
    return this == JSON_TEXT
        ? new Frame(Optional.of(text), new byte[0], messages)
        : new Frame(Optional.empty(), text.getBytes(StandardCharsets.UTF_8), messages);
  }

  private static byte[] packed(List<Message> messages) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MessageBufferPacker header = MessagePack.newDefaultBufferPacker()) {
      header.packArrayHeader(messages.size());
      bytes.writeBytes(header.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    messages.forEach(message -> bytes.writeBytes(message.msgpack()));
    return bytes.toByteArray();
  }

  /** A client's text; empty where it is no JSON object. */
  static Optional<JsonNode> readText(String text) {
    try {
      return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A client's bytes in this form; empty where they cannot be read. */
  Optional<JsonNode> read(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    if (this != MSGPACK) {
      return readText(new String(bytes, StandardCharsets.UTF_8));
    }
    try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes)) {
      return readText(unpacker.unpackValue().toJson());
    } catch (IOException | MessagePackException e) {
      return Optional.empty();
    }
  }
}
