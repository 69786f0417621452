package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/** Frames of data streams as values, with nothing lost in the digits. */
class QuoteFramesTest {
  /** Writes down what it is told. */
  private static final class Told implements QuoteFrames.Sink {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void quote(String symbol, BigDecimal bid, BigDecimal ask, Instant at) {
      lines.add(symbol + " " + bid.toPlainString() + "/" + ask.toPlainString() + " " + at);
    }

    @Override
    public void success(String word) {
      lines.add("success " + word);
    }

    @Override
    public void subscription(List<String> quotes) {
      lines.add("follows " + quotes);
    }

    @Override
    public void error(int code, String words) {
      lines.add("error " + code + " " + words);
    }

    @Override
    public void unreadable(String what) {
      lines.add("unreadable " + what);
    }
  }

  private final Told told = new Told();

  private List<String> json(String frame) throws IOException {
    QuoteFrames.json(frame.replace('\'', '"'), told);
    return told.lines;
  }

  @Test
  @DisplayName("a quote's digits and nanoseconds are exact, whatever the order of its fields")
  void readsJsonQuotes() throws IOException {
    assertThat(
            json(
                "[{'T':'q','S':'AAPL','bx':'V','bp':127.92,'bs':1,'ax':'V','ap':127.930000000001,"
                    + "'as':2,'c':['R'],'z':'C','t':'2026-02-10T15:00:00.123456789Z'},"
                    + "{'ap':2,'t':'2026-02-10T10:00:00-05:00','c':[],'bp':1,'S':'F','T':'q'}]"))
        .containsExactly(
            "AAPL 127.92/127.930000000001 2026-02-10T15:00:00.123456789Z",
            "F 1/2 2026-02-10T15:00:00Z");
  }

  @Test
  @DisplayName("control messages are told, all others passed over")
  void readsControlMessages() throws IOException {
    assertThat(
            json(
                "[{'T':'success','msg':'connected'},{'T':'t','S':'AAPL','p':1,'x':{'y':[1,{}]}},"
                    + "{'T':'subscription','trades':['X'],'quotes':['A','B'],'bars':[]},"
                    + "{'T':'error','code':405,'msg':'symbol limit exceeded'},{'T':'future'},{}]"))
        .containsExactly("success connected", "follows [A, B]", "error 405 symbol limit exceeded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'T':'q','S':'A','bp':1,'t':'2026-02-10T15:00:00Z'}",
        "{'T':'q','S':'A','bp':'1','ap':2,'t':'2026-02-10T15:00:00Z'}",
        "{'T':'q','S':'A','bp':{'x':1},'ap':2,'t':'2026-02-10T15:00:00Z'}",
        "{'T':'q','S':'A','bp':[1],'ap':2,'t':'2026-02-10T15:00:00Z'}",
        "{'T':'q','S':'A','bp':null,'ap':2,'t':'2026-02-10T15:00:00Z'}",
        "{'T':'q','S':'A','bp':1,'ap':2,'t':'yesterday'}",
        "{'T':'q','S':'A','bp':1,'ap':2}"
      })
  @DisplayName("an odd quote is told as unreadable and does not touch the next")
  void oddQuotes(String odd) throws IOException {
    List<String> lines =
        json("[" + odd + ",{'T':'q','S':'B','bp':1,'ap':2,'t':'2026-02-10T15:00:00Z'}]");
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).startsWith("unreadable quote of A");
    assertThat(lines.getLast()).startsWith("B 1/2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "{'T':'q'}", "[1]", "[{'T':'q'", "[{'T':'q'}", "null"})
  @DisplayName("what is no list of objects is a fault of the connection")
  void refusesNonsense(String frame) {
    assertThatThrownBy(() -> json(frame)).isInstanceOf(IOException.class);
  }

  private interface Packing {
    void pack(MessagePacker out) throws IOException;
  }

  private List<String> packed(int messages, Packing packing) throws IOException {
    try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
      out.packArrayHeader(messages);
      packing.pack(out);
      QuoteFrames.packed(out.toByteArray(), told);
    }
    return told.lines;
  }

  @Test
  @DisplayName(
      "packed quotes: floats as their shortest decimal, whole numbers, timestamp extension")
  void readsPackedQuotes() throws IOException {
    Instant at = Instant.parse("2026-02-10T15:00:00.123456789Z");
    assertThat(
            packed(
                3,
                out -> {
                  out.packMapHeader(7).packString("T").packString("q");
                  out.packString("S").packString("AAPL260320C00250000");
                  out.packString("t").packTimestamp(at);
                  out.packString("bp").packDouble(1.1).packString("bs").packInt(4);
                  out.packString("ap").packInt(2).packString("c").packString("A");
                  out.packMapHeader(5).packString("T").packString("q");
                  out.packString("S").packString("X").packString("t");
                  out.packString("2026-02-10T15:00:00Z");
                  out.packString("bp").packFloat(0.05f).packString("ap").packDouble(1e-7);
                  out.packMapHeader(3).packString("T").packString("error");
                  out.packString("code").packInt(413).packString("msg").packString("no star");
                }))
        .containsExactly(
            "AAPL260320C00250000 1.1/2 2026-02-10T15:00:00.123456789Z",
            "X 0.05/0.00000010 2026-02-10T15:00:00Z",
            "error 413 no star");
  }

  @Test
  @DisplayName("packed values of odd types leave the rest of the frame readable")
  void oddPackedQuotes() throws IOException {
    List<String> lines =
        packed(
            4,
            out -> {
              out.packMapHeader(5).packString("T").packString("q").packString("S").packString("A");
              out.packString("bp").packString("1").packString("ap").packDouble(2);
              out.packString("t").packExtensionTypeHeader((byte) 5, 2).writePayload(new byte[2]);
              out.packMapHeader(5).packString("T").packString("q").packString("S").packString("B");
              out.packString("bp").packDouble(Double.NaN).packString("ap").packNil();
              out.packString("t").packLong(7);
              out.packMapHeader(3).packString("T").packString("subscription");
              out.packString("quotes").packArrayHeader(2).packString("A").packInt(1);
              out.packString("trades").packNil();
              out.packMapHeader(2).packString("T").packString("subscription");
              out.packString("quotes").packNil();
            });
    assertThat(lines.get(0)).startsWith("unreadable quote of A");
    assertThat(lines.get(1)).startsWith("unreadable quote of B");
    assertThat(lines.subList(2, 4)).containsExactly("follows [A]", "follows []");
  }

  @Test
  @DisplayName("bytes that are no list of maps are a fault of the connection")
  void refusesOtherBytes() {
    for (byte[] bytes : List.of(new byte[0], new byte[] {1}, new byte[] {(byte) 0x91, 7})) {
      assertThatThrownBy(() -> QuoteFrames.packed(bytes, told)).isInstanceOf(IOException.class);
    }
  }
}
