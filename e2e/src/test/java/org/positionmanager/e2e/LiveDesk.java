package org.positionmanager.e2e;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.positionmanager.activities.alpaca.AlpacaConnection;
import org.positionmanager.activities.alpaca.AlpacaSettings;
import org.positionmanager.activities.alpaca.AlpacaStreams;
import org.positionmanager.activities.alpaca.ApiSecret;
import org.positionmanager.activities.alpaca.ConnectionBreaks;
import org.positionmanager.activities.alpaca.StreamSettings;
import org.positionmanager.activities.live.FeedEvent;
import org.positionmanager.activities.live.FeedTimes;
import org.positionmanager.activities.live.LiveQuote;
import org.positionmanager.activities.live.MarketHours;
import org.positionmanager.activities.live.QuoteBoard;
import org.positionmanager.activities.live.QuoteFeed;
import org.positionmanager.activities.live.StreamReport;
import org.positionmanager.activities.live.StreamState;
import org.positionmanager.simulator.Scenario;
import org.positionmanager.simulator.SimulatorServer;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.instrument.Instrument;

/** An account's live inputs at a simulator, its streams over a network that can be broken. */
final class LiveDesk implements AutoCloseable {
  static final String STOCKS = "/v2/iex";
  static final String OPTIONS = "/v1beta1/indicative";
  static final String TRADING = "/stream";

  /** 10:00 in New York on a trading day. */
  private static final Instant MORNING = Instant.parse("2026-02-11T15:00:00Z");

  private static final StreamSettings TIMES =
      new StreamSettings(
          Optional.empty(),
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofSeconds(4),
          Duration.ofMillis(50),
          Duration.ofMillis(50),
          Duration.ofSeconds(1),
          Duration.ofMinutes(5));

  /** A poll each 300 ms; what was not heard of for 6 s is asked for. */
  private static final FeedTimes FEED_TIMES =
      new FeedTimes(Duration.ofMillis(300), Duration.ofSeconds(6));

  final List<FeedEvent> events = new CopyOnWriteArrayList<>();
  final Broker broker;
  final BreakableLink link;
  final AlpacaStreams streams;
  final QuoteFeed feed;
  private final SimulatorServer simulator;
  private final AlpacaSettings settings;
  private final MarketHours hours;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** Real time from ten in the morning on, each price until it is set anew. */
  static Scenario scenario(String... symbols) {
    return new Scenario(
        MORNING,
        1,
        7,
        List.of(
            new Scenario.AccountSeed(
                "large", "PA-large", "key-large", "secret-large", new BigDecimal("1000000"))),
        Stream.of(symbols)
            .map(
                symbol ->
                    new Scenario.Path(
                        symbol, List.of(new Scenario.Point(Duration.ZERO, new BigDecimal("100")))))
            .toList());
  }

  LiveDesk(Scenario scenario) {
    this(scenario, "iex", "secret-large");
  }

  LiveDesk(Scenario scenario, String stockFeed, String secret) {
    simulator = SimulatorServer.start(scenario, "127.0.0.1", 0);
    broker = new Broker(simulator.url());
    link = new BreakableLink(simulator.port());
    settings = settings(stockFeed, secret);
    AlpacaConnection connection = AlpacaConnection.open(settings, meters);
    hours = new MarketHours(connection.calendar(), System::nanoTime);
    streams = openStreams();
    feed =
        QuoteFeed.start(
            streams.quotes(),
            connection.marketData().forExits(),
            hours,
            FEED_TIMES,
            System::nanoTime,
            events::add);
  }

  private AlpacaSettings settings(String stockFeed, String secret) {
    URI rest = URI.create(simulator.url());
    return new AlpacaSettings(
        new AccountName("large"),
        "key-large",
        new ApiSecret(secret),
        false,
        Optional.of(rest),
        Optional.of(rest),
        stockFeed,
        "indicative",
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        0,
        new StreamSettings(
            Optional.of(URI.create("ws://127.0.0.1:" + link.port())),
            TIMES.pingEach(),
            TIMES.answerWithin(),
            TIMES.silentAfter(),
            TIMES.lookEach(),
            TIMES.firstRetry(),
            TIMES.longestRetry(),
            TIMES.refusedRetry()));
  }

  /** Another client of the same account. */
  AlpacaStreams openStreams() {
    return AlpacaStreams.open(
        settings, hours::isOpen, System::nanoTime, new SplittableRandom(1), new ConnectionBreaks());
  }

  static Set<Instrument> instruments(String... symbols) {
    return Stream.of(symbols).map(Instrument::parse).collect(Collectors.toSet());
  }

  void follow(String... symbols) {
    feed.follow(instruments(symbols));
  }

  /** Follows and waits until its stream serves each of them. */
  void followServed(String... symbols) {
    follow(symbols);
    awaitServed(symbols);
  }

  void awaitServed(String... symbols) {
    Awaitility.await("served: " + String.join(" ", symbols))
        .until(
            () ->
                feed.reports().stream()
                    .flatMap(report -> report.served().stream())
                    .collect(Collectors.toSet())
                    .containsAll(instruments(symbols)));
  }

  StreamState state(String stream) {
    return feed.reports().stream()
        .filter(report -> report.stream().equals(stream))
        .map(StreamReport::state)
        .findFirst()
        .orElseThrow();
  }

  void awaitState(String stream, Predicate<StreamState> until) {
    Awaitility.await(stream).until(() -> state(stream), until);
  }

  /** The broker's price is set; waits until the board has it, and tells how it came. */
  LiveQuote.Origin awaitPrice(String symbol, String price) throws Exception {
    broker.priceIs(symbol, price);
    Instrument instrument = Instrument.parse(symbol);
    BigDecimal expected = new BigDecimal(price);
    QuoteBoard.Standing standing =
        Awaitility.await(symbol + " at " + price)
            .until(
                () -> feed.board().standing(instrument),
                it ->
                    it.filter(
                            known -> known.newest().quote().bid().value().compareTo(expected) == 0)
                        .isPresent())
            .orElseThrow();
    return standing.newest().origin();
  }

  <T extends FeedEvent> List<T> told(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Requests for quotes so far. */
  long polls() {
    return meters.find("broker.calls").timers().stream()
        .filter(timer -> timer.getId().getTag("route").contains("quotes"))
        .mapToLong(Timer::count)
        .sum();
  }

  @Override
  public void close() throws Exception {
    feed.close();
    streams.close();
    link.close();
    simulator.close();
  }
}
