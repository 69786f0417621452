package org.positionmanager.activities.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.value.Price;

/** The newest quote of each instrument, and who is told of it. */
@Timeout(30)
class QuoteBoardTest {
  private static final Instrument WMT = Instrument.parse("WMT");
  private static final Instrument DE = Instrument.parse("DE");
  private static final Instant TEN = Instant.parse("2026-02-11T15:00:00Z");

  private final List<String> failures = new ArrayList<>();
  private final QuoteBoard board =
      new QuoteBoard((quote, failure) -> failures.add(quote + " " + failure.getMessage()));

  private static LiveQuote quote(String bid, Instant at, long arrivedAt) {
    Price price = Price.parse(bid);
    return new LiveQuote(WMT, new Quote(price, price, at), LiveQuote.Origin.STREAM, arrivedAt);
  }

  private String bid() {
    return board.standing(WMT).orElseThrow().newest().quote().bid().toString();
  }

  @Test
  @DisplayName("an older quote never replaces a newer one and is told to nobody")
  void keepsTheNewest() {
    List<String> told = new ArrayList<>();
    board.listen(WMT, quote -> told.add(quote.quote().bid().toString()));
    board.offer(quote("128.10", TEN.plusNanos(2), 1));
    board.offer(quote("128.00", TEN.plusNanos(1), 2));
    assertThat(bid()).isEqualTo("128.1");
    board.offer(quote("127.90", TEN.plusNanos(3), 3));
    assertThat(told).containsExactly("128.1", "127.9");
  }

  @Test
  @DisplayName("the same quote again is not told, but says that the instrument was heard of")
  void duplicatesAreHeard() {
    List<LiveQuote> told = new ArrayList<>();
    board.listen(WMT, told::add);
    board.offer(quote("128", TEN, 1_000));
    board.offer(quote("128", TEN, 5_000));
    assertThat(told).hasSize(1);
    QuoteBoard.Standing standing = board.standing(WMT).orElseThrow();
    assertThat(standing.newest().arrivedAtNanos()).isEqualTo(1_000);
    assertThat(standing.heardAtNanos()).isEqualTo(5_000);
    assertThat(standing.unheardFor(7_000)).isEqualTo(Duration.ofNanos(2_000));
    assertThat(standing.exchangeAge(TEN.plusSeconds(3))).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  @DisplayName("of two quotes with one stamp the later arrival counts")
  void equalStamps() {
    board.offer(quote("128", TEN, 2));
    board.offer(quote("127", TEN, 3));
    assertThat(bid()).isEqualTo("127");
    board.offer(quote("126", TEN, 1));
    assertThat(bid()).isEqualTo("127");
  }

  @Test
  @DisplayName("arrival is compared rightly where the monotonic clock runs over")
  void clockRunsOver() {
    board.offer(quote("128", TEN, Long.MAX_VALUE));
    board.offer(quote("127", TEN, Long.MIN_VALUE + 5));
    assertThat(bid()).isEqualTo("127");
  }

  @Test
  @DisplayName("listeners are told of their instrument until they end it; a failure is told apart")
  void listeners() {
    List<String> told = new ArrayList<>();
    board.listenToAll(quote -> told.add("all"));
    board.listen(DE, quote -> told.add("DE"));
    board.listen(
        WMT,
        quote -> {
          throw new AssertionError("broken");
        });
    QuoteBoard.Registration mine = board.listen(WMT, quote -> told.add("WMT"));
    board.offer(quote("128", TEN, 1));
    assertThat(told).containsExactly("all", "WMT");
    assertThat(failures).singleElement().asString().contains("broken");
    mine.close();
    board.offer(quote("129", TEN.plusSeconds(1), 2));
    assertThat(told).containsExactly("all", "WMT", "all");
  }

  @Test
  @DisplayName("a quote that is not believed neither counts nor keeps the next from counting")
  void notBelieved() {
    List<String> told = new ArrayList<>();
    QuoteBoard strict =
        new QuoteBoard(
            (quote, failure) -> {}, quote -> quote.quote().at().isBefore(TEN.plusSeconds(60)));
    strict.listen(WMT, quote -> told.add(quote.quote().bid().toString()));
    strict.offer(quote("128", TEN.plusSeconds(3600), 1));
    assertThat(strict.standing(WMT)).isEmpty();
    strict.offer(quote("127", TEN, 2));
    strict.offer(quote("129", TEN.plusSeconds(3600), 3));
    assertThat(told).containsExactly("127");
    assertThat(strict.standing(WMT).orElseThrow().heardAtNanos()).isEqualTo(2);
  }

  @Test
  @DisplayName("what is no longer followed is forgotten")
  void forgets() {
    board.offer(quote("128", TEN, 1));
    board.retain(Set.of(WMT));
    assertThat(board.standing(WMT)).isPresent();
    board.retain(Set.of(DE));
    assertThat(board.standing(WMT)).isEmpty();
  }

  @Test
  @DisplayName("many threads: no quote is lost, none is told out of order or by two at once")
  void isSerialForEachInstrument() throws InterruptedException {
    int threads = 4;
    int each = 20_000;
    List<Instant> told = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger crowded = new AtomicInteger();
    board.listen(
        WMT,
        quote -> {
          if (inside.incrementAndGet() != 1) {
            crowded.incrementAndGet();
          }
          told.add(quote.quote().at());
          inside.decrementAndGet();
        });
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> all =
        IntStream.range(0, threads)
            .mapToObj(
                thread ->
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              await(start);
                              for (int i = 0; i < each; i++) {
                                long nanos = (long) i * threads + thread;
                                board.offer(quote("128", TEN.plusNanos(nanos), nanos));
                              }
                            }))
            .toList();
    start.countDown();
    for (Thread thread : all) {
      thread.join();
    }
    assertThat(crowded).hasValue(0);
    assertThat(told).isSorted().doesNotHaveDuplicates();
    Instant last = TEN.plusNanos((long) each * threads - 1);
    assertThat(board.standing(WMT).orElseThrow().newest().quote().at()).isEqualTo(last);
    assertThat(told.getLast()).isEqualTo(last);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
