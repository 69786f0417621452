package org.positionmanager.simulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The accounts' secrets, which no log may show even where a client sends them out of place. */
final class Secrets {
  private static final String REMOVED = "***";

  /** A shorter one is a placeholder, and a part of any word. */
  private static final int SHORTEST = 6;

  private final List<String> all;

  Secrets(List<String> secrets) {
    all =
        secrets.stream()
            .filter(it -> it.length() >= SHORTEST)
            .flatMap(it -> Stream.of(it, URLEncoder.encode(it, StandardCharsets.UTF_8)))
            .distinct()
            .toList();
  }

  /** A text without them; empty where there is no text. */
  String removedFrom(String text) {
    String left = text == null ? "" : text;
    for (String secret : all) {
      left = left.replace(secret, REMOVED);
    }
    return left;
  }
}
