package org.positionmanager.simulator.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/**
 * One message to clients. It is encoded once per form, however many clients it goes to.
 *
 * <p>Values are maps, lists, texts, whole numbers, decimals, booleans, moments and null. Decimals
 * are floating point in msgpack and moments its timestamp extension (type -1); in JSON they are
 * numbers and RFC 3339.
 */
public final class Message {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private final Map<String, ?> fields;
  private String json;
  private byte[] msgpack;

  public Message(Map<String, ?> fields) {
    this.fields = fields;
  }

  Object field(String name) {
    return fields.get(name);
  }

  /** Whether it has a field, at any depth. */
  boolean has(String name) {
    return has(fields, name);
  }

  private static boolean has(Object value, String name) {
    return value instanceof Map<?, ?> map
        && (map.containsKey(name) || map.values().stream().anyMatch(it -> has(it, name)));
  }

  /** The same with another text in every field of a name. */
  Message with(String name, String text) {
    return new Message(with(fields, name, text));
  }

  private static Map<String, Object> with(Map<?, ?> fields, String name, String text) {
    Map<String, Object> changed = new LinkedHashMap<>();
    fields.forEach(
        (field, value) ->
            changed.put(
                (String) field,
                field.equals(name)
                    ? text
                    : value instanceof Map<?, ?> map ? with(map, name, text) : value));
    return changed;
  }

  /** What it is about, for the log of faults. */
  String summary() {
    Object data = fields.get("data");
    return data instanceof Map<?, ?> map && map.containsKey("event")
        ? fields.get("stream") + " " + map.get("event")
        : fields.get("T") + " " + fields.get("S");
  }

  synchronized String json() {
    if (json == null) {
      try {
        json = JSON.writeValueAsString(fields);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
    return json;
  }

  synchronized byte[] msgpack() {
    if (msgpack == null) {
      try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
        pack(packer, fields);
        msgpack = packer.toByteArray();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return msgpack;
  }

  private static void pack(MessagePacker packer, Object value) throws IOException {
    switch (value) {
      case null -> packer.packNil();
      case Map<?, ?> map -> {
        packer.packMapHeader(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          pack(packer, entry.getKey());
          pack(packer, entry.getValue());
        }
      }
      case List<?> list -> {
        packer.packArrayHeader(list.size());
        for (Object element : list) {
          pack(packer, element);
        }
      }
      case String text -> packer.packString(text);
      case Integer number -> packer.packInt(number);
      case Long number -> packer.packLong(number);
      case BigDecimal number -> packer.packDouble(number.doubleValue());
      case Boolean truth -> packer.packBoolean(truth);
      case Instant moment -> packer.packTimestamp(moment);
      default -> throw new IllegalArgumentException("cannot be sent: " + value.getClass());
    }
  }
}
