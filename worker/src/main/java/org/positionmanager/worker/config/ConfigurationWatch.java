package org.positionmanager.worker.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a configuration again when it has changed: its file, or a file of plans or secrets that it
 * names. A change counts once two looks, one after the other, saw the same, so that a file that is
 * being written is not taken for a whole one. Secret commands are run only then. For one thread.
 */
public final class ConfigurationWatch {
  private final Path file;
  private final Map<String, String> environment;
  private NamedFiles read;
  private NamedFiles seen;

  private ConfigurationWatch(Path file, Map<String, String> environment, NamedFiles read) {
    this.file = file;
    this.environment = environment;
    this.read = read;
    seen = read;
  }

  /** What was read. */
  public sealed interface Reading {
    /** A configuration without a fault. */
    record Whole(Configuration configuration) implements Reading {}

    /**
     * One that cannot be used.
     *
     * @param faults a line each: file, field, what was found, the fix; at least one
     */
    record Faulty(List<String> faults) implements Reading {
      public Faulty {
        faults = List.copyOf(faults);
      }
    }
  }

  /** What it says now, and the watch for what it says later. */
  public record Begun(Configuration configuration, ConfigurationWatch watch) {}

  /**
   * Reads it for the first time.
   *
   * @param environment the variables that credentials may name
   * @throws ConfigurationException as {@link ConfigurationFile#read}
   */
  public static Begun begin(Path file, Map<String, String> environment)
      throws ConfigurationException {
    // looked at before it is read: what is written meanwhile is seen as a change
    NamedFiles before = NamedFiles.of(file);
    return new Begun(
        ConfigurationFile.read(file, environment),
        new ConfigurationWatch(file, environment, before));
  }

  /** Looks; empty where nothing has changed since it was read, or not long enough ago. */
  public Optional<Reading> look() {
    NamedFiles now = NamedFiles.of(file);
    boolean settled = now.equals(seen);
    seen = now;
    if (now.equals(read) || !settled) {
      return Optional.empty();
    }
    Reading reading = reading();
    seen = NamedFiles.of(file);
    if (!seen.equals(now)) {
      return Optional.empty();
    }
    read = now;
    return Optional.of(reading);
  }

  private Reading reading() {
    try {
      return new Reading.Whole(ConfigurationFile.read(file, environment));
    } catch (ConfigurationException e) {
      return new Reading.Faulty(e.faults());
    }
  }
}
