package org.positionmanager.benchmarks.system;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine;

/** Reads {@code 30m}, {@code 1h30m}, {@code 90s}, and durations as ISO 8601 writes them. */
final class TimeReader implements CommandLine.ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    try {
      Duration time = Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
      if (time.isPositive()) {
        return time;
      }
    } catch (DateTimeException e) {
      // the same answer as for one that is not above zero
    }
    throw new CommandLine.TypeConversionException(
        "'" + text + "' is no time above zero; write one such as 30m, 90s or 1h30m");
  }
}
