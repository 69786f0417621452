package org.positionmanager.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.positionmanager.activities.alpaca.QuoteFrames;
import org.positionmanager.activities.live.LiveQuote;
import org.positionmanager.activities.live.QuoteBoard;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.value.Price;

/**
 * From a stream's frame to the listener of its quotes, by way of the board: frames of ten quotes as
 * Alpaca sends them, of 1,000 instruments, each newer than the one before. Counts quotes. To reach:
 * a quote in tens of microseconds at most, which is 100,000 a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class StreamDecoding {
  private static final Instant START = Instant.parse("2026-02-11T15:00:00Z");
  private static final int INSTRUMENTS = 1_000;
  private static final int IN_FRAME = 10;
  private static final int FRAMES = 4_096;

  private final List<String> stocks = new ArrayList<>();
  private final List<byte[]> contracts = new ArrayList<>();
  private final Map<String, Instrument> bySymbol = new LinkedHashMap<>();
  private QuoteBoard board = new QuoteBoard((quote, failure) -> {});
  private long told;
  private int turn;

  /** Makes the frames; their stamps go on from frame to frame. */
  @Setup
  public void prepare() throws IOException {
    for (int frame = 0; frame < FRAMES; frame++) {
      stocks.add(stockFrame(frame));
      contracts.add(contractFrame(frame));
    }
  }

  private static Instant stamp(int number) {
    return START.plusNanos(1_000_003L * number);
  }

  private String stock(int number) {
    String symbol = "S" + number % INSTRUMENTS;
    bySymbol.computeIfAbsent(symbol, Instrument::parse);
    return symbol;
  }

  private String contract(int number) {
    String symbol = "NOW260320P%08d".formatted((number % INSTRUMENTS + 1) * 1000);
    bySymbol.computeIfAbsent(symbol, Instrument::parse);
    return symbol;
  }

  private String stockFrame(int frame) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < IN_FRAME; i++) {
      int number = frame * IN_FRAME + i;
      text.append(i == 0 ? "" : ",")
          .append("{\"T\":\"q\",\"S\":\"")
          .append(stock(number))
          .append("\",\"bx\":\"V\",\"bp\":128.")
          .append(10 + number % 90)
          .append(",\"bs\":2,\"ax\":\"V\",\"ap\":129.")
          .append(10 + number % 90)
          .append(",\"as\":3,\"c\":[\"R\"],\"z\":\"A\",\"t\":\"")
          .append(stamp(number))
          .append("\"}");
    }
    return text.append("]").toString();
  }

  private byte[] contractFrame(int frame) throws IOException {
    try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
      out.packArrayHeader(IN_FRAME);
      for (int i = 0; i < IN_FRAME; i++) {
        int number = frame * IN_FRAME + i;
        out.packMapHeader(10).packString("T").packString("q");
        out.packString("S").packString(contract(number));
        out.packString("bx").packString("C").packString("bp").packDouble(1 + number % 90 / 100.0);
        out.packString("bs").packInt(10).packString("ax").packString("C");
        out.packString("ap").packDouble(2 + number % 90 / 100.0).packString("as").packInt(12);
        out.packString("c").packString("A").packString("t").packTimestamp(stamp(number));
      }
      return out.toByteArray();
    }
  }

  private int nextTurn() {
    if (turn % FRAMES == 0) {
      board = new QuoteBoard((quote, failure) -> {});
      board.listenToAll(quote -> told++);
    }
    return turn++ % FRAMES;
  }

  /** As the stream does with each quote. */
  private final QuoteFrames.Sink toBoard =
      new QuoteFrames.Sink() {
        @Override
        public void quote(String symbol, BigDecimal bid, BigDecimal ask, Instant at) {
          board.offer(
              new LiveQuote(
                  bySymbol.get(symbol),
                  new Quote(new Price(bid), new Price(ask), at),
                  LiveQuote.Origin.STREAM,
                  System.nanoTime()));
        }

        @Override
        public void success(String word) {}

        @Override
        public void subscription(List<String> quotes) {}

        @Override
        public void error(int code, String words) {}

        @Override
        public void unreadable(String what) {
          throw new IllegalStateException(what);
        }
      };

  /** Stock quotes in JSON. */
  @Benchmark
  @OperationsPerInvocation(IN_FRAME)
  public void json(Blackhole hole) {
    try {
      QuoteFrames.json(stocks.get(nextTurn()), toBoard);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hole.consume(told);
  }

  /** Option quotes in MessagePack. */
  @Benchmark
  @OperationsPerInvocation(IN_FRAME)
  public void msgpack(Blackhole hole) {
    try {
      QuoteFrames.packed(contracts.get(nextTurn()), toBoard);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hole.consume(told);
  }
}
