package org.positionmanager.worker.config;

import java.util.List;
import java.util.Locale;

/**
 * One setting as it is in effect.
 *
 * @param name dotted, as in faults: {@code http.port}; accounts go by their names, as in {@code
 *     accounts.large.live}
 * @param value as text; secrets are masked
 * @param origin where it came from
 */
public record Setting(String name, String value, Origin origin) {
  /** Where a value came from. */
  public enum Origin {
    /** The configuration does not say. */
    DEFAULT,
    /** The configuration file, or a file that it names. */
    FILE,
    /** An environment variable that the configuration names. */
    ENVIRONMENT,
    /** A command that the configuration names. */
    COMMAND;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The settings as lines whose columns are aligned: name, value, origin. */
  public static List<String> aligned(List<Setting> settings) {
    int names = settings.stream().mapToInt(it -> it.name().length()).max().orElse(0);
    int values = settings.stream().mapToInt(it -> it.value().length()).max().orElse(0);
    return settings.stream()
        .map(it -> pad(it.name(), names) + "  " + pad(it.value(), values) + "  " + it.origin())
        .toList();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
