package org.positionmanager.worker.engine;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.testing.TestEnvironmentOptions;

/** Options of the in-memory server that make it know what the real one knows. */
final class InMemoryOptions {
  private InMemoryOptions() {}

  static TestEnvironmentOptions withSearchAttributes() {
    TestEnvironmentOptions.Builder options =
        TestEnvironmentOptions.newBuilder().setUseTimeskipping(false);
    for (String name : DevServer.SEARCH_ATTRIBUTES) {
      options.registerSearchAttribute(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
    }
    return options.build();
  }
}
