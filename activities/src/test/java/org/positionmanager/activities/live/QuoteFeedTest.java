package org.positionmanager.activities.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.activities.broker.MarketData;
import org.positionmanager.activities.broker.QuoteRead;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.value.Price;

/** Streams and polling together, on a clock that the test moves: nothing is due until it moves. */
@Timeout(60)
class QuoteFeedTest {
  private static final Instrument WMT = Instrument.parse("WMT");
  private static final Instrument DE = Instrument.parse("DE");
  private static final Instant TEN = Instant.parse("2026-02-11T15:00:00Z");
  private static final TradingSession TODAY =
      new TradingSession(
          LocalDate.of(2026, 2, 11),
          Instant.parse("2026-02-11T14:30:00Z"),
          Instant.parse("2026-02-11T21:00:00Z"));
  private static final TradingSession TOMORROW =
      new TradingSession(
          LocalDate.of(2026, 2, 12),
          Instant.parse("2026-02-12T14:30:00Z"),
          Instant.parse("2026-02-12T21:00:00Z"));
  private static final FeedTimes TIMES =
      new FeedTimes(Duration.ofMillis(10), Duration.ofSeconds(15));

  /** Prices that a test sets; counts reads. */
  private static final class Prices implements MarketData {
    final List<Set<Instrument>> reads = new CopyOnWriteArrayList<>();
    final Map<Instrument, Quote> quotes = new ConcurrentHashMap<>();
    final Map<Instrument, String> refused = new ConcurrentHashMap<>();
    volatile Optional<BrokerException> failure = Optional.empty();
    volatile int requests = 1;

    @Override
    public MarketData forExits() {
      return this;
    }

    @Override
    public QuoteRead read(Set<Instrument> instruments) {
      reads.add(Set.copyOf(instruments));
      if (failure.isPresent()) {
        throw failure.get();
      }
      Map<Instrument, Quote> found = new HashMap<>(quotes);
      found.keySet().retainAll(instruments);
      return new QuoteRead(found, refused);
    }

    /** Nothing was traded. */
    @Override
    public Map<Instrument, Trade> trades(Set<Instrument> instruments) {
      return Map.of();
    }

    @Override
    public int requestsFor(Set<Instrument> instruments) {
      return requests;
    }
  }

  private final FakeStreams streams = new FakeStreams();
  private final Prices prices = new Prices();
  private final AtomicLong nanos = new AtomicLong();
  private final List<FeedEvent> events = new CopyOnWriteArrayList<>();
  private volatile MarketMoment moment = new MarketMoment(TEN, Optional.of(TODAY), TOMORROW, 1);
  private final MarketHours hours = new MarketHours(new Calendar(), nanos::get);
  private final QuoteFeed feed =
      QuoteFeed.start(streams, prices, hours, TIMES, nanos::get, events::add);

  private final class Calendar implements ExchangeCalendar {
    @Override
    public List<TradingSession> sessions(LocalDate fromInclusive, LocalDate toInclusive) {
      return List.of(TODAY, TOMORROW);
    }

    @Override
    public MarketMoment moment() {
      return moment;
    }
  }

  @AfterEach
  void stop() {
    feed.close();
  }

  private static Quote quote(String bid, Instant at) {
    return new Quote(Price.parse(bid), Price.parse(bid), at);
  }

  private void streamTells(Instrument instrument, String bid, Instant at) {
    streams.tells(new LiveQuote(instrument, quote(bid, at), LiveQuote.Origin.STREAM, nanos.get()));
  }

  /** Lets one more poll become due and waits for it; one that was due before may come with it. */
  private Set<Instrument> nextPoll() {
    int before = prices.reads.size();
    nanos.addAndGet(TIMES.pollEach().toNanos());
    await().until(() -> prices.reads.size() > before);
    return prices.reads.getLast();
  }

  /** Moves the clock and sees that nobody asks. */
  private void noPollFor(Duration time) {
    int before = prices.reads.size();
    nanos.addAndGet(time.toNanos());
    await().during(Duration.ofMillis(100)).until(() -> prices.reads.size() == before);
  }

  /** Follows both by a stream that serves them, the first poll being over. */
  private void served() {
    feed.follow(Set.of(WMT, DE));
    await().until(() -> prices.reads.size() == 1);
    streams.serves(Map.of());
    assertThat(nextPoll()).containsExactlyInAnyOrder(WMT, DE);
    noPollFor(Duration.ofSeconds(1));
  }

  private <T extends FeedEvent> List<T> told(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private String bid(Instrument instrument) {
    return feed.board().standing(instrument).orElseThrow().newest().quote().bid().toString();
  }

  @Test
  @DisplayName("what no stream has confirmed is polled at once, all in one read, at the rate")
  void pollsWhatIsNotConfirmed() {
    prices.quotes.put(WMT, quote("128", TEN));
    feed.follow(Set.of(WMT, DE));
    await().until(() -> feed.board().standing(WMT).isPresent());
    assertThat(prices.reads).containsExactly(Set.of(WMT, DE));
    noPollFor(Duration.ZERO);
    assertThat(nextPoll()).containsExactlyInAnyOrder(WMT, DE);
    assertThat(feed.board().standing(WMT).orElseThrow().newest().origin())
        .isEqualTo(LiveQuote.Origin.POLL);
  }

  @Test
  @DisplayName(
      "a quote with a stamp of an hour from now keeps none of now from counting, and is told")
  void aStampFromTheFuture() {
    served();
    hours.refresh();
    Instant now = hours.now().orElseThrow().now();
    streamTells(WMT, "200", now.plusSeconds(3600));
    streamTells(WMT, "201", now.plusSeconds(3600));
    streamTells(WMT, "128", now);
    assertThat(bid(WMT)).isEqualTo("128");
    assertThat(told(FeedEvent.Unreadable.class))
        .singleElement()
        .satisfies(event -> assertThat(event.what()).contains("later than now"));
  }

  @Test
  void withoutStreamsEverythingIsPolledAtTheRate() {
    try (QuoteFeed polling =
        QuoteFeed.start(new NoLiveQuotes(), prices, hours, TIMES, nanos::get, events::add)) {
      polling.follow(Set.of(WMT, DE));
      await().until(() -> prices.reads.size() == 1);
      assertThat(nextPoll()).containsExactlyInAnyOrder(WMT, DE);
      assertThat(nextPoll()).containsExactlyInAnyOrder(WMT, DE);
      assertThat(polling.reports()).isEmpty();
    }
  }

  @Test
  @DisplayName("a stream that goes down is polled instead, and left to itself once it serves again")
  void fallsBackAndReturns() {
    served();
    streamTells(WMT, "128", TEN);
    assertThat(bid(WMT)).isEqualTo("128");
    streams.servesNothing(new StreamState.Down(StreamFault.BROKEN, "cut"), Unserved.DOWN);
    prices.quotes.put(WMT, quote("127", TEN.plusSeconds(1)));
    assertThat(nextPoll()).containsExactlyInAnyOrder(WMT, DE);
    await().until(() -> bid(WMT).equals("127"));
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    streams.serves(Map.of());
    nextPoll();
    noPollFor(Duration.ofSeconds(5));
    assertThat(told(FeedEvent.GapBegun.class)).hasSize(2);
    assertThat(told(FeedEvent.GapBegun.class).getLast().instruments())
        .isEqualTo(Map.of(WMT, Unserved.DOWN, DE, Unserved.DOWN));
    FeedEvent.GapEnded ended = told(FeedEvent.GapEnded.class).getLast();
    assertThat(ended.instruments()).containsExactlyInAnyOrder(WMT, DE);
    assertThat(ended.longest()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
  }

  @Test
  @DisplayName("only what is over the limit is polled, and told once")
  void pollsWhatIsOverTheLimit() {
    served();
    streams.serves(Map.of(DE, Unserved.OVER_LIMIT));
    streams.serves(Map.of(DE, Unserved.OVER_LIMIT));
    assertThat(nextPoll()).containsExactly(DE);
    assertThat(nextPoll()).containsExactly(DE);
    assertThat(told(FeedEvent.OverLimit.class))
        .containsExactly(new FeedEvent.OverLimit(Set.of(DE)));
  }

  @Test
  @DisplayName("what its stream serves but did not tell of for long is asked for")
  void rechecks() {
    served();
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    streamTells(WMT, "128", TEN);
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    await().until(() -> prices.reads.size() == 3);
    assertThat(prices.reads.getLast()).containsExactly(DE);
    noPollFor(Duration.ofSeconds(5));
  }

  @Test
  @DisplayName("while the market is closed nobody asks; from the open on it is asked")
  void closedMarket() {
    moment = new MarketMoment(TODAY.closeExclusive(), Optional.empty(), TOMORROW, 1);
    nanos.addAndGet(TIMES.pollEach().toNanos());
    feed.follow(Set.of(WMT));
    noPollFor(Duration.ofSeconds(1));
    moment = new MarketMoment(TOMORROW.openInclusive(), Optional.of(TOMORROW), TOMORROW, 1);
    await().until(() -> prices.reads.size() == 1);
  }

  @Test
  @DisplayName("a poll of several requests is followed by as long a rest")
  void keepsToTheRate() {
    prices.requests = 3;
    feed.follow(Set.of(WMT));
    await().until(() -> prices.reads.size() == 1);
    noPollFor(TIMES.pollEach().multipliedBy(2));
    nextPoll();
  }

  @Test
  @DisplayName("failed polls go on and are told once, as is their end; a told wait is kept")
  void failures() {
    prices.failure =
        Optional.of(new BrokerException(BrokerException.Kind.UNAVAILABLE, "no answer"));
    feed.follow(Set.of(WMT));
    await().until(() -> prices.reads.size() == 1);
    nextPoll();
    nextPoll();
    prices.failure =
        Optional.of(
            new BrokerException(
                BrokerException.Kind.RATE_LIMITED,
                "slower",
                Optional.of(Duration.ofSeconds(5)),
                null));
    nextPoll();
    prices.failure = Optional.empty();
    noPollFor(Duration.ofSeconds(4));
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    await().until(() -> !told(FeedEvent.PollMended.class).isEmpty());
    assertThat(told(FeedEvent.PollFailed.class))
        .extracting(FeedEvent.PollFailed::kind)
        .containsExactly(BrokerException.Kind.UNAVAILABLE, BrokerException.Kind.RATE_LIMITED);
  }

  @Test
  @DisplayName("refused keys are tried again only after half a minute")
  void refusedKeys() {
    prices.failure = Optional.of(new BrokerException(BrokerException.Kind.UNAUTHORIZED, "no"));
    feed.follow(Set.of(WMT));
    await().until(() -> prices.reads.size() == 1);
    noPollFor(Duration.ofSeconds(29));
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    await().until(() -> prices.reads.size() == 2);
  }

  @Test
  @DisplayName("a refused instrument is told once, the others come")
  void refused() {
    prices.refused.put(DE, "invalid symbol: DE");
    prices.quotes.put(WMT, quote("128", TEN));
    feed.follow(Set.of(WMT, DE));
    await().until(() -> prices.reads.size() == 1);
    nextPoll();
    await().until(() -> feed.board().standing(WMT).isPresent());
    assertThat(told(FeedEvent.Refused.class))
        .containsExactly(new FeedEvent.Refused(Map.of(DE, "invalid symbol: DE")));
  }

  @Test
  @DisplayName("a silent stream is renewed where polls find that quotes moved, and only there")
  void renewsWhatMissedQuotes() {
    served();
    streamTells(WMT, "128", TEN);
    streamTells(DE, "620", TEN);
    streams.servesNothing(new StreamState.Silent(), Unserved.SILENT);
    prices.quotes.put(WMT, quote("128", TEN));
    nextPoll();
    nextPoll();
    assertThat(streams.renewed).isEmpty();
    prices.quotes.put(WMT, quote("127", TEN.plusSeconds(1)));
    nextPoll();
    await().until(() -> !streams.renewed.isEmpty());
    assertThat(streams.renewed).containsExactly(Set.of(WMT));
    assertThat(told(FeedEvent.QuotesMissed.class)).hasSize(1);
  }

  @Test
  @DisplayName("a poll that is older than the stream's quote changes nothing")
  void olderPolls() {
    prices.quotes.put(WMT, quote("130", TEN));
    served();
    streamTells(WMT, "128", TEN.plusSeconds(2));
    streams.servesNothing(new StreamState.Silent(), Unserved.SILENT);
    nextPoll();
    nextPoll();
    assertThat(bid(WMT)).isEqualTo("128");
  }

  @Test
  @DisplayName("unreadable quotes and failing listeners are told, and end nothing")
  void tellsOfTrouble() {
    served();
    feed.board()
        .listen(
            WMT,
            quote -> {
              throw new IllegalStateException("broken");
            });
    streamTells(WMT, "128", TEN);
    streams.cannotRead("quote of DE");
    assertThat(told(FeedEvent.ListenerFailed.class)).hasSize(1);
    assertThat(told(FeedEvent.Unreadable.class))
        .containsExactly(new FeedEvent.Unreadable("/v2/test", "quote of DE"));
    assertThat(bid(WMT)).isEqualTo("128");
  }

  @Test
  @DisplayName("what is no longer followed is neither polled nor known")
  void forgets() {
    prices.quotes.put(WMT, quote("128", TEN));
    prices.quotes.put(DE, quote("620", TEN));
    feed.follow(Set.of(WMT, DE));
    await().until(() -> feed.board().standing(DE).isPresent());
    feed.follow(Set.of(WMT));
    assertThat(nextPoll()).containsExactly(WMT);
    assertThat(feed.board().standing(DE)).isEmpty();
  }

  @Test
  @DisplayName("a closed feed asks no more and closes its streams")
  void closes() {
    feed.follow(Set.of(WMT));
    await().until(() -> prices.reads.size() == 1);
    feed.close();
    assertThat(streams.closed).isTrue();
    noPollFor(Duration.ofSeconds(5));
  }

  @Test
  @DisplayName("a calendar that cannot be read leaves what it said last; before that it is open")
  void calendarFails() {
    AtomicInteger asked = new AtomicInteger();
    ExchangeCalendar broken =
        new ExchangeCalendar() {
          @Override
          public List<TradingSession> sessions(LocalDate from, LocalDate to) {
            return List.of();
          }

          @Override
          public MarketMoment moment() {
            asked.incrementAndGet();
            throw new BrokerException(BrokerException.Kind.UNAVAILABLE, "no answer");
          }
        };
    MarketHours unknown = new MarketHours(broken, nanos::get);
    unknown.refresh();
    unknown.refresh();
    assertThat(asked).as("not asked hot").hasValue(1);
    assertThat(unknown.isOpen()).isTrue();
    moment =
        new MarketMoment(TODAY.closeExclusive().minusSeconds(60), Optional.of(TODAY), TOMORROW, 1);
    MarketHours known = new MarketHours(new Calendar(), nanos::get);
    known.refresh();
    assertThat(known.isOpen()).isTrue();
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    assertThat(known.isOpen()).as("the close needs no reading").isFalse();
    nanos.addAndGet(Duration.ofHours(17).plusMinutes(30).toNanos());
    assertThat(known.isOpen()).as("nor does the next open").isTrue();
  }
}
