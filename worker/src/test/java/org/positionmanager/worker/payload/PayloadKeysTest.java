package org.positionmanager.worker.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadKeysTest {
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
  private static final String SHORT = Base64.getEncoder().encodeToString(new byte[16]);

  @TempDir private Path folder;

  private PayloadKeys keys(String text) throws IOException {
    Path file = folder.resolve("keys.txt");
    Files.writeString(file, text);
    return PayloadKeys.of(Map.of(PayloadKeys.FILE, file.toString()));
  }

  @Test
  @DisplayName("without a file nothing is encrypted")
  void noFile() throws Exception {
    assertThat(PayloadKeys.of(Map.of()).encrypt()).isFalse();
    assertThat(PayloadKeys.of(Map.of(PayloadKeys.FILE, " ")).encrypt()).isFalse();
  }

  @Test
  @DisplayName(
      "the first key encrypts, each is found by its name, comments and empty lines are left out")
  void firstEncrypts() throws Exception {
    PayloadKeys keys = keys("# newest first\n\n2026-11 %s\n 2026-05\t%s \n".formatted(KEY, KEY));
    assertThat(keys.encrypt()).isTrue();
    assertThat(keys.current()).map(PayloadKeys.Named::id).contains("2026-11");
    assertThat(keys.find("2026-05")).isPresent();
    assertThat(keys.find("2025-11")).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("a line that cannot be used is named with its fix, and never repeated")
  @CsvSource({
    "SECRETKEY, line 1, NAME KEY",
    "a b SECRETKEY, line 1, NAME KEY",
    "'good KEY\nbad/name SECRETKEY', line 2, NAME KEY",
    "'good KEY\nbad SECRETKEY', line 2, openssl rand -base64 32",
    "'good KEY\nbad SHORT', line 2, openssl rand -base64 32",
    "'good KEY\ngood KEY', line 2, name each key once",
    "'# nothing', has no key, openssl rand -base64 32"
  })
  void unusable(String text, String where, String fix) {
    assertThatThrownBy(() -> keys(text.replace(" KEY", " " + KEY).replace("SHORT", SHORT)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(PayloadKeys.FILE)
        .hasMessageContaining(where)
        .hasMessageContaining(fix)
        .hasMessageNotContaining("SECRETKEY")
        .hasMessageNotContaining(KEY);
  }

  @Test
  @DisplayName("a file that is not there is named")
  void noSuchFile() {
    assertThatThrownBy(() -> PayloadKeys.of(Map.of(PayloadKeys.FILE, "/no/such/file")))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "PM_PAYLOAD_KEYS_FILE: /no/such/file cannot be read: name a text file that holds the keys, or unset it");
  }

  @Test
  @DisplayName("in text the keys are their names alone")
  void masked() throws Exception {
    PayloadKeys keys = keys("2026-11 " + KEY);
    assertThat(keys.toString()).isEqualTo("PayloadKeys[2026-11]");
    assertThat(keys.current().orElseThrow().toString()).isEqualTo("2026-11");
  }
}
