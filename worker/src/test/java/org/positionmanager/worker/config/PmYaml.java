package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A configuration file in a folder of a test's own. */
record PmYaml(Path folder) {
  static final Map<String, String> KEYS = Map.of("KEY", "id-1", "SECRET", "very-secret");

  static final String GOOD =
      """
      accounts:
        - name: large
          aliases: [large-100k]
          brokerAccountNumber: PA1
          credentials: {keyEnv: KEY, secretEnv: SECRET}
      """;

  /** What is read from this text. */
  Configuration read(String yaml, Map<String, String> environment)
      throws IOException, ConfigurationException {
    return ConfigurationFile.read(written(yaml), environment);
  }

  /** What is read from this text by a process that has the keys. */
  Configuration read(String yaml) throws IOException, ConfigurationException {
    return read(yaml, KEYS);
  }

  /** The lines with which this text is refused, each without the file's name. */
  List<String> faults(String yaml, Map<String, String> environment) throws IOException {
    Path file = written(yaml);
    ConfigurationException failure =
        catchThrowableOfType(
            ConfigurationException.class, () -> ConfigurationFile.read(file, environment));
    assertThat(failure).as("the file is refused").isNotNull();
    assertThat(failure.faults())
        .isNotEmpty()
        .allSatisfy(
            fault -> assertThat(fault).startsWith(file + ": ").doesNotContain("\n").contains(";"));
    return failure.faults().stream().map(fault -> fault.substring((file + ": ").length())).toList();
  }

  /** The lines with which this text is refused although the keys are there. */
  List<String> faults(String yaml) throws IOException {
    return faults(yaml, KEYS);
  }

  private Path written(String yaml) throws IOException {
    return Files.writeString(folder.resolve("pm.yaml"), yaml);
  }
}
