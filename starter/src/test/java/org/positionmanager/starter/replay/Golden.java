package org.positionmanager.starter.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Texts as they were once looked at and found good, beside this class. */
final class Golden {
  private Golden() {}

  static void assertIs(String text, String file) throws IOException {
    try (InputStream golden = Golden.class.getResourceAsStream(file)) {
      assertThat(golden).as("golden file " + file + "; the text was\n" + text).isNotNull();
      assertThat(text.strip().replace("\r", ""))
          .as("as in " + file)
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8).strip());
    }
  }
}
