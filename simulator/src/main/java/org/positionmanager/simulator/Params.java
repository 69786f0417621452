package org.positionmanager.simulator;

import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.positionmanager.simulator.market.Decimals;

/** Query parameters as clients write them: {@code True} or {@code true}, dates or moments. */
final class Params {
  private final Context request;

  Params(Context request) {
    this.request = request;
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(request.queryParam(name)).filter(it -> !it.isBlank());
  }

  /** A comma-separated list, or the parameter given several times; empty where it is absent. */
  List<String> list(String name) {
    return request.queryParams(name).stream()
        .flatMap(text -> List.of(text.split(",")).stream())
        .map(String::trim)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  boolean flag(String name) {
    return text(name).map(it -> it.equalsIgnoreCase("true") || it.equals("1")).orElse(false);
  }

  /** One of a few words, in lower case; another is refused. */
  Optional<String> choice(String name, String... words) {
    return text(name)
        .map(
            it -> {
              String word = it.toLowerCase(Locale.ROOT);
              if (!List.of(words).contains(word)) {
                throw invalid(name, it);
              }
              return word;
            });
  }

  /** Whether the oldest come first; otherwise, and where nothing is said, the newest do. */
  boolean isAscending() {
    return choice("direction", "asc", "desc").filter("asc"::equals).isPresent();
  }

  int count(String name, int usual, int least, int most) {
    return number(name)
        .map(
            it -> {
              if (it.stripTrailingZeros().scale() > 0
                  || it.compareTo(BigDecimal.valueOf(least)) < 0) {
                throw invalid(name, it.toPlainString());
              }
              return it.min(BigDecimal.valueOf(most)).intValue();
            })
        .orElse(usual);
  }

  Optional<BigDecimal> number(String name) {
    return text(name).map(it -> Decimals.of(it).orElseThrow(() -> invalid(name, it)));
  }

  /** A date, meaning its beginning in New York, or a date-time with its offset. */
  Optional<Instant> moment(String name) {
    return text(name).map(it -> moment(name, it));
  }

  private static Instant moment(String name, String text) {
    try {
      // a plus that was not escaped arrives as a blank
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(NyseCalendar.ZONE).toInstant()
          : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    } catch (DateTimeException e) {
      throw invalid(name, text);
    }
  }

  /** A date, or that of a date-time. */
  Optional<LocalDate> date(String name) {
    return text(name)
        .map(
            it -> {
              try {
                return LocalDate.parse(it.length() > 10 ? it.substring(0, 10) : it);
              } catch (DateTimeException e) {
                throw invalid(name, it);
              }
            });
  }

  static Rejection invalid(String name, String value) {
    return new Rejection(422, 40010001, "invalid " + name + ": " + value);
  }
}
