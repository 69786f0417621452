package org.positionmanager.activities.alpaca;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import okhttp3.OkHttpClient;
import org.positionmanager.activities.live.LiveQuotes;
import org.positionmanager.activities.live.OrderUpdates;

/**
 * The streams of one account at Alpaca, not yet started. Alpaca allows one connection of an account
 * to each endpoint, so there must be one of these for an account in all processes together; a
 * second is refused (406) until the first is gone.
 */
public final class AlpacaStreams implements AutoCloseable {
  private final StreamParts parts;
  private final LiveQuotes quotes;
  private final OrderUpdates orders;

  private AlpacaStreams(StreamParts parts, BooleanSupplier marketOpen) {
    this.parts = parts;
    this.quotes = new AlpacaLiveQuotes(parts, marketOpen);
    this.orders = new AlpacaOrderUpdates(parts);
  }

  /**
   * @param marketOpen whether quotes are to be expected now; must not block
   * @param nanoClock the monotonic clock
   * @param random spreads new tries, see {@link StreamSettings#firstRetry()}
   * @param breaks hears of each connection that is lost
   */
  public static AlpacaStreams open(
      AlpacaSettings settings,
      BooleanSupplier marketOpen,
      LongSupplier nanoClock,
      RandomGenerator random,
      ConnectionBreaks breaks) {
    OkHttpClient http =
        new OkHttpClient.Builder()
            .connectTimeout(settings.connectTimeout())
            .readTimeout(settings.callTimeout())
            .pingInterval(settings.streams().pingEach())
            .build();
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("streams-" + settings.account()).factory());
    return new AlpacaStreams(
        new StreamParts(settings, http, timer, nanoClock, random, breaks), marketOpen);
  }

  /** Quotes of stocks and contracts. */
  public LiveQuotes quotes() {
    return quotes;
  }

  /** What becomes of the account's orders. */
  public OrderUpdates orders() {
    return orders;
  }

  /** Ends all connections, in good order where the broker answers. */
  @Override
  public void close() {
    quotes.close();
    orders.close();
    parts.timer().shutdown();
    parts.http().dispatcher().executorService().shutdown();
  }
}
