package org.positionmanager.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A market that goes on quoting the same prices until a test sets others, so that none ages. */
final class QuotedMarket implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(QuotedMarket.class);
  private static final Duration EACH = Duration.ofSeconds(3);

  private final Broker broker;
  private final Map<String, String> prices;
  private final ScheduledExecutorService quoting = Executors.newSingleThreadScheduledExecutor();

  private QuotedMarket(Broker broker, Map<String, String> prices) {
    this.broker = broker;
    this.prices = new ConcurrentHashMap<>(prices);
  }

  /** Begins with these. */
  static QuotedMarket of(Broker broker, Map<String, String> prices) throws IOException {
    QuotedMarket market = new QuotedMarket(broker, prices);
    market.broker.pricesAre(prices);
    market.quoting.scheduleWithFixedDelay(
        market::quoteAll, EACH.toMillis(), EACH.toMillis(), TimeUnit.MILLISECONDS);
    return market;
  }

  private void quoteAll() {
    try {
      broker.pricesAre(prices);
    } catch (IOException e) {
      log.warn("quotes grow old: {}", e.getMessage());
    }
  }

  /** From now on. */
  void quote(String symbol, String price) throws IOException {
    prices.put(symbol, price);
    broker.pricesAre(Map.of(symbol, price));
  }

  @Override
  public void close() {
    quoting.shutdownNow();
  }
}
