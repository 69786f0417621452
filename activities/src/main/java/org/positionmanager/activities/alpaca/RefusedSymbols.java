package org.positionmanager.activities.alpaca;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.positionmanager.workflows.instrument.Instrument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Symbols that Alpaca's market data refuses. It answers 400 to a whole request for the sake of one
 * ("invalid symbol: X"), so each is remembered for a minute and left out meanwhile, no longer: a
 * refusal may be a mistake, and a position hangs on it.
 */
final class RefusedSymbols {
  private static final Logger log = LoggerFactory.getLogger(RefusedSymbols.class);
  private static final long KEPT = Duration.ofMinutes(1).toNanos();

  private record Refusal(String words, long until) {}

  private final Map<Instrument, Refusal> refused = new ConcurrentHashMap<>();
  private final LongSupplier nanoClock;

  RefusedSymbols(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  void add(Instrument instrument, String words) {
    Refusal earlier = refused.put(instrument, new Refusal(words, nanoClock.getAsLong() + KEPT));
    if (earlier == null) {
      log.warn("market data refuses {}: {}; it is left out of reads", instrument, words);
    }
  }

  /** Those to be left out of a read now, with the broker's words. */
  Map<Instrument, String> among(Set<Instrument> wanted) {
    Map<Instrument, String> now = new HashMap<>();
    for (Instrument one : wanted) {
      Refusal known = refused.get(one);
      if (known != null && known.until - nanoClock.getAsLong() > 0) {
        now.put(one, known.words);
      }
    }
    return now;
  }

  /**
   * Whether an answer refuses symbols, rather than a feed or the form of the request. Data errors
   * have no code of their own for it.
   */
  static boolean isAbout(Answer answer) {
    return answer.status() == 400 && answer.message().toLowerCase(Locale.ROOT).contains("symbol");
  }

  /** Those that a message names, as whole words. */
  static List<Instrument> namedBy(String message, List<Instrument> asked) {
    Set<String> words = Arrays.stream(message.split("[^A-Za-z0-9./]+")).collect(Collectors.toSet());
    List<Instrument> named = new ArrayList<>();
    for (Instrument one : asked) {
      if (words.contains(one.symbol()) || words.contains(one.symbol() + ".")) {
        named.add(one);
      }
    }
    return named;
  }
}
