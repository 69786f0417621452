package org.positionmanager.simulator;

import io.javalin.config.RoutesConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.simulator.market.Tape;
import org.positionmanager.simulator.stream.DataStream;
import org.positionmanager.simulator.stream.Feed;
import org.positionmanager.simulator.stream.Limits;
import org.positionmanager.simulator.stream.StreamFaults;
import org.positionmanager.simulator.stream.Timer;
import org.positionmanager.simulator.stream.TradeUpdates;
import org.positionmanager.simulator.stream.Users;

/** All streams of an exchange and what drives them. */
final class Streams implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(100);

  /** Alpaca's limits of a free account (DOC: market data, subscription plans). */
  private static final int IEX_SYMBOLS = 30;

  private static final int INDICATIVE_SYMBOLS = 200;
  private static final int OPRA_SYMBOLS = 1_000;
  private static final Duration AUTH_WITHIN = Duration.ofSeconds(10);
  private static final int SLOW_AFTER = 10_000;

  private final Timer timer = new Timer();
  private final StreamFaults faults;
  private final TradeUpdates tradeUpdates;
  private final List<DataStream> data;
  private final MarketTicker ticker;

  Streams(
      Exchange exchange,
      Tape tape,
      StreamSettings settings,
      Indicative indicative,
      StreamFaults faults) {
    this.faults = faults;
    Users users = new ExchangeUsers(exchange, settings);
    Limits limits =
        new Limits(
            settings.authWithin().orElse(AUTH_WITHIN),
            settings.slowAfter().orElse(SLOW_AFTER),
            settings.lingers().orElse(Duration.ZERO));
    tradeUpdates = new TradeUpdates(users, limits, faults, timer);
    data =
        List.of(
                new Feed("/v2/iex", false, false, settings.iexSymbols().orElse(IEX_SYMBOLS)),
                new Feed("/v2/sip", false, true, Integer.MAX_VALUE),
                new Feed("/v2/delayed_sip", false, false, Integer.MAX_VALUE),
                new Feed(
                    "/v1beta1/" + Indicative.NAME,
                    true,
                    false,
                    settings.indicativeSymbols().orElse(INDICATIVE_SYMBOLS)),
                new Feed("/v1beta1/opra", true, true, OPRA_SYMBOLS))
            .stream()
            .map(feed -> new DataStream(feed, users, limits, faults, timer))
            .toList();
    ticker = new MarketTicker(exchange, tape, indicative, data);
    exchange.listen(new OrderEvents(exchange, tradeUpdates));
    timer.every(TICK, ticker::tick);
  }

  private record ExchangeUsers(Exchange exchange, StreamSettings settings) implements Users {
    @Override
    public Optional<String> account(String key, String secret) {
      return exchange.accounts().stream()
          .filter(account -> account.key.equals(key) && account.secret.equals(secret))
          .map(account -> account.name)
          .findFirst();
    }

    @Override
    public boolean isEnabled(String account) {
      return !settings.notEnabled().contains(account);
    }

    @Override
    public boolean hasPaidFeeds(String account) {
      return !settings.freeAccounts().contains(account);
    }
  }

  void configure(RoutesConfig routes) {
    routes.ws(TradeUpdates.PATH, tradeUpdates::configure);
    // the bare address that is printed at the start is one of a stream too
    routes.ws("/", tradeUpdates::configure);
    data.forEach(stream -> routes.ws(stream.feed().path(), stream::configure));
  }

  StreamFaults faults() {
    return faults;
  }

  /** Authenticated connections by path. */
  Map<String, Integer> connections() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put(TradeUpdates.PATH, tradeUpdates.connections());
    data.forEach(stream -> counts.put(stream.feed().path(), stream.connections()));
    return counts;
  }

  /** Publishes at once what a person changed, without waiting for the next tick. */
  void tick() {
    ticker.tick();
  }

  @Override
  public void close() {
    timer.close();
  }
}
