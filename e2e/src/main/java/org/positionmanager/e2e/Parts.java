package org.positionmanager.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;

/** What was started, ended in reverse; each part is ended, whatever happens to the others. */
public final class Parts implements AutoCloseable {
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  /** Ends it with the others. */
  public synchronized <T extends AutoCloseable> T keep(T part) {
    started.push(part);
    return part;
  }

  /** A folder that is gone afterwards. */
  public Path folder(String name) throws IOException {
    Path folder = Files.createTempDirectory(name);
    keep(() -> delete(folder));
    return folder;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public synchronized void close() throws Exception {
    Exception first = null;
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
