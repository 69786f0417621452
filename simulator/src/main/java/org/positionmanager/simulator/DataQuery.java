package org.positionmanager.simulator;

import io.javalin.http.Context;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.positionmanager.simulator.market.Decimals;

/** Reads what clients ask market data for; what cannot be read is answered by 400 and its name. */
final class DataQuery {
  private static final int BAD_REQUEST = 400;
  private static final long CODE = 40010001;
  private static final List<String> LATEST_FEEDS =
      List.of("sip", "iex", "delayed_sip", "otc", "boats", "overnight");
  private static final List<String> HISTORICAL_FEEDS = List.of("sip", "iex", "boats", "otc");
  private static final List<String> OPTION_FEEDS = List.of("opra", "indicative");
  private static final List<String> ADJUSTMENTS =
      List.of("raw", "split", "dividend", "spin-off", "all");
  private static final int MOST_OPTIONS = 100;

  private final Context request;

  DataQuery(Context request) {
    this.request = request;
  }

  static Rejection refusal(String message) {
    return new Rejection(BAD_REQUEST, CODE, message);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(request.queryParam(name)).filter(it -> !it.isBlank());
  }

  /** Symbols by name, each once. */
  List<String> symbols() {
    return List.copyOf(
        new TreeSet<>(
            Arrays.stream(
                    text("symbols").orElseThrow(() -> refusal("symbols is required")).split(","))
                .map(String::trim)
                .filter(it -> !it.isEmpty())
                .toList()));
  }

  /** Options, a hundred at most; a symbol that is no option's is refused. */
  List<String> optionSymbols() {
    List<String> symbols = symbols();
    if (symbols.size() > MOST_OPTIONS) {
      throw refusal(
          "too many symbols: %d, at most %d are allowed".formatted(symbols.size(), MOST_OPTIONS));
    }
    symbols.stream()
        .filter(it -> !Symbols.isOption(it))
        .findFirst()
        .ifPresent(
            it -> {
              throw refusal("invalid symbol: " + it);
            });
    return symbols;
  }

  /** The feed of latest stock data; empty where the client leaves it to us. */
  Optional<String> latestFeed() {
    return feed(LATEST_FEEDS);
  }

  Optional<String> historicalFeed() {
    return feed(HISTORICAL_FEEDS);
  }

  Optional<String> optionFeed() {
    return feed(OPTION_FEEDS);
  }

  private Optional<String> feed(List<String> known) {
    // alpaca-java writes them in capitals
    Optional<String> feed = text("feed").map(it -> it.toLowerCase(Locale.ROOT));
    if (feed.filter(it -> !known.contains(it)).isPresent()) {
      throw refusal("invalid feed: " + feed.get());
    }
    return feed;
  }

  int limit(int otherwise, int most) {
    String text = text("limit").orElse(Integer.toString(otherwise));
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= most) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // the same answer as for one that is out of bounds
    }
    throw refusal("invalid limit: %s, must be from 1 to %d".formatted(text, most));
  }

  boolean isAscending() {
    return switch (text("sort").orElse("asc")) {
      case "asc" -> true;
      case "desc" -> false;
      default -> throw refusal("invalid sort: must be asc or desc");
    };
  }

  /** A moment, or the beginning of a date in New York. */
  Optional<Instant> moment(String name) {
    return text(name)
        .map(
            text ->
                isDate(text)
                    ? date(name, text).atStartOfDay(NyseCalendar.ZONE).toInstant()
                    : exact(name, text));
  }

  /** A moment, or the end of a date in New York. */
  Optional<Instant> end(String name) {
    return text(name)
        .map(
            text ->
                isDate(text)
                    ? date(name, text).plusDays(1).atStartOfDay(NyseCalendar.ZONE).toInstant()
                    : exact(name, text).plusNanos(1));
  }

  private static boolean isDate(String text) {
    return text.length() == 10;
  }

  private static Instant exact(String name, String text) {
    try {
      // a plus sign that was not encoded arrives as a blank
      return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    } catch (DateTimeException e) {
      throw refusal("invalid " + name + ": " + text);
    }
  }

  private static LocalDate date(String name, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw refusal("invalid " + name + ": " + text);
    }
  }

  /** Refuses adjustments of bars that do not exist; those that do change nothing here. */
  void checkAdjustment() {
    for (String adjustment : text("adjustment").orElse("raw").split(",")) {
      if (!ADJUSTMENTS.contains(adjustment.trim().toLowerCase(Locale.ROOT))) {
        throw refusal("invalid adjustment: " + adjustment);
      }
    }
  }

  Optional<LocalDate> date(String name) {
    return text(name).map(text -> date(name, text));
  }

  Optional<BigDecimal> number(String name) {
    return text(name)
        .map(text -> Decimals.of(text).orElseThrow(() -> refusal("invalid " + name + ": " + text)));
  }

  /** Where the last page ended: its parts. */
  Optional<List<String>> token() {
    return text("page_token")
        .map(
            text -> {
              try {
                byte[] bytes = Base64.getUrlDecoder().decode(text);
                return List.of(new String(bytes, StandardCharsets.UTF_8).split("\\|"));
              } catch (IllegalArgumentException e) {
                throw refusal("invalid page_token: " + text);
              }
            });
  }

  static String token(String... parts) {
    return Base64.getUrlEncoder()
        .encodeToString(String.join("|", parts).getBytes(StandardCharsets.UTF_8));
  }
}
