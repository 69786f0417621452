package org.positionmanager.worker.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** In full seconds, as {@link #parse} reads it back. */
  static String shown(Duration duration) {
    long minutes = duration.toMinutes();
    String seconds = duration.toSecondsPart() == 0 ? "" : duration.toSecondsPart() + "s";
    return minutes == 0 ? duration.toSeconds() + "s" : minutes + "m" + seconds;
  }
}
