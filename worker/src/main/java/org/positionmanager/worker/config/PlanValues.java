package org.positionmanager.worker.config;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/**
 * Reads the values that rules are made of, each with its unit. Numbers are read from the digits as
 * they are written, never through a binary fraction.
 */
final class PlanValues {
  private static final Pattern PERCENT = Pattern.compile("[-+]?\\d{1,6}(\\.\\d{1,10})?\\s*%");
  private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d");
  private static final Pattern ONE_DIGIT_HOUR = Pattern.compile("\\d:[0-5]\\d");
  private static final String DURATION_FIX = "write a time with its unit, such as 90s, 30m or 4h";

  private final Section section;

  private PlanValues(Section section) {
    this.section = section;
  }

  static PlanValues of(Section section) {
    return new PlanValues(section);
  }

  /** A percentage that has to be there. */
  Optional<Percent> percent(String key, String example) {
    return required(key, example).flatMap(value -> percent(key, value, example));
  }

  /** A percentage that may be left out. */
  Percent percent(String key, Percent otherwise) {
    return section
        .given(key)
        .flatMap(value -> percent(key, value, otherwise.toString()))
        .orElse(otherwise);
  }

  /** A percentage that may be left out and then is none. */
  Optional<Percent> percent(String key) {
    return section.given(key).flatMap(value -> percent(key, value, "-20%"));
  }

  private Optional<Percent> percent(String key, Value value, String example) {
    if (value instanceof Value.Text text && isPercent(text.value())) {
      return Optional.of(Percent.parse(text.value()));
    }
    section.fault(
        key,
        "is " + value.found(),
        value instanceof Value.Number number
            ? "add the sign: " + Value.shown(number.written()) + "%"
            : "write a percentage such as " + example);
    return Optional.empty();
  }

  static boolean isPercent(String text) {
    return PERCENT.matcher(text.strip()).matches();
  }

  /** A time that has to be there. */
  Optional<Duration> duration(String key, String example) {
    Duration usual = WrittenDuration.parse(example).orElseThrow();
    return required(key, example).flatMap(value -> duration(key, value, usual));
  }

  /** A time that may be left out. */
  Duration duration(String key, Duration otherwise) {
    return section.given(key).flatMap(value -> duration(key, value, otherwise)).orElse(otherwise);
  }

  private Optional<Duration> duration(String key, Value value, Duration usual) {
    if (value instanceof Value.Text text) {
      Optional<Duration> written = WrittenDuration.parse(text.value());
      if (written.isPresent()) {
        return written;
      }
    }
    section.fault(
        key,
        "is " + value.found(),
        value instanceof Value.Number number
            ? "add the unit: " + WrittenDuration.withUnit(Value.shown(number.written()), usual)
            : DURATION_FIX);
    return Optional.empty();
  }

  /** A time of day in New York that has to be there. */
  Optional<LocalTime> timeOfDay(String key, String example) {
    Optional<Value> written = required(key, example);
    if (written.isPresent()) {
      Optional<LocalTime> time = timeOfDay(written.get());
      if (time.isEmpty()) {
        section.fault(key, "is " + written.get().found(), timeFix(written.get(), example));
      }
      return time;
    }
    return Optional.empty();
  }

  private static String timeFix(Value written, String example) {
    return written instanceof Value.Text text
            && ONE_DIGIT_HOUR.matcher(text.value().strip()).matches()
        ? "write it as 0" + text.value().strip()
        : "write a time of day in New York, such as " + example;
  }

  private static Optional<LocalTime> timeOfDay(Value value) {
    if (!(value instanceof Value.Text text) || !TIME.matcher(text.value().strip()).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalTime.parse(text.value().strip()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A price that has to be there, in US dollars. */
  Optional<Price> price(String key, String example) {
    return decimal(key, example, Price::parse);
  }

  /** A number that has to be there, exact, quoted or not. */
  <T> Optional<T> decimal(String key, String example, Function<String, T> parse) {
    Optional<Value> value = required(key, example);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> read =
        switch (value.get()) {
          case Value.Number number -> parsed(number.written(), parse);
          case Value.Text text -> parsed(text.value(), parse);
          case Value.Flag _, Value.Empty _, Value.Reference _, Value.Items _, Value.Fields _ ->
              Optional.empty();
        };
    if (read.isEmpty()) {
      section.fault(key, "is " + value.get().found(), "write a number such as " + example);
    }
    return read;
  }

  private static <T> Optional<T> parsed(String text, Function<String, T> parse) {
    try {
      new BigDecimal(text.strip());
      return Optional.of(parse.apply(text.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A whole number that has to be there, both ends included. */
  Optional<Integer> whole(String key, int least, int most) {
    if (required(key, Integer.toString(least)).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        section.whole(
            key,
            least,
            least,
            most,
            "give a whole number from %d to %d, without quotes".formatted(least, most)));
  }

  private Optional<Value> required(String key, String example) {
    Optional<Value> value = section.given(key);
    if (section.value(key).isEmpty()) {
      section.fault(key, "is missing", "give one such as " + example);
    }
    return value;
  }
}
