package org.positionmanager.worker.config;

import java.util.List;
import java.util.Optional;

/** The keys of a section, and which of them somebody who wrote another may have meant. */
interface KnownKeys {
  List<String> names();

  /** A key as it may be shown. */
  default String shown(String key) {
    return Value.shown(key);
  }

  /** What to do about a key that was a setting once; empty for any other. */
  default Optional<String> retired(String key) {
    return Optional.empty();
  }

  /** How to go on from an unknown key: the nearest, or all there are. */
  default String insteadOf(String key, String path) {
    String prefix = path.isEmpty() ? "" : path + ".";
    return Keys.nearest(key, names())
        .map(it -> "did you mean " + prefix + it + "?")
        .orElseGet(() -> "use " + Keys.either(names()));
  }
}
