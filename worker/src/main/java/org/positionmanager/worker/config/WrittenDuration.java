package org.positionmanager.worker.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A time as people write it: {@code 90s}, {@code 30m}, {@code 1h30m}, {@code 1d}. */
final class WrittenDuration {
  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d{1,3})d)?(?:(\\d{1,5})h)?(?:(\\d{1,6})m)?(?:(\\d{1,8})s)?");

  private WrittenDuration() {}

  /** Empty where it is none. */
  static Optional<Duration> parse(String text) {
    Matcher parts = DURATION.matcher(text.strip());
    return parts.matches() && parts.end() > 0
        ? Optional.of(
            Duration.ofDays(part(parts, 1))
                .plusHours(part(parts, 2))
                .plusMinutes(part(parts, 3))
                .plusSeconds(part(parts, 4)))
        : Optional.empty();
  }

  private static long part(Matcher parts, int group) {
    return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
  }

  /**
   * A number with the unit that was likely meant: "24h for hours".
   *
   * @param usual a value of the kind: what is nearest to it is likely
   */
  static String withUnit(String number, Duration usual) {
    double written = Math.max(Double.MIN_NORMAL, Math.abs(new BigDecimal(number).doubleValue()));
    ChronoUnit nearest =
        Stream.of(ChronoUnit.MINUTES, ChronoUnit.HOURS, ChronoUnit.SECONDS)
            .min(
                Comparator.comparingDouble(
                    unit ->
                        Math.abs(
                            Math.log(
                                written * unit.getDuration().toSeconds() / usual.toSeconds()))))
            .orElseThrow();
    String name = nearest.name().toLowerCase(Locale.ROOT);
    return "%s%s for %s".formatted(number, name.charAt(0), name);
  }

  /** As people write it: {@code 1h30m}, {@code 0m}. */
  static String written(Duration duration) {
    String written =
        part(duration.toDays(), "d")
            + part(duration.toHoursPart(), "h")
            + part(duration.toMinutesPart(), "m")
            + part(duration.toSecondsPart(), "s");
    return written.isEmpty() ? "0m" : written;
  }

  private static String part(long count, String unit) {
    return count == 0 ? "" : count + unit;
  }

  /** In full seconds, as {@link #parse} reads it back. */
  static String shown(Duration duration) {
    long minutes = duration.toMinutes();
    String seconds = duration.toSecondsPart() == 0 ? "" : duration.toSecondsPart() + "s";
    return minutes == 0 ? duration.toSeconds() + "s" : minutes + "m" + seconds;
  }
}
