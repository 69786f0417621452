package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.worker.config.PmYaml.GOOD;
import static org.positionmanager.worker.config.PmYaml.KEYS;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, it is read or refused in lines: nothing else comes out. */
class ConfigurationRobustnessTest {
  private static final long SEED = 20_260_211;
  private static final int MUTANTS = 3_000;
  private static final String PIECES = "{}[]:,-&*!|>'\"%@`#?~\n\t 0.eE+x\u0000\uFEFF\u00E9ay";

  private static final String WHOLE =
      GOOD
          + """
              live: false
          broker: {url: 'http://127.0.0.1:8999', stockFeed: iex, requestsPerMinute: 0, optionFeed: opra}
          http: {host: 127.0.0.1, port: 8080}
          """;

  private PmYaml yaml;

  @BeforeEach
  void inAFolderOfItsOwn(@TempDir Path folder) {
    yaml = new PmYaml(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http: {port: !!binary aGVsbG8=}",
        "http: {port: !!int abc}",
        "http: {port: 1e999999999}",
        "http: {port: 0x}",
        "http: {? [a, b] : c}",
        "http: {? {a: b} : c}",
        "http: {1: 2}",
        "http: {'': 2}",
        "http: {\"a\\nb\": 2}",
        "<<: {port: 1}",
        "http: &a {port: 1, host: *a}",
        "broker: {requestsPerMinute: 1e-999999999}",
        "\tport: 1",
        "x: \u0000",
        "%YAML 9.9",
      })
  void oddYamlIsRefusedInLines(String line) throws Exception {
    assertThat(yaml.faults(GOOD + line + "\n")).isNotEmpty();
  }

  @Test
  void deepNestingIsRefusedInALine() throws Exception {
    assertThat(yaml.faults(GOOD + "http: " + "[".repeat(20_000))).hasSize(1);
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstKey() throws Exception {
    assertThat(yaml.read("\uFEFF" + GOOD).served()).hasSize(1);
  }

  @Test
  void aFileWithRandomDamageIsReadOrRefusedInLines() throws Exception {
    Random random = new Random(SEED);
    for (int i = 0; i < MUTANTS; i++) {
      String text = damaged(random);
      try {
        assertThat(yaml.read(text, KEYS).served()).isNotEmpty();
      } catch (ConfigurationException e) {
        assertThat(e.faults())
            .as(text)
            .isNotEmpty()
            .allSatisfy(fault -> assertThat(fault.lines()).hasSize(1));
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + SEED + ", mutant " + i + ":\n" + text, e);
      }
    }
  }

  private static String damaged(Random random) {
    StringBuilder text = new StringBuilder(WHOLE);
    for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
      int at = random.nextInt(text.length());
      char piece = PIECES.charAt(random.nextInt(PIECES.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, piece);
        case 1 -> text.setCharAt(at, piece);
        default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
      }
    }
    return text.toString();
  }
}
