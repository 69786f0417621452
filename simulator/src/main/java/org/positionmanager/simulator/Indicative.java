package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.positionmanager.simulator.market.BidAsk;
import org.positionmanager.simulator.market.ModelledOption;
import org.positionmanager.simulator.market.Noise;

/**
 * The free feed of options: its quotes are near the true ones, its trades are late (DOC: real-time
 * option data). What a script, a file or a person says is told as it is.
 */
final class Indicative {
  /** Its name in requests, and the end of its stream's path. */
  static final String NAME = "indicative";

  /** How late its trades are. */
  static final Duration DELAY = Duration.ofMinutes(15);

  private final Quotes quotes;
  private final long seed;
  private final Map<String, Noise> noises = new ConcurrentHashMap<>();

  Indicative(Quotes quotes, long seed) {
    this.quotes = quotes;
    this.seed = seed;
  }

  /** What it tells of a quote: each side may be a cent off, by seed; never crossed. */
  Quotes.Quote near(String symbol, Quotes.Quote quote) {
    if (!isModelled(symbol, quote)) {
      return quote;
    }
    Noise noise = noises.computeIfAbsent(symbol, it -> new Noise(seed, it + " " + NAME));
    Instant second = Instant.ofEpochSecond(quote.at().getEpochSecond());
    BigDecimal bid = quote.bid().add(cents(noise.below(3, second.getEpochSecond()) - 1));
    BigDecimal ask = quote.ask().add(cents(noise.below(3, ~second.getEpochSecond()) - 1));
    return bid.signum() > 0 && bid.compareTo(ask) < 0
        ? new Quotes.Quote(bid, ask, quote.at())
        : quote;
  }

  private static BigDecimal cents(int count) {
    return BigDecimal.valueOf(count, 2);
  }

  private boolean isModelled(String symbol, Quotes.Quote quote) {
    return quotes
        .source(symbol)
        .filter(ModelledOption.class::isInstance)
        .flatMap(source -> source.at(quote.at()))
        .filter(model -> isSame(model, quote))
        .isPresent();
  }

  private static boolean isSame(BidAsk model, Quotes.Quote quote) {
    return model.bid().compareTo(quote.bid()) == 0 && model.ask().compareTo(quote.ask()) == 0;
  }

  /** Whether a request is answered from it: asked for, or all that an account has. */
  static boolean isFeed(Optional<String> asked, boolean free) {
    return asked.map(NAME::equals).orElse(free);
  }
}
