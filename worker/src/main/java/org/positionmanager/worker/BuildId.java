package org.positionmanager.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which build this is, for worker identities, health pages and the Temporal UI: whoever wonders why
 * a fix is not live sees at once that it is not.
 */
public final class BuildId {
  private static final String UNKNOWN = "unknown";
  private static final String ID = read();

  private BuildId() {}

  /**
   * Version and commit, such as {@code 0.1.0+ab12cd3}, with {@code -dirty} where the build had
   * uncommitted changes; {@code unknown} for one that was built without its repository.
   */
  public static String current() {
    return ID;
  }

  private static String read() {
    try (InputStream resource = BuildId.class.getResourceAsStream("build.properties")) {
      if (resource == null) {
        return UNKNOWN;
      }
      Properties properties = new Properties();
      properties.load(resource);
      return properties.getProperty("git.build.version", UNKNOWN)
          + "+"
          + properties.getProperty("git.commit.id.describe", UNKNOWN);
    } catch (IOException e) {
      throw new UncheckedIOException("build.properties cannot be read", e);
    }
  }
}
