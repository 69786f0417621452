package org.positionmanager.worker.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.positionmanager.workflows.sync.SyncRules;

/** Reads how often accounts are compared with the broker, and what is adopted. */
final class SyncReader {
  private static final Duration USUAL = Duration.ofMinutes(5);
  private static final Duration LEAST = Duration.ofSeconds(10);
  private static final Duration MOST = Duration.ofHours(1);

  private final Section section;

  SyncReader(Section section) {
    this.section = section;
  }

  Configuration.Sync read() {
    return new Configuration.Sync(
        time("every", USUAL, LEAST),
        time("adoptAfter", SyncRules.SHIPPED.adoptAfter(), Duration.ZERO),
        section.choice("adopt", SyncRules.SHIPPED.adopting()));
  }

  private Duration time(String key, Duration usual, Duration least) {
    Duration time = PlanValues.of(section).duration(key, usual);
    section.noted(key, text(time));
    if (time.compareTo(least) < 0 || time.compareTo(MOST) > 0) {
      section.fault(
          key, "is " + text(time), "write a time from %s to %s".formatted(text(least), text(MOST)));
      return usual;
    }
    return time;
  }

  /** As it is written in the file, such as {@code 5m}. */
  private static String text(Duration time) {
    return time.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  List<Setting> settings() {
    return section.settings("sync");
  }
}
