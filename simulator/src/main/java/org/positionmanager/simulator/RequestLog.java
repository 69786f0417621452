package org.positionmanager.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Every request in order, never changed: what reached the broker has one answer. */
final class RequestLog {
  record Entry(
      int sequence, String account, String method, String path, String query, Instant at) {}

  private final List<Entry> entries = new ArrayList<>();

  synchronized void add(String account, String method, String path, String query, Instant at) {
    entries.add(
        new Entry(entries.size() + 1, account, method, path, query == null ? "" : query, at));
  }

  synchronized List<Entry> all() {
    return List.copyOf(entries);
  }
}
