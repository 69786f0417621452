package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueType;

/**
 * Reads the frames of Alpaca's data streams, JSON or MessagePack, straight into values, without a
 * tree in between. Fields and kinds of messages that are not needed are passed over, whatever they
 * hold. Public so that its speed can be measured.
 */
public final class QuoteFrames {
  private static final JsonFactory JSON = new JsonFactory();

  /** What frames hold; called in the order of the messages. */
  public interface Sink {
    /** Prices in dollars, exact as sent; not yet checked. */
    void quote(String symbol, BigDecimal bid, BigDecimal ask, Instant at);

    /** Alpaca's word: connected, authenticated. */
    void success(String word);

    /** The symbols whose quotes are followed now, all of them. */
    void subscription(List<String> quotes);

    void error(int code, String words);

    /** A quote that lacks something, or has it in an odd form. */
    void unreadable(String what);
  }

  private QuoteFrames() {}

  /**
   * Reads a text frame.
   *
   * @throws IOException where it is not a list of JSON objects; messages before the fault have been
   *     told
   */
  public static void json(String frame, Sink sink) throws IOException {
    try (JsonParser parser = JSON.createParser(frame)) {
      require(parser.nextToken() == JsonToken.START_ARRAY, "a frame must be a list");
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        jsonMessage(parser).deliver(sink);
      }
      require(parser.currentToken() == JsonToken.END_ARRAY, "a frame must be a list of objects");
    }
  }

  private static Draft jsonMessage(JsonParser parser) throws IOException {
    Draft draft = new Draft();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "T" -> draft.type = parser.getText();
        case "S" -> draft.symbol = parser.getText();
        case "bp" -> draft.bid = jsonNumber(parser, value);
        case "ap" -> draft.ask = jsonNumber(parser, value);
        case "t" -> draft.time = parser.getText();
        case "msg" -> draft.words = parser.getText();
        case "code" -> draft.code = parser.getValueAsInt();
        case "quotes" -> draft.quotes = jsonTexts(parser, value);
        default -> parser.skipChildren();
      }
      // a value of an unexpected shape would leave the parser inside it
      if (value.isStructStart() && !field.equals("quotes")) {
        skipRest(parser, value);
      }
    }
    return draft;
  }

  private static void skipRest(JsonParser parser, JsonToken value) throws IOException {
    if (parser.currentToken() == value) {
      parser.skipChildren();
    }
  }

  private static BigDecimal jsonNumber(JsonParser parser, JsonToken value) throws IOException {
    return value.isNumeric() ? parser.getDecimalValue() : null;
  }

  private static List<String> jsonTexts(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      texts.add(parser.getText());
      parser.skipChildren();
    }
    return texts;
  }

  /**
   * Reads a binary frame of MessagePack.
   *
   * @throws IOException where it is not a list of maps; messages before the fault have been told
   */
  public static void packed(byte[] frame, Sink sink) throws IOException {
    try (MessageUnpacker in = MessagePack.newDefaultUnpacker(frame)) {
      int messages = in.unpackArrayHeader();
      for (int i = 0; i < messages; i++) {
        packedMessage(in).deliver(sink);
      }
    } catch (MessagePackException e) {
      throw new IOException("not a list of MessagePack maps: " + e.getMessage(), e);
    }
  }

  private static Draft packedMessage(MessageUnpacker in) throws IOException {
    Draft draft = new Draft();
    int fields = in.unpackMapHeader();
    for (int i = 0; i < fields; i++) {
      String field = in.unpackString();
      switch (field) {
        case "T" -> draft.type = packedText(in);
        case "S" -> draft.symbol = packedText(in);
        case "bp" -> draft.bid = packedNumber(in);
        case "ap" -> draft.ask = packedNumber(in);
        case "t" -> packedTime(in, draft);
        case "msg" -> draft.words = packedText(in);
        case "code" -> draft.code = packedCode(in);
        case "quotes" -> draft.quotes = packedTexts(in);
        default -> in.skipValue();
      }
    }
    return draft;
  }

  private static String packedText(MessageUnpacker in) throws IOException {
    if (in.getNextFormat().getValueType() == ValueType.STRING) {
      return in.unpackString();
    }
    in.skipValue();
    return null;
  }

  private static BigDecimal packedNumber(MessageUnpacker in) throws IOException {
    return switch (in.getNextFormat().getValueType()) {
      case FLOAT -> floating(in);
      case INTEGER -> new BigDecimal(in.unpackBigInteger());
      default -> {
        in.skipValue();
        yield null;
      }
    };
  }

  /** The shortest decimal that is this floating point number: 1.1 for the double next to 1.1. */
  private static BigDecimal floating(MessageUnpacker in) throws IOException {
    boolean single = in.getNextFormat() == org.msgpack.core.MessageFormat.FLOAT32;
    double value = in.unpackDouble();
    if (!Double.isFinite(value)) {
      return null;
    }
    return single ? new BigDecimal(Float.toString((float) value)) : BigDecimal.valueOf(value);
  }

  private static void packedTime(MessageUnpacker in, Draft draft) throws IOException {
    switch (in.getNextFormat().getValueType()) {
      case STRING -> draft.time = in.unpackString();
      case EXTENSION -> {
        ExtensionTypeHeader header = in.unpackExtensionTypeHeader();
        if (header.isTimestampType()) {
          draft.at = in.unpackTimestamp(header);
        } else {
          in.readPayload(header.getLength());
        }
      }
      default -> in.skipValue();
    }
  }

  private static int packedCode(MessageUnpacker in) throws IOException {
    if (in.getNextFormat().getValueType() == ValueType.INTEGER) {
      return in.unpackInt();
    }
    in.skipValue();
    return 0;
  }

  private static List<String> packedTexts(MessageUnpacker in) throws IOException {
    if (in.getNextFormat().getValueType() != ValueType.ARRAY) {
      in.skipValue();
      return List.of();
    }
    int count = in.unpackArrayHeader();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String text = packedText(in);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static void require(boolean holds, String what) throws IOException {
    if (!holds) {
      throw new IOException(what);
    }
  }

  /** A message while it is read; fields may come in any order. */
  private static final class Draft {
    private String type = "";
    private String symbol;
    private BigDecimal bid;
    private BigDecimal ask;
    private String time;
    private Instant at;
    private String words = "";
    private int code;
    private List<String> quotes = List.of();

    private void deliver(Sink sink) {
      switch (type) {
        case "q" -> quote(sink);
        case "success" -> sink.success(words);
        case "subscription" -> sink.subscription(quotes);
        case "error" -> sink.error(code, words);
        case null, default -> {
          // trades, bars and whatever else may come one day
        }
      }
    }

    private void quote(Sink sink) {
      try {
        Instant moment = at != null || time == null ? at : AlpacaJson.instant(time);
        if (symbol == null || bid == null || ask == null || moment == null) {
          sink.unreadable("quote of " + symbol + " lacks a price or its time");
        } else {
          sink.quote(symbol, bid, ask, moment);
        }
      } catch (java.time.DateTimeException e) {
        sink.unreadable("quote of " + symbol + ": " + e.getMessage());
      }
    }
  }
}
